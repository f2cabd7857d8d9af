package io.leeway.cli.bench;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.domain.UserException;
import io.leeway.monitor.ModelReport;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * What labels cost: from predictions and labels to finished outcomes of ninety daily windows,
 * beside a bare join of both tables by Spark; and what a few new labels cost that belong to two of
 * the windows, beside these two when they are asked for.
 *
 * <p>Baseline and inputs are made before, and again where a run makes them too, but their time is
 * not counted: that of outcomes starts when the monitor says how many windows of labels are due.
 * Rounds are taken in turn in one process, and the first counts for nothing.
 */
public final class LabelBench {
  /** Windows are used up, since each new label belongs to a prediction that had none. */
  private static final int MOST_RUNS = 10;

  private static final long LEAST_ROWS_PER_DAY = 100;
  private static final int NEIGHBOURS = 10;
  private static final int ONE_APART = 40;
  private static final int OTHER_APART = 70;
  private static final String DUE = ": the labels of ";
  private static final Instant NOW = LabelledPredictions.start(2 * BenchTable.DAYS);

  private static final List<Rounds.Ratio> RATIOS =
      List.of(
          new Rounds.Ratio("labels", "join"),
          new Rounds.Ratio("drip", "two"),
          new Rounds.Ratio("apart", "two"),
          new Rounds.Ratio("two", "labels"));

  private final LabelledPredictions tables;
  private final LeewayConfig config;
  private final Store store;
  private final Consumer<String> progress;
  private final Rounds rounds;

  private LabelBench(
      LabelledPredictions tables, LeewayConfig config, Store store, Consumer<String> progress) {
    this.tables = tables;
    this.config = config;
    this.store = store;
    this.progress = progress;
    this.rounds = new Rounds(1, progress);
  }

  /**
   * Measures, in a folder that is removed in the end.
   *
   * @param data where it is to lie
   * @param rows predictions of all windows together
   * @param runs of each part, without the one that does not count
   * @param progress takes what is being done
   */
  public static LabelBench of(
      SparkSession spark, Path data, long rows, int runs, Consumer<String> progress) {
    long rowsPerDay = rows / BenchTable.DAYS;
    if (rowsPerDay < LEAST_ROWS_PER_DAY || runs < 1 || runs > MOST_RUNS) {
      throw new UserException(
          "--rows is at least %d, and --runs 1 to %d."
              .formatted(LEAST_ROWS_PER_DAY * BenchTable.DAYS, MOST_RUNS));
    }
    try (BenchFolder made = BenchFolder.in(data, "labels-")) {
      LabelledPredictions tables = new LabelledPredictions(spark, made.path(), rowsPerDay);
      progress.accept("Tables of " + rows + " predictions in " + made.path());
      tables.write();
      LeewayConfig config = configuration(tables);
      LabelBench bench =
          new LabelBench(tables, config, Store.open(spark, config.store()), progress);
      bench.measure(runs);
      return bench;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LeewayConfig configuration(LabelledPredictions tables) {
    return ConfigLoader.load(
        """
        leeway.store.path = results
        leeway.models.bench {
          task = binary
          predictions {
            table = predictions/, id = id, time = scored_at, version = version, score = score
            decision = decision, positive = decline
          }
          labels {
            table = labels/, label = y, negative = approve, time = seen
            mature-after = 14 days, horizon = %d days
          }
          features = [c0, c1]
          slices = [[c0], [c1], [c0, c1]]
          windows { base = 1 day }
          reference { from = "%s", until = "%s" }
        }
        """
            .formatted(
                LabelledPredictions.HORIZON.toDays(),
                LabelledPredictions.start(-LabelledPredictions.REFERENCE_DAYS),
                LabelledPredictions.start(0)),
        tables.folder());
  }

  private void measure(int runs) {
    progress.accept("Baseline, and all windows for the first time");
    monitor(MonitorRequest.due(NOW), BenchTable.DAYS);
    int drip = (int) Math.max(2, tables.labelCount() / 1_000);
    for (int round = 0; round <= runs; round++) {
      rounds.add(
          "join",
          round,
          Measured.Run.of(() -> tables.joined().write().format("noop").mode("overwrite").save()));
      rounds.add("labels", round, asked(0, BenchTable.DAYS, BenchTable.DAYS).run());
      int first = NEIGHBOURS + 2 * round;
      rounds.add("two", round, asked(first, 2, 3).run());
      settle();
      drip("drip", round, first, first + 1, 3, drip);
      drip("apart", round, ONE_APART + round, OTHER_APART + round, 4, drip);
    }
  }

  /**
   * The outcomes' part of one run.
   *
   * @param finding which windows are due
   * @param run over them, to the end
   */
  private record Outcomes(Measured.Run finding, Measured.Run run) {}

  private Outcomes asked(int firstDay, int days, int due) {
    Instant from = LabelledPredictions.start(firstDay);
    Instant until = from.plus(Duration.ofDays(days));
    return monitor(MonitorRequest.asked(Optional.of(from), Optional.of(until), NOW).forced(), due);
  }

  /** What runs that were asked for leave to the next one, such as comparisons with a neighbour. */
  private void settle() {
    ModelReport unused =
        new Monitor(store, line -> {}).run(config.model("bench"), MonitorRequest.due(NOW));
  }

  private void drip(String part, int round, int oneDay, int otherDay, int due, int labels) {
    tables.label(oneDay, labels / 2);
    tables.label(otherDay, labels / 2);
    Outcomes taken = monitor(MonitorRequest.due(NOW), due);
    rounds.add(part + ", finding", round, taken.finding());
    rounds.add(part, round, taken.run());
  }

  /**
   * Fails unless labels of so many windows are due, those that follow another one among them, for
   * else it is something else's time.
   */
  private Outcomes monitor(MonitorRequest request, int due) {
    List<String> said = new ArrayList<>();
    List<Measured.Moment> at = new ArrayList<>();
    ModelReport unused =
        new Monitor(
                store,
                line -> {
                  said.add(line);
                  at.add(Measured.Moment.now());
                })
            .run(config.model("bench"), request);
    Measured.Moment end = Measured.Moment.now();
    for (int i = 1; i < said.size(); i++) {
      if (said.get(i).contains(DUE + due + " windows")) {
        return new Outcomes(at.get(i - 1).until(at.get(i)), at.get(i).until(end));
      }
    }
    throw new IllegalStateException("Not the labels of " + due + " windows but: " + said);
  }

  /** Medians and ratios, line by line. */
  public List<String> lines() {
    return rounds.lines(RATIOS);
  }

  /** The same as one JSON object. */
  public String json() {
    return "{" + String.join(", ", rounds.json(RATIOS)) + "}";
  }
}
