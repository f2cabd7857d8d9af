package io.leeway.cli.bench;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.Window;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.monitor.Progress;
import io.leeway.policy.IncidentDesk;
import io.leeway.policy.JudgeJob;
import io.leeway.policy.incident.Incident;
import io.leeway.simulate.Event;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.SimulatedTables;
import io.leeway.simulate.Simulation;
import io.leeway.store.Store;
import io.leeway.store.Views;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * What people are told of scripted events: a simulated lender's whole history is monitored and
 * judged in one go, which says what daily runs would have said once all labels are in.
 *
 * @param events in the order in which they began
 * @param besides incidents that are about none of them
 */
public record EventsBench(List<FoundEvent> events, List<Incident> besides) {
  public EventsBench {
    events = List.copyOf(events);
    besides = List.copyOf(besides);
  }

  /** Of the lender as configured, in a folder that is removed in the end. */
  public static EventsBench in(
      SparkSession spark, Path data, Simulation simulation, Progress progress) {
    try (BenchFolder folder = BenchFolder.in(data, "events")) {
      return of(spark, folder.path(), simulation, "", progress);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot write to " + data + ".", e);
    }
  }

  /**
   * Simulates, monitors and judges.
   *
   * @param folder where it all goes; new or empty
   * @param overrides HOCON that wins over the lender's configuration
   */
  public static EventsBench of(
      SparkSession spark, Path folder, Simulation simulation, String overrides, Progress progress) {
    String predictions = folder.resolve("predictions").toString();
    String outcomes = folder.resolve("outcomes").toString();
    SimulatedTables.write(SimulatedTables.predictions(spark, simulation), predictions);
    SimulatedTables.write(SimulatedTables.outcomes(spark, simulation), outcomes);
    LeewayConfig config =
        ConfigLoader.load(
            LenderConfig.hocon(
                    simulation, folder.resolve("results").toString(), predictions, outcomes)
                + overrides,
            folder);
    ModelConfig model = config.model(LenderConfig.MODEL);
    Store store = Store.open(spark, config.store());
    Instant now = simulation.window().end().plus(model.labels().orElseThrow().matureAfter());
    new Monitor(store, progress).run(model, MonitorRequest.due(now));
    new JudgeJob(store, progress).run(model, now);
    return of(simulation, new IncidentDesk(store).incidents(model.name()), firstBreaches(store));
  }

  private static Map<String, Instant> firstBreaches(Store store) {
    Views.createTemporary(store, 1);
    Map<String, Instant> first = new HashMap<>();
    store
        .spark()
        .sql(
            "SELECT incident_id, min(window_end) FROM latest_verdicts WHERE verdict = 'BREACH' AND incident_id IS NOT NULL GROUP BY incident_id")
        .collectAsList()
        .forEach(row -> first.put(row.getString(0), row.getTimestamp(1).toInstant()));
    return first;
  }

  private static EventsBench of(
      Simulation simulation, List<Incident> incidents, Map<String, Instant> firstBreaches) {
    List<Incident> besides = new ArrayList<>(incidents);
    List<FoundEvent> events = new ArrayList<>();
    for (Event event : simulation.events()) {
      Window day = simulation.day(event.fromDay()).window();
      List<Incident> of =
          incidents.stream().filter(one -> FoundEvent.names(one, event, day.start())).toList();
      besides.removeAll(of);
      Optional<Instant> found =
          of.stream()
              .map(one -> firstBreaches.get(one.id()))
              .filter(Objects::nonNull)
              .min(Comparator.naturalOrder());
      events.add(new FoundEvent(event, day.start(), of, found.orElse(null)));
    }
    return new EventsBench(events, besides);
  }

  /** In plain words. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    events.forEach(of -> lines.add(of.line()));
    lines.add(
        besides.isEmpty()
            ? "No other incident."
            : String.format(Locale.ROOT, "%d incidents besides:", besides.size()));
    besides.forEach(
        of ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "  %s (%s), %s to %s",
                    of.headline(),
                    of.severity().text(),
                    of.started(),
                    of.course().lastBad())));
    return lines;
  }

  /** The same as a JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"bench\": \"events\", \"events\": %d, \"found\": %d, \"as_one\": %d, \"besides\": %d}",
        events.size(),
        events.stream().filter(of -> !of.incidents().isEmpty()).count(),
        events.stream().filter(FoundEvent::isOne).count(),
        besides.size());
  }
}
