package io.leeway.cli.bench;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.RunIdentity;
import io.leeway.domain.Window;
import io.leeway.policy.ReplayJob;
import io.leeway.policy.ReplayReport;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.RunRecord;
import io.leeway.store.RunSources;
import io.leeway.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How long a proposed policy takes over a stored history: daily windows of features by segments,
 * whose metrics are made up, as are their quiet values.
 */
public final class ReplayBench {
  private static final String MODEL = "replayed";
  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
  private static final int DAYS_AT_ONCE = 30;

  /** How much history there is. */
  public record Size(int days, int segments, int features, int runs) {
    long values() {
      return (long) days * segments * features;
    }
  }

  private final List<Measured.Run> runs = new ArrayList<>();
  private final Size size;
  private ReplayReport report;

  private ReplayBench(Size size) {
    this.size = size;
  }

  /**
   * Makes the history and replays it.
   *
   * @param folder an empty one for the tables
   */
  public static ReplayBench of(
      SparkSession spark, Path folder, Size size, Consumer<String> progress) {
    ReplayBench bench = new ReplayBench(size);
    LeewayConfig config = config(folder);
    Store store = Store.open(spark, config.store());
    progress.accept("Stored values of " + size.values() + " subjects in " + folder);
    bench.store(store);
    ModelConfig model = config.model(MODEL);
    for (int run = 0; run < size.runs(); run++) {
      bench.runs.add(
          Measured.Run.of(
              () ->
                  bench.report =
                      new ReplayJob(store, progress::accept)
                          .run(model, model, Optional.empty(), Optional.empty())));
    }
    return bench;
  }

  private static LeewayConfig config(Path folder) {
    return ConfigLoader.load(
        """
        leeway.store.path = "%s"
        leeway.models.%s {
          task = binary
          predictions { table = "nowhere/predictions", id = id, time = at, score = score }
          windows { base = 1 day, zone = UTC }
          reference { from = 2024-01-01, until = 2025-01-01 }
          policy = [ { metric = psi, above = 0.1, for = "2 of 3", severity = investigate } ]
        }
        """
            .formatted(folder.resolve("store").toAbsolutePath(), MODEL),
        folder);
  }

  private static Window day(int day) {
    Instant start = FIRST.plus(Duration.ofDays(day));
    return new Window(start, start.plus(Duration.ofDays(1)));
  }

  /** A run for so many days, as a monitor that comes once a month would leave them. */
  private void store(Store store) {
    for (int first = 0; first < size.days(); first += DAYS_AT_ONCE) {
      int last = Math.min(size.days(), first + DAYS_AT_ONCE);
      String attempt = RunIdentity.attempt();
      store.append(ResultTable.METRICS, rows(store.spark(), first, last, attempt));
      List<PublishedPart> parts = new ArrayList<>();
      for (int day = first; day < last; day++) {
        parts.add(
            new PublishedPart(new Part(null, "1 day", day(day), Part.Kind.INPUTS), 0, null, 1, 0L));
      }
      new RunLedger(store)
          .commit(
              new RunRecord(
                  MODEL,
                  attempt,
                  attempt,
                  "monitor",
                  "",
                  null,
                  new RunSources("made up", 0L, null, null),
                  true,
                  null,
                  null,
                  FIRST,
                  0,
                  parts,
                  "{\"windows\":0,\"rows\":0}"));
    }
  }

  /** PSI over ten bins of 1 000 rows against 100 000, spread as chance does. */
  private Dataset<Row> rows(SparkSession spark, int first, int last, String attempt) {
    long perDay = (long) size.segments() * size.features();
    Dataset<Row> numbered =
        spark.range(first * perDay, last * perDay).selectExpr("id", "rand(7) AS u");
    List<String> cells = new ArrayList<>();
    for (String name : ResultTable.METRICS.schema().fieldNames()) {
      cells.add(cell(name, perDay, attempt) + " AS " + name);
    }
    return numbered.selectExpr(cells.toArray(String[]::new));
  }

  private String cell(String name, long perDay, String attempt) {
    String day = "timestamp_micros(" + FIRST.getEpochSecond() + "000000 + (id div " + perDay + ")";
    String type = ResultTable.METRICS.schema().apply(name).dataType().sql();
    return switch (name) {
      case "model" -> "'" + MODEL + "'";
      case "granularity" -> "'1 day'";
      case "window_start" -> day + " * 86400000000)";
      case "window_end" -> day + " * 86400000000 + 86400000000)";
      case "part" -> "'inputs'";
      case "slice" -> "'[place]'";
      case "segment" -> "concat('place=', " + segment() + ")";
      case "segment_values" -> "map('place', " + segment() + ")";
      case "column_name" -> "concat('f', id % " + size.features() + ")";
      case "metric" -> "'psi'";
      case "comparison" -> "'baseline'";
      case "value" -> "0.009 * (0.3 + 1.4 * u)";
      case "ci_low" -> "0.0D";
      case "ci_high" -> "0.005 + 0.02 * u";
      case "n" -> "1000L";
      case "reference_n" -> "100000L";
      case "expected" -> "0.00909D";
      case "dof" -> "9.0D";
      case "phi" -> "1.0D";
      case "status" -> "'OK'";
      case "run_id", "attempt_id" -> "'" + attempt + "'";
      default -> "CAST(NULL AS " + type + ")";
    };
  }

  private String segment() {
    return "CAST((id div " + size.features() + ") % " + size.segments() + " AS STRING)";
  }

  /** What it took, line by line. */
  public List<String> lines() {
    long judged = report.inForce().rules().stream().mapToLong(ReplayReport.OfRule::judged).sum();
    return List.of(
        new Measured("replay", runs, "").toString(),
        String.format(
            Locale.ROOT,
            "%,d values of %,d windows judged, by the policy in force and by the proposed one",
            judged,
            report.windows()));
  }

  /** The same as a JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"bench\": \"replay\", \"values\": %d, \"replay_s\": %.3f}",
        size.values(),
        new Measured("replay", runs, "").medianSeconds());
  }
}
