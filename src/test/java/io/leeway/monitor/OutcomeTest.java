package io.leeway.monitor;

import static io.leeway.monitor.LabelledTables.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.monitor.LabelledTables.Label;
import io.leeway.monitor.LabelledTables.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From rows and labels to published numbers, held against counting by hand. */
class OutcomeTest {
  private static final int PER_DAY = 60;
  private static final int DAYS = 6;

  @TempDir private static Path folder;
  private static LabelledTables tables;
  private static final List<Prediction> PREDICTIONS = new ArrayList<>();
  private static final Map<String, String> LABELS = new HashMap<>();

  @BeforeAll
  static void monitored() {
    tables = new LabelledTables(folder);
    Random random = new Random(11);
    List<Label> labels = new ArrayList<>();
    for (int day = 1; day <= DAYS; day++) {
      for (int i = 0; i < PER_DAY; i++) {
        double p = Math.rint(random.nextDouble() * 1000) / 1000;
        String id = "d" + day + "-" + i;
        PREDICTIONS.add(
            new Prediction(
                id,
                at(day, i % 24),
                p,
                p > 0.5 ? "1" : "0",
                i % 3 == 0 ? "f" : i % 3 == 1 ? "m" : null,
                random.nextGaussian()));
        if (random.nextDouble() < 0.8) {
          String y = random.nextDouble() < p ? "1" : "0";
          LABELS.put(id, y);
          labels.add(new Label(id, y, at(day + 1, i % 24)));
        }
      }
    }
    tables.predict(PREDICTIONS);
    tables.label(labels);
    tables.run(
        "results",
        tables.model(
            3,
            "results",
            "labels { table = labels/, label = y, time = seen, mature-after = 2 days }",
            "fairness { attributes = [gender] }"),
        LabelledTables.LATER);
  }

  private static long count(int day, String y, String h) {
    return PREDICTIONS.stream()
        .filter(p -> p.id().startsWith("d" + day + "-"))
        .filter(p -> p.h().equals(h) && y.equals(LABELS.get(p.id())))
        .count();
  }

  private static Map<String, Row> day(int day) {
    Map<String, Row> metrics = new HashMap<>();
    for (Row row :
        tables.shown(
            "results",
            "SELECT metric, value, numerator, denominator, n_labelled, maturity FROM latest_metrics "
                + "WHERE part = 'outcomes' AND slice = '[]' AND column_name = '' AND class_label IS NULL "
                + "AND comparison = 'none' AND granularity = '1 day' AND window_start = timestamp'"
                + at(day, 0)
                + "'")) {
      metrics.put(row.getString(0), row);
    }
    return metrics;
  }

  @Test
  void countsWhatHappenedAgainstWhatWasDecided() {
    for (int day = 4; day <= DAYS; day++) {
      Map<String, Row> found = day(day);
      assertThat(found.get("tp").getDouble(1)).isEqualTo((double) count(day, "1", "1"));
      assertThat(found.get("fp").getDouble(1)).isEqualTo((double) count(day, "0", "1"));
      assertThat(found.get("tn").getDouble(1)).isEqualTo((double) count(day, "0", "0"));
      assertThat(found.get("fn").getDouble(1)).isEqualTo((double) count(day, "1", "0"));
    }
  }

  private static List<Prediction> labelled(int day) {
    return PREDICTIONS.stream()
        .filter(p -> p.id().startsWith("d" + day + "-") && LABELS.containsKey(p.id()))
        .toList();
  }

  private static boolean happened(Prediction p) {
    return LABELS.get(p.id()).equals("1");
  }

  @Test
  void ranksByAllPairs() {
    double won = 0;
    long pairs = 0;
    for (Prediction yes : labelled(4)) {
      for (Prediction no : labelled(4)) {
        if (happened(yes) && !happened(no)) {
          pairs++;
          won += yes.p() > no.p() ? 1 : yes.p() == no.p() ? 0.5 : 0;
        }
      }
    }
    assertThat(day(4).get("roc_auc").getDouble(1)).isCloseTo(won / pairs, within(1e-12));
  }

