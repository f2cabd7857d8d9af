package io.leeway.monitor;

import static io.leeway.monitor.LabelledTables.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.monitor.LabelledTables.Label;
import io.leeway.monitor.LabelledTables.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels and scores that are not what they should be: an error in words, or counted as what. */
class BadLabelsTest {
  private static final int PER_DAY = 40;
  private static final int OUTSIDE = 4;
  private static final int ONE_CLASS = 5;
  private static final int NO_NUMBER = 6;
  private static final int EARLY = 7;
  private static final int CONTRADICTING = 8;
  private static final int LATE = 9;
  private static final int REPEATED = 10;
  private static final String LABELS =
      "labels { table = labels/, label = y, time = seen, mature-after = 2 days, horizon = 20 days }";

  @TempDir private static Path folder;
  private static LabelledTables tables;

  @BeforeAll
  static void monitored() {
    tables = new LabelledTables(folder);
    Random random = new Random(5);
    List<Prediction> predictions = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    for (int day = 1; day <= REPEATED; day++) {
      for (int i = 0; i < PER_DAY; i++) {
        String id = "d" + day + "-" + i;
        double p = day == NO_NUMBER && i < 10 ? Double.NaN : random.nextInt(100) / 100.0;
        boolean yes = p > 0.5;
        String decision = yes == (day != CONTRADICTING || i % 2 == 0) ? "1" : "0";
        predictions.add(new Prediction(id, at(day, i % 20), p, decision, "f", 1.0 * i));
        String y = day == ONE_CLASS ? "0" : day == OUTSIDE && i < 7 ? "2" : i % 2 == 0 ? "1" : "0";
        int delay = day == EARLY && i < 5 ? -1 : day == LATE && i < 6 ? 30 : 1;
        labels.add(new Label(id, y, at(day + delay, i % 20)));
        if (day == REPEATED && i < 3) {
          labels.add(new Label(id, y, at(day + 2, 0)));
        }
      }
    }
    labels.add(new Label("nobody", "1", at(2, 0)));
    labels.add(new Label("nobody", "0", at(3, 0)));
    labels.add(new Label("no one", "1", null));
    tables.predict(predictions);
    tables.label(labels);
    tables.run("results", tables.model(3, "results", LABELS), LabelledTables.LATER);
  }

  private static Row metric(int day, String metric) {
    List<Row> rows =
        tables.shown(
            "results",
            "SELECT value, status, reason, n FROM latest_metrics WHERE slice = '[]' AND comparison = 'none' "
                + "AND column_name IN ('', 'p') AND metric = '"
                + metric
                + "' AND class_label IS NULL AND window_start = timestamp'"
                + at(day, 0)
                + "'");
    assertThat(rows).as(metric).hasSize(1);
    return rows.get(0);
  }

  private static double value(int day, String metric) {
    return metric(day, metric).getDouble(0);
  }

  @Test
  void labelsOutsideTheClassesAreCountedAndAreNoLabels() {
    assertThat(value(OUTSIDE, "labels_outside_classes")).isEqualTo(7);
    assertThat(value(OUTSIDE, "n_labelled")).isEqualTo(PER_DAY - 7.0);
    assertThat(value(ONE_CLASS, "labels_outside_classes")).isZero();
  }

  @Test
  void labelsOfOneClassHaveNoRankingAndSayWhy() {
    Row auc = metric(ONE_CLASS, "roc_auc");
    assertThat(auc.isNullAt(0)).isTrue();
    assertThat(auc.getString(1)).isEqualTo("UNDEFINED");
    assertThat(auc.getString(2)).isEqualTo("All labels are negative.");
    assertThat(metric(ONE_CLASS, "recall").getString(1)).isEqualTo("UNDEFINED");
  }

