package io.leeway.cli.bench;

import io.leeway.domain.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What one new day costs after a long history, beside the first day of all, and what it costs to
 * find that there is nothing new.
 *
 * <p>The history is monitored first, its last days one by one. Then come rounds, of which the first
 * ones do not count: a first day over a reference of its own, a new day over the history, and a run
 * with nothing new, each by the whole command. Taken in turn in one process they are equally warm.
 */
public final class IncrementBench {
  /** Days before the first monitored one. */
  private static final int REFERENCE_DAYS = 28;

  private static final List<Rounds.Ratio> RATIOS =
      List.of(new Rounds.Ratio("new day", "first day"));

  private static final List<String> TABLES = List.of("profiles", "metrics", "runs");

  /** The command {@code leeway} in this process or another; gives back what it printed. */
  @FunctionalInterface
  public interface Command {
    /**
     * Runs it.
     *
     * @throws RuntimeException unless it ends with code 0
     */
    String run(List<String> arguments);
  }

  /**
   * What is measured.
   *
   * @param days of the history
   * @param daily how many of them, the last ones, are monitored one by one, each a run of its own
   * @param numbers numeric columns beside score and categories
   * @param rollUps by the day, such as 7 and 28
   * @param runs of each part
   * @param warmUps rounds before them that do not count
   * @param coldRuns of nothing new, each in a process of its own
   */
  public record Size(
      int days,
      int daily,
      int rowsPerDay,
      int numbers,
      List<Integer> rollUps,
      int runs,
      int warmUps,
      int coldRuns) {
    public Size {
      rollUps = List.copyOf(rollUps);
      if (daily < 0 || daily >= days || rowsPerDay < 1 || runs < 1 || warmUps < 0) {
        throw new UserException(
            "At least one day must be monitored in one go, so --days must exceed --daily; --rows-per-day and --runs are at least 1.");
      }
    }
  }

  private final SparkSession spark;
  private final Path folder;
  private final Size size;
  private final Command warm;
  private final Command cold;
  private final Consumer<String> progress;
  private final Rounds rounds;
  private final Map<String, Long> stored = new LinkedHashMap<>();

  private IncrementBench(
      SparkSession spark,
      Path folder,
      Size size,
      Command warm,
      Command cold,
      Consumer<String> progress) {
    this.spark = spark;
    this.folder = folder;
    this.size = size;
    this.warm = warm;
    this.cold = cold;
    this.progress = progress;
    this.rounds = new Rounds(size.warmUps(), progress);
  }