  @Test
  void anyThresholdCanBeExploredFromProfilesAlone() {
    List<Row> rows =
        tables.shown(
            "results",
            "SELECT tp, fp, fn, tn, selected, n FROM threshold_explorer WHERE slice = '[]' AND threshold = 0.5 "
                + "AND window_start = timestamp'"
                + at(5, 0)
                + "'");
    assertThat(rows).hasSize(1);
    long tp = labelled(5).stream().filter(p -> p.p() >= 0.5 && happened(p)).count();
    long fp = labelled(5).stream().filter(p -> p.p() >= 0.5 && !happened(p)).count();
    long yes = labelled(5).stream().filter(OutcomeTest::happened).count();
    long selected =
        PREDICTIONS.stream().filter(p -> p.id().startsWith("d5-") && p.p() >= 0.5).count();
    Row found = rows.get(0);
    assertThat(found.getLong(0)).isEqualTo(tp);
    assertThat(found.getLong(1)).isEqualTo(fp);
    assertThat(found.getLong(2)).isEqualTo(yes - tp);
    assertThat(found.getLong(3)).isEqualTo(labelled(5).size() - yes - fp);
    assertThat(found.getLong(4)).isEqualTo(selected);
    assertThat(found.getLong(5)).isEqualTo(PER_DAY);
  }

  @Test
  void theMissingGroupIsAGroupAndSmallOnesAreSuppressed() {
    List<Row> rows =
        tables.shown(
            "results",
            "SELECT metric, value, reason, status FROM fairness_gaps WHERE attribute = 'gender' "
                + "AND segment = '' AND window_start = timestamp'"
                + at(4, 0)
                + "' AND metric IN ('demographic_parity_difference_supported')");
    assertThat(rows).hasSize(1);
    // Each group has 20 rows, below the 30 that a rate needs.
    assertThat(rows.get(0).isNullAt(1)).isTrue();
    assertThat(rows.get(0).getString(2)).contains("SUPPRESSED: (null), f, m.");
  }

  @Test
  void labelsThatHaveNotComeMakeNumbersProvisionalAndSomeWait() {
    tables.run(
        "young",
        tables.model(
            3,
            "young",
            "labels { table = labels/, label = y, time = seen, mature-after = 10 days }"),
        at(DAYS + 2, 0));
    List<Row> rows =
        tables.shown(
            "young",
            "SELECT metric, flags, reason, maturity FROM latest_metrics WHERE part = 'outcomes' AND slice = '[]' "
                + "AND column_name = '' AND comparison = 'none' AND class_label IS NULL AND window_start = timestamp'"
                + at(DAYS, 0)
                + "' AND metric IN ('accuracy', 'recall') ORDER BY metric");
    assertThat(rows).hasSize(2);
    assertThat(rows).allMatch(row -> row.getString(3).equals("provisional"));
    assertThat(rows).allMatch(row -> row.getList(1).contains("PROVISIONAL"));
    tables.run(
        "young",
        tables.model(
            3,
            "young",
            "labels { table = labels/, label = y, time = seen, mature-after = 10 days }"),
        LabelledTables.LATER);
    assertThat(
            tables.shown(
                "young",
                "SELECT 1 FROM latest_metrics WHERE part = 'outcomes' AND maturity = 'provisional'"))
        .isEmpty();
  }

  /** By the definition, over the rows that have a label; the scores are neither 0 nor 1. */
  @Test
  void takesTheLossOfRowsWithALabelAlone() {
    for (int day = 4; day <= DAYS; day++) {
      double mean =
          labelled(day).stream()
              .mapToDouble(p -> -Math.log(happened(p) ? p.p() : 1 - p.p()))
              .average()
              .orElseThrow();
      assertThat(day(day).get("log_loss").getDouble(1)).isCloseTo(mean, within(1e-12));
    }
  }

  /** Scores are true, so what is expected is near what comes; the record says how near. */
  @Test
  void saysBeforeLabelsWhatIsToBeExpectedAndAfterThemHowFarOffThatWas() {
    Map<String, Row> found = new HashMap<>();
    tables
        .shown(
            "results",
            "SELECT metric, value, std_error FROM latest_metrics WHERE part = 'outcomes' AND slice = '[]' "
                + "AND column_name = '' AND comparison = 'baseline' AND granularity = '1 day' "
                + "AND metric LIKE '%\\_estimate%' AND window_start = timestamp'"
                + at(4, 0)
                + "'")
        .forEach(row -> found.put(row.getString(0), row));
    for (String metric : List.of("accuracy", "precision", "recall", "f1", "base_rate", "roc_auc")) {
      Row estimate = found.get(metric + "_estimated");
      double realised = day(4).get(metric).getDouble(1);
      assertThat(estimate.getDouble(1)).isCloseTo(realised, within(4 * estimate.getDouble(2)));
      // Below its floor what labels tell makes no record.
      assertThat(found.containsKey(metric + "_estimate_held"))
          .isEqualTo(found.containsKey(metric + "_estimate_error"));
    }
    assertThat(found.get("accuracy_estimate_error").getDouble(1))
        .isCloseTo(
            day(4).get("accuracy").getDouble(1) - found.get("accuracy_estimated").getDouble(1),
            within(1e-12));
  }
}
