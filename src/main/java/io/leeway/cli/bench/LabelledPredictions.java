package io.leeway.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Made-up predictions of {@link #REFERENCE_DAYS} and then {@link BenchTable#DAYS} days, sorted by
 * time, with the score, decision and categories of {@link BenchTable} and identifiers of 16
 * characters that follow no order; and a table of labels, sorted by when they came, one to thirteen
 * days after. One in ten predictions has no label at first.
 *
 * @param folder of both tables
 * @param rowsPerDay predictions of each day
 */
record LabelledPredictions(SparkSession spark, Path folder, long rowsPerDay) {
  /** Days before the first monitored one. */
  static final int REFERENCE_DAYS = 9;

  /** Within this every label has come. */
  static final Duration HORIZON = Duration.ofDays(14);

  private static final long ROWS_PER_FILE = 500_000;
  private static final String UNLABELLED = "pmod(xxhash64(id, 'labelled'), 10) = 0";
  private static final String HAPPENED =
      "if(pmod(xxhash64(id, 'happened'), 1000) < 1000 * score, 'decline', 'approve') as y";

  /** Midnight before a monitored day; 0 is the first, those of the reference are negative. */
  static Instant start(int day) {
    return BenchTable.START.plus(Duration.ofDays(day));
  }

  Path predictions() {
    return folder.resolve("predictions");
  }

  Path labels() {
    return folder.resolve("labels");
  }

  /** Labels of so many rows there are some more, or fewer, of. */
  long labelCount() {
    return rowsPerDay * BenchTable.DAYS * 9 / 10;
  }

  void write() {
    long rows = rowsPerDay * (REFERENCE_DAYS + BenchTable.DAYS);
    int files = (int) Math.max(4, rows / ROWS_PER_FILE);
    List<String> columns = new ArrayList<>();
    columns.add("lower(lpad(hex(xxhash64(id)), 16, '0')) as id");
    columns.add(
        "timestamp_micros("
            + start(-REFERENCE_DAYS).getEpochSecond()
            + "000000 + id * 86400000000 div "
            + rowsPerDay
            + ") as scored_at");
    columns.addAll(BenchTable.columns(0));
    spark
        .range(0, rows, 1, files)
        .selectExpr(columns.toArray(String[]::new))
        .selectExpr("*", BenchTable.DECISION)
        .write()
        .format("delta")
        .save(predictions().toString());
    append(
        read(predictions())
            .where("NOT " + UNLABELLED)
            .selectExpr("id", HAPPENED, seen("1 + least(12, -2 * ln(1 - rand(31)))"))
            .repartitionByRange(files, functions.col("seen"))
            .sortWithinPartitions("seen"));
  }

  private static String seen(String daysAfter) {
    return "timestamp_micros(unix_micros(scored_at) + bigint(86400e6 * ("
        + daysAfter
        + "))) as seen";
  }

  /** Labels, so many as there are, of predictions of a day that had none. */
  void label(int day, int most) {
    append(
        read(predictions())
            .where(within("scored_at", start(day), start(day + 1)))
            .where(UNLABELLED)
            .limit(most)
            .selectExpr("id", HAPPENED, seen("13")));
  }

  private void append(Dataset<Row> labels) {
    labels.write().format("delta").mode("append").save(labels().toString());
  }

  /**
   * Every prediction of the monitored days with its labels, by Spark alone: the rows and columns
   * that the monitor reads for it.
   */
  Dataset<Row> joined() {
    Instant start = start(0);
    Instant end = start(BenchTable.DAYS);
    Dataset<Row> some =
        read(predictions())
            .where(within("scored_at", start, end))
            .select("id", "scored_at", "version", "decision", "score", "c0", "c1");
    Dataset<Row> known =
        read(labels())
            .where(within("seen", start.minus(HORIZON), end.plus(HORIZON)))
            .select("id", "y", "seen");
    return some.join(known, some.col("id").equalTo(known.col("id")), "left_outer");
  }

  private static Column within(String time, Instant start, Instant end) {
    Column column = functions.col(time);
    return column.geq(functions.lit(start)).and(column.lt(functions.lit(end)));
  }

  private Dataset<Row> read(Path table) {
    return spark.read().format("delta").load(table.toString());
  }
}
