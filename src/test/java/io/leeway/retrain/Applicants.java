package io.leeway.retrain;

import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.config.TableRef;
import io.leeway.store.SourceTable;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Applications for a loan and how they ended, in tables of as many files as a test says. */
record Applicants(Path folder) {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final StructType PREDICTIONS =
      StructType.fromDDL(
          "id STRING, at TIMESTAMP, customer STRING, income DOUBLE, age INT, purpose STRING, owner BOOLEAN, p DOUBLE");
  static final StructType LABELS = StructType.fromDDL("id STRING, y STRING, seen TIMESTAMP");

  static Instant day(int day) {
    return START.plusSeconds(86_400L * day);
  }

  /** An application whose other columns do not matter. */
  static Row application(String id, Instant at, String customer) {
    return RowFactory.create(id, Timestamp.from(at), customer, 1.0, 40, "car", true, 0.5);
  }

  static Row ended(String id, String y, Instant seen) {
    return RowFactory.create(id, y, seen == null ? null : Timestamp.from(seen));
  }

  /**
   * As many applications, one every two hours, and an end of each after ten days. Defaults follow a
   * logistic law of income and purpose; some incomes and purposes are missing.
   */
  void apply(int rows, long seed, int files) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> applications = new ArrayList<>();
    List<Row> ends = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double income = 20 + 100 * random.nextDouble();
      int age = 18 + random.nextInt(60);
      String purpose = List.of("car", "home", "study", "other").get(random.nextInt(4));
      boolean owner = random.nextBoolean();
      double logit = 3 - income / 20 + (purpose.equals("car") ? 2 : 0) + (owner ? -0.5 : 0.5);
      boolean defaults = random.nextDouble() < 1 / (1 + Math.exp(-logit));
      Instant at = START.plusSeconds(7_200L * i);
      applications.add(
          RowFactory.create(
              "id-" + i,
              Timestamp.from(at),
              "customer-" + random.nextInt(rows / 2),
              random.nextInt(20) == 0 ? null : (Double) income,
              age,
              random.nextInt(20) == 0 ? null : purpose,
              owner,
              0.5));
      ends.add(ended("id-" + i, defaults ? "1" : "0", at.plusSeconds(864_000)));
    }
    predictions(applications, files);
    labels(ends, files);
  }

  void predictions(List<Row> rows, int files) {
    write(rows, PREDICTIONS, "predictions", files);
  }

  void labels(List<Row> rows, int files) {
    write(rows, LABELS, "labels", files);
  }

  private void write(List<Row> rows, StructType schema, String table, int files) {
    LocalSpark.session()
        .createDataFrame(rows, schema)
        .repartition(files)
        .write()
        .format("delta")
        .mode("overwrite")
        .save(path(table));
  }

  private String path(String table) {
    return folder.resolve(table).toString();
  }

  SourceTable source(String table) {
    return SourceTable.open(
        LocalSpark.session(), new TableRef(path(table), true), OptionalLong.empty());
  }

  /** The model, with more lines of configuration. */
  ModelConfig model(String... lines) {
    return ConfigLoader.load(
            """
            leeway {
              store.path = results
              models.m {
                task = binary
                predictions { table = predictions/, id = id, time = at, score = p }
                labels { table = labels/, label = y, time = seen, mature-after = 10 days }
                features { exclude = [customer] }
                reference { from = 2026-01-01, until = 2026-02-01 }
            %s
              }
            }
            """
                .formatted(String.join("\n", lines)),
            folder)
        .model("m");
  }
}
