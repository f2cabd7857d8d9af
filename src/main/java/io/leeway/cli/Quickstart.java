package io.leeway.cli;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.monitor.BaselineJob;
import io.leeway.monitor.ModelReport;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.monitor.Progress;
import io.leeway.policy.IncidentDesk;
import io.leeway.policy.JudgeJob;
import io.leeway.policy.incident.Incident;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.Simulation;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.store.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * The story of a simulated model: its history is written and monitored in one go, then its last
 * days come in one by one, each with a run that reads that day alone.
 */
final class Quickstart {
  /** Days that come in one by one. */
  static final int LIVE_DAYS = 3;

  private static final int DRIFTS = 3;

  /** A newcomer waits for every segment. */
  private static final String FEWER_CUTS =
      """
      # The quickstart cuts less finely than the above, so that it ends sooner.
      leeway.models.credit-risk {
        slices = [[state], [age_band]]
        fairness.attributes = [gender]
        windows.roll-up = []
      }
      """;

  private final SparkSession spark;
  private final SimulatedFolder folder;
  private final Simulation simulation;
  private final Progress progress;

  Quickstart(SparkSession spark, SimulatedFolder folder, Simulation simulation, Progress progress) {
    this.spark = spark;
    this.folder = folder;
    this.simulation = simulation;
    this.progress = progress;
  }

  /** Does it all; the folder must be empty. Gives the final words. */
  List<String> run() {
    int history = simulation.days() - LIVE_DAYS;
    progress.say("Simulating " + history + " days of a lender's predictions and outcomes.");
    folder.write(spark, simulation, history, FEWER_CUTS);
    LeewayConfig config = ConfigLoader.load(folder.configuration());
    ModelConfig model = config.model(LenderConfig.MODEL);
    Store store = Store.open(spark, config.store());
    new BaselineJob(store, progress).run(model, false);
    List<String> words = new ArrayList<>();
    words.addAll(watch("History", store, model, history));
    for (int day = history + 1; day <= simulation.days(); day++) {
      progress.say("Day " + day + " comes in.");
      folder.append(spark, simulation, day);
      words.addAll(watch("Day " + day, store, model, day));
    }
    words.add("");
    words.addAll(incidents(store, model));
    progress.say("Looking for the largest drifts.");
    Views.createTemporary(store, model.limits().minCell());
    words.add("");
    words.addAll(tables(store));
    words.add("");
    words.add("The largest drifts of the last " + LIVE_DAYS + " days:");
    DriftWords.largest(spark, model, simulation.day(history + 1).window().start(), DRIFTS)
        .forEach(drift -> words.add("  - " + drift));
    words.add("");
    words.add("Try next:");
    for (String query : queries()) {
      words.add(
          "  "
              + Launcher.command()
              + " sql --config "
              + folder.configuration()
              + " \""
              + query
              + "\"");
    }
    words.add("  " + Launcher.command() + " incidents list --config " + folder.configuration());
    words.add("  " + Launcher.command() + " replay --config " + folder.configuration());
    words.add("  " + Launcher.command() + " views --config " + folder.configuration());
    return words;
  }

  /** Monitors and judges up to the end of a day, as if it were the next. */
  private List<String> watch(String what, Store store, ModelConfig model, int lastDay) {
    MonitorRequest request = MonitorRequest.due(simulation.day(lastDay).window().end());
    List<String> words = new ArrayList<>();
    words.add(runWords(what, new Monitor(store, progress).run(model, request)));
    new JudgeJob(store, progress)
        .run(model, request.now())
        .words()
        .forEach(line -> words.add("  " + line));
    return words;
  }

  private static String runWords(String what, ModelReport report) {
    return String.format(
        Locale.ROOT,
        "%s: scanned %d window%s with %,d predictions.",
        what,
        report.windows().size(),
        report.windows().size() == 1 ? "" : "s",
        report.rows());
  }

  /** What people would have to deal with now. */
  private static List<String> incidents(Store store, ModelConfig model) {
    List<Incident> all = new IncidentDesk(store).incidents(model.name());
    List<String> words = new ArrayList<>();
    words.add(
        all.isEmpty()
            ? "Nothing happened that people would have to look at."
            : "What people would have to look at:");
    for (Incident incident : all) {
      words.add(
          String.format(
              Locale.ROOT,
              "  - %s, since %s (%s, %s): %s",
              incident.headline(),
              incident.started().atZone(model.windows().zone()).toLocalDate(),
              incident.severity().text(),
              incident.state().text(),
              incident.sentence()));
    }
    return words;
  }

  private List<String> tables(Store store) {
    List<String> words = new ArrayList<>();
    words.add("Tables in " + folder.results() + ":");
    for (ResultTable table : ResultTable.values()) {
      words.add(
          String.format(
              Locale.ROOT, "  %-10s %,9d rows", table.tableName(), store.read(table).count()));
    }
    return words;
  }

  /** What a newcomer may want to see next. */
  static List<String> queries() {
    return List.of(
        "SELECT window_end, segment, psi, ks_statistic, n FROM feature_drift WHERE column_name = "
            + "'income' AND slice = '[state]' AND granularity = '1 day' AND comparison = 'baseline' "
            + "ORDER BY window_end DESC, psi DESC LIMIT 8",
        "SELECT window_end, value AS mean_probability, ci_low, ci_high, reference_value FROM "
            + "latest_metrics WHERE column_name = 'probability' AND metric = 'mean' AND slice = '[]' "
            + "AND granularity = '1 day' ORDER BY window_end DESC LIMIT 10");
  }
}
