package io.leeway.stats.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every window of public datasets against the values that scikit-learn gave. */
class PublicDatasetsTest {

  @ParameterizedTest
  @ValueSource(strings = {"compas", "california_housing"})
  void binaryMetricsAreThoseOfScikitLearn(String name) throws IOException {
    for (PublicDataset window : PublicDataset.windows(name)) {
      int n = window.rows().size();
      double[] scores = new double[n];
      boolean[] labels = new boolean[n];
      Confusion confusion = Confusion.EMPTY;
      for (int i = 0; i < n; i++) {
        Map<String, String> row = window.rows().get(i);
        scores[i] = Double.parseDouble(row.get("score"));
        labels[i] = row.get("label").equals("1");
        boolean predicted = row.get("prediction").equals("1");
        confusion =
            confusion.plus(
                new Confusion(
                    labels[i] && predicted ? 1 : 0,
                    !labels[i] && predicted ? 1 : 0,
                    !labels[i] && !predicted ? 1 : 0,
                    labels[i] && !predicted ? 1 : 0));
      }
      ScoreTable table = new LabelledScores(scores, labels).table();
      holds(window, "tp", Outcome.of((double) confusion.tp()));
      holds(window, "accuracy", confusion.accuracy().value());
      holds(window, "precision", confusion.precision().value());
      holds(window, "recall", confusion.recall().value());
      holds(window, "specificity", confusion.specificity().value());
      holds(window, "base_rate", confusion.baseRate().value());
      holds(window, "f1", confusion.f1().map(Estimate::value));
      holds(window, "balanced_accuracy", confusion.balancedAccuracy().map(Estimate::value));
      holds(window, "mcc", confusion.mcc().map(Measure::value));
      holds(window, "roc_auc", RocAuc.of(table).map(RocAuc::value));
      holds(window, "pr_auc", AveragePrecision.of(table).map(AveragePrecision::value));
    }
  }

  @Test
  void multiclassMetricsAreThoseOfScikitLearn() throws IOException {
    List<String> classes = List.of("good", "moderate", "unhealthy", "hazardous");
    for (PublicDataset window : PublicDataset.windows("beijing_pm25")) {
      List<ClassPair> cells = new ArrayList<>();
      for (Map<String, String> row : window.rows()) {
        cells.add(
            new ClassPair(
                classes.indexOf(row.get("label")), classes.indexOf(row.get("prediction")), 1));
      }
      Multiclass of = Multiclass.of(classes.size(), cells);
      holds(window, "accuracy", of.accuracy().value());
      holds(window, "macro_f1", of.macroF1().map(Estimate::value));
      holds(window, "weighted_f1", of.weightedF1().map(Estimate::value));
      holds(window, "macro_recall", of.macroRecall().map(Estimate::value));
      holds(window, "mcc", of.mcc().map(Measure::value));
      for (int c = 0; c < classes.size(); c++) {
        String suffix = "[" + classes.get(c) + "]";
        holds(window, "support" + suffix, Outcome.of((double) of.ofClass(c).positives()));
        holds(window, "predicted" + suffix, Outcome.of((double) of.ofClass(c).predicted()));
        holds(window, "precision" + suffix, of.ofClass(c).precision().value());
        holds(window, "recall" + suffix, of.ofClass(c).recall().value());
        holds(window, "f1" + suffix, of.ofClass(c).f1().map(Estimate::value));
      }
    }
  }

  @Test
  void errorsOfRegressionAreThoseOfScikitLearn() throws IOException {
    for (PublicDataset window : PublicDataset.windows("chicago_taxi")) {
      double[] labels = column(window, "label");
      RegressionErrors of =
          RegressionErrorsTest.of(
              labels, column(window, "prediction"), labels.length == 0 ? 0 : labels[0]);
      holds(window, "mae", of.mae().map(Measure::value));
      holds(window, "mse", of.mse().map(Measure::value));
      holds(window, "rmse", of.rmse().map(Measure::value));
      holds(window, "bias", of.bias().map(Measure::value));
      holds(window, "r2", of.r2().map(Measure::value));
      holds(window, "mape", of.mape().map(Measure::value));
    }
  }

  private static double[] column(PublicDataset window, String name) {
    return window.rows().stream().mapToDouble(row -> Double.parseDouble(row.get(name))).toArray();
  }

  /** To the catalogue's tolerance of 1e-9, relative; undefined where the catalogue has no value. */
  private static void holds(PublicDataset window, String metric, Outcome<Double> value) {
    Double expected = window.expected().get(metric);
    String what = metric + " of " + window.window();
    assertThat(value.isDefined()).as(what).isEqualTo(expected != null);
    if (expected != null) {
      assertThat(Math.abs(value.orElseThrow() - expected))
          .as(what)
          .isLessThanOrEqualTo(1e-9 * Math.max(1e-3, Math.abs(expected)));
    }
  }
}
