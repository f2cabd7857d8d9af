package io.leeway.cli.bench;

import io.leeway.domain.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Made-up predictions as a Delta table on local disk, sorted by time over 90 days: continuous
 * numbers of six shapes, five categorical columns, a logistic score, decision and version. Made
 * once per size.
 */
final class BenchTable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final int DAYS = 90;

  /** Values of each categorical column; the first four are sliced by. */
  static final int[] CATEGORIES = {8, 2, 5, 10, 60};

  /** The column that follows from the score. */
  static final String DECISION = "if(score > 0.4, 'decline', 'approve') as decision";

  /** What the model's service is watched by. */
  private static final List<String> SERVICE =
      List.of(
          "xxhash64(id) as prediction_id",
          "exp(3 + randn(800)) as latency_ms",
          "round(rand(801), 3) as cost",
          "if(rand(802) < 0.01, 'timeout', 'ok') as status");

  private static final long ROWS_PER_FILE = 500_000;
  private static final String[] SHAPES = {
    "randn(%d)",
    "-ln(1 - rand(%d)) * 40",
    "rand(%d)",
    "exp(2 * randn(%d))",
    "if(rand(%d) < 0.3, 0.0, 1.0) * 50 + randn(7%<d)",
    "1e5 + 1e4 * randn(%d)"
  };

  final long rows;
  final int numbers;
  final Dataset<Row> table;

  private BenchTable(long rows, int numbers, Dataset<Row> table) {
    this.rows = rows;
    this.numbers = numbers;
    this.table = table;
  }

  static BenchTable of(SparkSession spark, Path folder, long rows, int numbers) {
    Path path = folder.resolve("served-" + rows + "-" + numbers);
    if (!Files.exists(path.resolve("_complete"))) {
      write(spark, path, rows, numbers);
    }
    return new BenchTable(rows, numbers, spark.read().format("delta").load(path.toString()));
  }

  private static void write(SparkSession spark, Path path, long rows, int numbers) {
    int files = (int) Math.max(4, rows / ROWS_PER_FILE);
    long micros = Duration.ofDays(DAYS).toSeconds() * 1_000_000;
    List<String> columns = new ArrayList<>();
    columns.add(
        "timestamp_micros("
            + START.getEpochSecond()
            + "000000 + floor(id * ("
            + micros
            + " / "
            + rows
            + "D))) as scored_at");
    columns.addAll(columns(numbers));
    columns.addAll(SERVICE);
    spark
        .range(0, rows, 1, files)
        .selectExpr(columns.toArray(String[]::new))
        .selectExpr("*", DECISION)
        .write()
        .format("delta")
        .mode("overwrite")
        .save(path.toString());
    try {
      Files.createFile(path.resolve("_complete"));
    } catch (java.io.IOException e) {
      throw new io.leeway.domain.EnvironmentException("Cannot write to " + path + ".", e);
    }
  }

  /** All columns but the time and {@link #DECISION}, as SQL. */
  static List<String> columns(int numbers) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < numbers; i++) {
      String shape = SHAPES[i % SHAPES.length];
      columns.add(String.format(Locale.ROOT, shape, 100 + i) + " as x" + i);
    }
    for (int i = 0; i < CATEGORIES.length; i++) {
      // Square roots make the later values the more frequent ones.
      columns.add(
          String.format(
              Locale.ROOT,
              "concat('c%d_', floor(%d * sqrt(rand(%d)))) as c%d",
              i,
              CATEGORIES[i],
              900 + i,
              i));
    }
    columns.add("1 / (1 + exp(1 - 1.5 * randn(5))) as score");
    columns.add("'v1' as version");
    return columns;
  }

  /** Without what the service is watched by. */
  Dataset<Row> model() {
    return table.drop("prediction_id", "latency_ms", "cost", "status");
  }

  List<String> numberColumns() {
    return IntStream.range(0, numbers).mapToObj(i -> "x" + i).toList();
  }

  List<String> categoryColumns() {
    return IntStream.range(0, CATEGORIES.length).mapToObj(i -> "c" + i).toList();
  }

  /** So many windows of equal length over all rows. */
  List<Window> windows(int count) {
    Duration length = Duration.ofDays(DAYS).dividedBy(count);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Window(
                    START.plus(length.multipliedBy(i)), START.plus(length.multipliedBy(i + 1L))))
        .toList();
  }
}