  /**
   * Measures, in a folder that is removed in the end.
   *
   * @param warm the command in this process, in {@code spark}
   * @param cold prints what {@link #nothingNew} says in a new process
   * @param progress takes what is being done
   */
  public static IncrementBench of(
      SparkSession spark,
      Path data,
      Size size,
      Command warm,
      Command cold,
      Consumer<String> progress) {
    try (BenchFolder made = BenchFolder.in(data, "increment-")) {
      IncrementBench bench = new IncrementBench(spark, made.path(), size, warm, cold, progress);
      bench.measure();
      return bench;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One run of which nothing is due: seconds by the clock and seconds of all threads, with a blank
   * between.
   */
  public static String nothingNew(Path configuration, Command command) {
    Measured.Run run =
        Measured.Run.of(() -> run(command, configuration, "monitor", "nothing is due"));
    return String.format(Locale.ROOT, "%.3f %.3f", run.seconds(), run.cpuSeconds());
  }

  private void measure() throws IOException {
    DailyPredictions year = predictions("year");
    progress.accept(
        "Table of " + size.days() + " days of " + size.rowsPerDay() + " rows in " + folder);
    int atOnce = size.days() - size.daily();
    year.append(0, REFERENCE_DAYS + atOnce);
    Path history = configuration("history", year);
    progress.accept("Monitoring " + atOnce + " of them in one go");
    run(warm, history, "monitor", String.format(Locale.ROOT, "done over %,d window", atOnce));
    for (int day = atOnce; day < size.days(); day++) {
      progress.accept("Monitoring day " + (day + 1));
      year.append(REFERENCE_DAYS + day, 1);
      run(warm, history, "monitor", "done over 1 window ");
    }
    for (int round = 0; round < size.warmUps() + size.runs(); round++) {
      DailyPredictions few = predictions("few-" + round);
      few.append(0, REFERENCE_DAYS);
      Path first = configuration("first-" + round, few);
      run(warm, first, "baseline", "baseline done over ");
      few.append(REFERENCE_DAYS, 1);
      time("first day", round, first, "done over 1 window ");
      year.append(REFERENCE_DAYS + size.days() + round, 1);
      time("new day", round, history, "done over 1 window ");
      time("nothing new", round, history, "nothing is due");
    }
    for (int i = 0; i < size.coldRuns(); i++) {
      String[] seconds =
          cold.run(List.of("--nothing-new", history.toString())).strip().split(" ", 2);
      rounds.add(
          "nothing new, cold",
          size.warmUps() + i,
          new Measured.Run(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1])));
    }
    for (String table : TABLES) {
      String path = "delta.`" + folder.resolve("results-history").resolve(table) + "`";
      Row detail = spark.sql("DESCRIBE DETAIL " + path).first();
      stored.put(table + "_files", detail.getAs("numFiles"));
      stored.put(
          table + "_version",
          spark.sql("DESCRIBE HISTORY " + path + " LIMIT 1").first().getAs("version"));
    }
  }

  private DailyPredictions predictions(String name) {
    return new DailyPredictions(
        spark, folder.resolve("predictions-" + name), size.rowsPerDay(), size.numbers());
  }

  /** Over some predictions, with a store of its own. */
  private Path configuration(String name, DailyPredictions predictions) throws IOException {
    StringJoiner rollUps = new StringJoiner(", ");
    size.rollUps().forEach(days -> rollUps.add(days + " days"));
    return Files.writeString(
        folder.resolve(name + ".conf"),
        """
        leeway.store.path = "results-%s"
        leeway.models.bench {
          task = binary
          predictions {
            table = "%s", id = id, time = scored_at, version = version, score = score
            decision = decision, positive = decline
          }
          slices = [[c0], [c1]]
          windows { base = 1 day, roll-up = [%s] }
          reference { from = "%s", until = "%s" }
        }
        """
            .formatted(
                name,
                predictions.folder(),
                rollUps,
                DailyPredictions.start(0),
                DailyPredictions.start(REFERENCE_DAYS)));
  }

  private void time(String part, int round, Path configuration, String expected) {
    rounds.add(part, round, Measured.Run.of(() -> run(warm, configuration, "monitor", expected)));
  }

  /** Fails unless the command says what it is to do here, for else it is something else's time. */
  private static void run(Command leeway, Path configuration, String command, String expected) {
    String said = leeway.run(List.of(command, "--config", configuration.toString()));
    if (!said.contains(expected)) {
      throw new IllegalStateException("Not '" + expected + "' but: " + said);
    }
  }

  /** Medians, ratios and what lies in the store, line by line. */
  public List<String> lines() {
    List<String> lines = rounds.lines(RATIOS);
    stored.forEach(
        (name, count) -> lines.add(String.format(Locale.ROOT, "%-34s %8d", name, count)));
    return lines;
  }

  /** The same as one JSON object. */
  public String json() {
    StringJoiner fields = new StringJoiner(", ", "{", "}");
    fields.add("\"days\": " + size.days());
    fields.add("\"daily\": " + size.daily());
    fields.add("\"rows_per_day\": " + size.rowsPerDay());
    rounds.json(RATIOS).forEach(fields::add);
    stored.forEach((name, count) -> fields.add("\"" + name + "\": " + count));
    return fields.toString();
  }
}
