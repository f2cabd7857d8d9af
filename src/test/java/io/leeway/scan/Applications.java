package io.leeway.scan;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Made-up predictions of every type that a scan reads, with gaps, NaN and infinities. */
final class Applications {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  static final StructType SCHEMA =
      StructType.fromDDL(
          "ts timestamp, version string, decision string, score double, b tinyint, s smallint,"
              + " i int, l bigint, f float, d double, dec decimal(10,2), big decimal(25,3),"
              + " flag boolean, text string, day date, at timestamp, plain timestamp_ntz, code int,"
              + " state string, age int,"
              + " home struct<size: double, post: struct<town: string>>");

  private Applications() {}

  /** Rows over two days from {@link #START}; a few without time. */
  static List<Row> rows(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(row(random));
    }
    return rows;
  }

  private static Row row(SplittableRandom random) {
    Instant time = START.plusMillis(random.nextLong(2 * 86_400_000L));
    double score = random.nextInt(1000) / 1000.0;
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, 1e9};
    String[] versions = {"v1", "v1", "v1", "v1", "v2", "v2", "", null};
    String[] states = {"VIC", "NSW", "(other)", "\\(other)", "a=b, c", null, "İstanbul"};
    Object[] values = {
      random.nextInt(50) == 0 ? null : time,
      versions[random.nextInt(versions.length)],
      score > 0.5 ? "approve" : "decline",
      score,
      gap(random, (byte) random.nextInt(-4, 5)),
      gap(random, (short) random.nextInt(-900, 900)),
      gap(random, random.nextInt(-100_000, 100_000)),
      gap(random, random.nextLong(-1L << 50, 1L << 50)),
      gap(random, (float) random.nextDouble(-5, 5)),
      random.nextInt(6) == 0 ? odd[random.nextInt(odd.length)] : gap(random, random.nextDouble()),
      gap(random, BigDecimal.valueOf(random.nextInt(-99_999, 99_999), 2)),
      gap(random, BigDecimal.valueOf(random.nextLong(-1L << 60, 1L << 60), 3)),
      gap(random, random.nextBoolean()),
      gap(random, "t" + random.nextInt(30)),
      gap(random, LocalDate.of(2020, 1, 1).plusDays(random.nextInt(900))),
      gap(random, Instant.ofEpochSecond(random.nextInt(), 1000L * random.nextInt(1_000_000))),
      gap(
          random,
          LocalDateTime.ofEpochSecond(
              random.nextInt(), 1000 * random.nextInt(1_000_000), ZoneOffset.UTC)),
      gap(random, random.nextInt(-5, 5)),
      states[random.nextInt(states.length)],
      random.nextInt(18, 24),
      gap(
          random,
          RowFactory.create(
              random.nextDouble(), gap(random, RowFactory.create("town" + random.nextInt(4)))))
    };
    return RowFactory.create(values);
  }

  private static Object gap(SplittableRandom random, Object value) {
    return random.nextInt(8) == 0 ? null : value;
  }

  /** Writes rows as a Delta table of so many files. */
  static Dataset<Row> table(SparkSession spark, List<Row> rows, int files, Path directory) {
    String path = directory.toUri().toString();
    spark.createDataFrame(rows, SCHEMA).repartition(files).write().format("delta").save(path);
    return spark.read().format("delta").load(path);
  }

  static Object value(Row row, String column) {
    return row.get(SCHEMA.fieldIndex(column));
  }
}
