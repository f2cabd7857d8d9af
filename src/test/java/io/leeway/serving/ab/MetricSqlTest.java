package io.leeway.serving.ab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.config.TestMetric;
import io.leeway.config.TestMetric.Kind;
import io.leeway.domain.UserException;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class MetricSqlTest {
  private final SparkSession spark = LocalSpark.session();

  private static ModelConfig model(String task, String predictions, String more) {
    return ConfigLoader.load(
            """
            leeway {
              store.path = "results"
              models.m {
                task = %s
                predictions { table = "in/p", id = id, time = at, %s }
                labels { table = "in/l", id = id, label = y %s }
                reference { from = 2026-01-01, until = 2026-04-01 }
              }
            }
            """
                .formatted(task, predictions, more),
            Path.of("/data"))
        .model("m");
  }

  /** NaN stands for NULL. */
  private double of(ModelConfig model, TestMetric metric, String row) {
    Dataset<Row> rows = spark.sql("SELECT " + row);
    Row found =
        rows.selectExpr(new MetricSql(model, rows.schema()).of(metric) + " AS number").first();
    return found.isNullAt(0) ? Double.NaN : found.getDouble(0);
  }

  private void assertNumber(ModelConfig model, Kind kind, String row, double expected) {
    assertThat(of(model, TestMetric.of(kind), row))
        .as(kind + " of " + row)
        .isCloseTo(expected, within(1e-12));
  }

  private void assertNone(ModelConfig model, Kind kind, String row) {
    assertThat(of(model, TestMetric.of(kind), row)).as(kind + " of " + row).isNaN();
  }

  // All expected numbers below are by hand.

  @Test
  void ofTwoOutcomes() {
    ModelConfig model =
        model("binary", "score = p, decision = d, positive = bad", ", negative = good");
    String bad = "0.8D AS p, 'bad' AS d, 'bad' AS leeway_outcome";
    String good = "0.8D AS p, 'bad' AS d, 'good' AS leeway_outcome";
    String neither = "0.8D AS p, 'bad' AS d, 'unsure' AS leeway_outcome";
    String unknown = "0.8D AS p, 'bad' AS d, CAST(NULL AS STRING) AS leeway_outcome";

    assertNumber(model, Kind.SQUARED_ERROR, bad, 0.04);
    assertNumber(model, Kind.SQUARED_ERROR, good, 0.64);
    assertNumber(model, Kind.ABSOLUTE_ERROR, good, 0.8);
    assertNumber(model, Kind.LOG_LOSS, bad, -Math.log(0.8));
    assertNumber(model, Kind.LOG_LOSS, good, -Math.log(0.2));
    assertNumber(
        model, Kind.LOG_LOSS, "0D AS p, 'good' AS d, 'bad' AS leeway_outcome", 15 * Math.log(10));
    assertNumber(model, Kind.ERROR_RATE, bad, 0);
    assertNumber(model, Kind.ERROR_RATE, good, 1);
    assertNumber(model, Kind.POSITIVE_DECISION_RATE, good, 1);
    for (Kind kind : new Kind[] {Kind.SQUARED_ERROR, Kind.LOG_LOSS, Kind.ERROR_RATE}) {
      assertNone(model, kind, neither);
      assertNone(model, kind, unknown);
    }
    assertNone(
        model, Kind.SQUARED_ERROR, "double('NaN') AS p, 'bad' AS d, 'bad' AS leeway_outcome");
  }

  @Test
  void withoutALabelItIsNegativeWhereThatIsSaid() {
    ModelConfig model =
        model("binary", "score = p, decision = d", ", unlabelled-after-maturity = negative");

    assertNumber(
        model, Kind.SQUARED_ERROR, "0.5D AS p, 1 AS d, CAST(NULL AS INT) AS leeway_outcome", 0.25);
    assertNumber(model, Kind.ERROR_RATE, "0.5D AS p, 1 AS d, 1 AS leeway_outcome", 0);
  }

  @Test
  void ofSeveralClasses() {
    ModelConfig model = model("multiclass", "scores { a = pa, b = pb, c = pc }, decision = d", "");
    String b = "0.2D AS pa, 0.5D AS pb, 0.3D AS pc, 'a' AS d, 'b' AS leeway_outcome";

    assertNumber(model, Kind.SQUARED_ERROR, b, 0.04 + 0.25 + 0.09);
    assertNumber(model, Kind.LOG_LOSS, b, Math.log(2));
    assertNumber(model, Kind.ERROR_RATE, b, 1);
    assertNumber(model, Kind.POSITIVE_DECISION_RATE, b, 1);
    assertNone(model, Kind.LOG_LOSS, b.replace("'b'", "'z'"));
    assertNone(model, Kind.SQUARED_ERROR, b.replace("'b'", "'z'"));
    assertThatThrownBy(() -> of(model, TestMetric.of(Kind.ABSOLUTE_ERROR), b))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("metric 'absolute_error' needs one score");
  }

  @Test
  void ofNumbers() {
    ModelConfig model = model("regression", "score = p", "");
    String row = "3D AS p, 5 AS leeway_outcome, 7 AS revenue, 'failed' AS status";

    assertNumber(model, Kind.SQUARED_ERROR, row, 4);
    assertNumber(model, Kind.ABSOLUTE_ERROR, row, 2);
    assertNumber(model, Kind.FAILURE_RATE, row, 1);
    assertThat(of(model, TestMetric.sql("margin", "revenue - p"), row)).isEqualTo(4);
    assertThatThrownBy(() -> of(model, TestMetric.of(Kind.LATENCY), row))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("operations.latency");
    assertThatThrownBy(() -> of(model, TestMetric.of(Kind.ERROR_RATE), row))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("needs decisions");
  }
}
