package io.leeway.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Task;
import io.leeway.registry.files.ScoreColumn;
import io.leeway.stats.Outcome;
import io.leeway.testing.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TrialMetricTest {
  private static final ScoreColumn NUMBER = new ScoreColumn("s", ScoreColumn.Kind.NUMBER);
  private static final ScoreColumn VECTOR = new ScoreColumn("v", ScoreColumn.Kind.PROBABILITIES);

  private static Dataset<Row> rows(double[]... rows) {
    List<Row> list = new ArrayList<>();
    for (double[] row : rows) {
      list.add(RowFactory.create(row[0], row[1]));
    }
    return LocalSpark.session()
        .createDataFrame(list, StructType.fromDDL("leeway_label DOUBLE, s DOUBLE"));
  }

  @Test
  void logLossIsTheMeanOfMinusTheLogarithmOfWhatHappened() {
    double[][] scored = {{1, 0.8}, {0, 0.3}, {0, 0.9}};
    double expected = -(Math.log(0.8) + Math.log(0.7) + Math.log(0.1)) / 3;
    assertThat(TrialMetric.of(Task.BINARY, rows(scored), NUMBER).orElseThrow())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void ofSeveralClassesTheProbabilityOfTheOneThatHappenedCounts() {
    Dataset<Row> rows =
        LocalSpark.session()
            .sql(
                "SELECT 2D AS leeway_label, array(0.1D, 0.2D, 0.7D) AS a UNION ALL SELECT 0D, array(0.5D, 0.25D, 0.25D)");
    rows = rows.withColumn("v", functions.array_to_vector(rows.col("a")));
    assertThat(TrialMetric.of(Task.MULTICLASS, rows, VECTOR).orElseThrow())
        .isCloseTo(-(Math.log(0.7) + Math.log(0.5)) / 2, within(1e-12));
  }

  @Test
  void aSureErrorCostsNoMoreThanTheClip() {
    // ln 2^52.
    assertThat(TrialMetric.of(Task.BINARY, rows(new double[] {1, 0}), NUMBER).orElseThrow())
        .isCloseTo(52 * Math.log(2), within(1e-9));
  }

  @Test
  void ofARegressionItIsTheRootOfTheMeanSquare() {
    // Errors 3 and 4: the root of 25 / 2.
    assertThat(
            TrialMetric.of(Task.REGRESSION, rows(new double[] {5, 2}, new double[] {1, 5}), NUMBER)
                .orElseThrow())
        .isCloseTo(Math.sqrt(12.5), within(1e-12));
  }

  @Test
  void withoutRowsOrWithAScoreThatIsNoNumberThereIsNone() {
    assertThat(TrialMetric.of(Task.BINARY, rows(), NUMBER))
        .isEqualTo(Outcome.undefined("there is no row to measure on"));
    assertThat(
            TrialMetric.of(
                Task.REGRESSION,
                rows(new double[] {1, Double.POSITIVE_INFINITY}, new double[] {1, 1}),
                NUMBER))
        .isEqualTo(Outcome.undefined("a score is not finite"));
  }
}