  @Test
  void scoresThatAreNoNumbersAreLeftOutOfWhatNeedsThemOnly() {
    assertThat(value(NO_NUMBER, "n_labelled")).isEqualTo(PER_DAY);
    assertThat(metric(NO_NUMBER, "brier").getLong(3)).isEqualTo(PER_DAY - 10L);
    assertThat(metric(NO_NUMBER, "log_loss").getLong(3)).isEqualTo(PER_DAY - 10L);
    assertThat(metric(NO_NUMBER, "accuracy").getLong(3)).isEqualTo(PER_DAY);
    assertThat(value(NO_NUMBER, "nan_rate")).isEqualTo(0.25);
  }

  @Test
  void labelsEarlierThanTheirPredictionsAreCounted() {
    assertThat(value(EARLY, "labels_early")).isEqualTo(5);
    assertThat(value(ONE_CLASS, "labels_early")).isZero();
  }

  @Test
  void labelsBeyondTheHorizonAreNoLabels() {
    assertThat(value(LATE, "n_labelled")).isEqualTo(PER_DAY - 6.0);
  }

  /** By the first run already: those beyond the horizon, and two that nobody predicted. */
  @Test
  void labelsWithoutAPredictionAreCountedWithTheNewestWindow() {
    assertThat(value(REPEATED, "labels_unmatched")).isEqualTo(6 + 2);
  }

  @Test
  void repeatedLabelsAreReported() {
    assertThat(value(REPEATED, "labels_repeated")).isEqualTo(3);
  }

  @Test
  void decisionsAgainstTheScoreAreSaid() {
    assertThat(metric(CONTRADICTING, "decision_threshold").getString(2))
        .contains("Decisions are mixed between the scores");
    assertThat(value(CONTRADICTING, "decision_blur")).isGreaterThan(0.2);
    assertThat(value(ONE_CLASS, "decision_blur")).isZero();
  }

  @Test
  void aMissingIdOrTimeOrLabelIsNamedWithWhatThereIs() {
    assertRefused(
        "labels { table = labels/, label = y, id = pid }", "labels.id", "'pid'", "id, y, seen");
    assertRefused("labels { table = labels/, label = z }", "labels.label", "'z'", "id, y, seen");
    assertRefused("labels { table = labels/, label = y, time = at }", "labels.time", "'at'");
    assertRefused(
        "labels { table = labels/, label = y, time = id }", "labels.time", "STRING", "time");
    assertRefused("labels { table = labels/, label = seen }", "labels.label", "TIMESTAMP");
    assertRefused("labels { table = nowhere/, label = y }", "nowhere");
  }

  private static void assertRefused(String labels, String... words) {
    ModelConfig model = tables.model(3, "results", labels);
    assertThatThrownBy(() -> tables.run("results", model, LabelledTables.LATER))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(words);
  }

  /** Else numbers by fewer labels would take the place of those by all. */
  @Test
  void aStoreHoldsNumbersByAllLabelsOrUpToOneTime() {
    ModelConfig model = tables.model(3, "results", LABELS);
    MonitorRequest due = MonitorRequest.due(LabelledTables.LATER);
    MonitorRequest some =
        new MonitorRequest(
            due.from(),
            due.until(),
            Optional.of(at(6, 0)),
            due.sourceVersion(),
            false,
            false,
            due.now());
    assertThatThrownBy(() -> new Monitor(tables.store("results"), line -> {}).run(model, some))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(
            "with all labels", "--labels-until 2026-01-06T00:00:00Z", "leeway.store.path");
  }

  @Test
  void aNumberThatIsATextIsNoLabelOfARegression() {
    String text =
        """
        leeway {
          store.path = "regression"
          models.m {
            task = regression
            predictions { table = predictions/, id = id, time = at, score = p }
            labels { table = labels/, label = y }
            reference { until = 2026-01-04 }
          }
        }
        """;
    ModelConfig model = io.leeway.config.ConfigLoader.load(text, folder).model("m");
    assertThatThrownBy(
            () -> LabelSource.open(io.leeway.testing.LocalSpark.session(), model, Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("labels.label", "STRING", "a regression needs a number");
  }
}
