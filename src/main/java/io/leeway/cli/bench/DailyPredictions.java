package io.leeway.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Made-up predictions that come in by the day, one file each, in columns like those of {@link
 * BenchTable}. They start in the past, so that every day of some years is over.
 *
 * @param folder of the Delta table
 * @param numbers numeric columns beside score and categories
 */
record DailyPredictions(SparkSession spark, Path folder, int rowsPerDay, int numbers) {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  /** Midnight before a day; 0 is the first. */
  static Instant start(int day) {
    return START.plus(Duration.ofDays(day));
  }

  /** Appends some days in one commit. */
  void append(int firstDay, int days) {
    List<String> columns = new ArrayList<>();
    columns.add("id");
    columns.add(
        "timestamp_micros("
            + START.getEpochSecond()
            + "000000 + id * 86400000000 div "
            + rowsPerDay
            + ") as scored_at");
    columns.addAll(BenchTable.columns(numbers));
    long first = (long) firstDay * rowsPerDay;
    spark
        .range(first, first + (long) days * rowsPerDay, 1, days)
        .selectExpr(columns.toArray(String[]::new))
        .selectExpr("*", BenchTable.DECISION)
        .write()
        .format("delta")
        .mode("append")
        .save(folder.toString());
  }
}
