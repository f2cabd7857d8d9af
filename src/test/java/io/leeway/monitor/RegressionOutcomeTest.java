package io.leeway.monitor;

import static io.leeway.monitor.LabelledTables.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.estimate.Cbpe;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Predicted numbers and their labels to published numbers, held against sums over the rows.
 * Predictions and features take a few values each, so that every value has a bin of its own; errors
 * are multiples of 1/64, so that sums by bin are exact.
 */
class RegressionOutcomeTest {
  private static final int PER_DAY = 240;
  private static final int REFERENCE_DAYS = 3;
  private static final int CHANGED = 5;

  /** The last day, of which there are no labels. */
  private static final int SILENT = 6;

  private record Case(int day, String shop, double p, double x, double y, boolean labelled) {
    double error() {
      return p - y;
    }
  }

  @TempDir private static Path folder;
  private static LabelledTables tables;
  private static final List<Case> CASES = new ArrayList<>();

  @BeforeAll
  static void monitored() {
    tables = new LabelledTables(folder);
    Random random = new Random(7);
    List<Row> predictions = new ArrayList<>();
    List<Row> labels = new ArrayList<>();
    for (int day = 1; day <= SILENT; day++) {
      for (int i = 0; i < PER_DAY; i++) {
        Case of = draw(random, day);
        CASES.add(of);
        String id = day + "-" + i;
        predictions.add(
            RowFactory.create(id, Timestamp.from(at(day, i % 24)), "v1", of.p, of.x, of.shop));
        if (of.labelled) {
          labels.add(RowFactory.create(id, of.y, Timestamp.from(at(day + 1, i % 24))));
        }
      }
    }
    tables.write(
        predictions,
        StructType.fromDDL(
            "id STRING, at TIMESTAMP, version STRING, p DOUBLE, x DOUBLE, shop STRING"),
        "predictions",
        "append");
    tables.write(
        labels, StructType.fromDDL("id STRING, y DOUBLE, seen TIMESTAMP"), "labels", "append");
    tables.run(
        "results",
        tables.model(
            REFERENCE_DAYS,
            "results",
            "task = regression",
            "predictions { decision = null }",
            "slices = [[shop]]",
            "labels { table = labels/, label = y, time = seen, mature-after = 2 days }"),
        LabelledTables.LATER);
  }

  /** Errors spread with the prediction; later days have higher ones, the changed one more x. */
  private static Case draw(Random random, int day) {
    boolean later = day > REFERENCE_DAYS;
    double p = Math.floor(6 * Math.pow(random.nextDouble(), later ? 0.6 : 1)) / 2;
    double x = Math.floor(4 * Math.pow(random.nextDouble(), later ? 0.7 : 1));
    double spread = 0.25 + p / 4 + (day == CHANGED && x == 3 ? 1 : 0);
    double error = Math.rint(64 * (0.125 + spread * random.nextGaussian())) / 64;
    boolean labelled = day < SILENT && random.nextDouble() < 0.8;
    return new Case(day, random.nextInt(3) == 0 ? "b" : "a", p, x, p - error, labelled);
  }

  private static List<Case> reference() {
    return CASES.stream().filter(of -> of.day <= REFERENCE_DAYS && of.labelled).toList();
  }

  private static List<Case> day(int day) {
    return CASES.stream().filter(of -> of.day == day).toList();
  }

  private static double mean(List<Case> cases, ToDoubleFunction<Case> value) {
    return cases.stream().mapToDouble(value).average().orElseThrow();
  }

  private static Map<String, Row> shown(int day, String column) {
    return shown(day, column, "slice = '[]'");
  }

  private static Map<String, Row> shown(int day, String column, String where) {
    Map<String, Row> metrics = new HashMap<>();
    for (Row row :
        tables.shown(
            "results",
            "SELECT metric, value, std_error, reason, flags, ci_low, ci_high, reference_n FROM latest_metrics "
                + "WHERE part = 'outcomes' AND comparison = 'baseline' AND "
                + where
                + " "
                + "AND granularity = '1 day' AND column_name = '"
                + column
                + "' AND window_start = timestamp'"
                + at(day, 0)
                + "'")) {
      metrics.put(row.getString(0), row);
    }
    return metrics;
  }

  /** By the definition, value by value of the prediction. */
  private static double estimate(
      List<Case> reference, List<Case> window, ToDoubleFunction<Case> value) {
    Map<Double, List<Case>> bins = new TreeMap<>();
    reference.forEach(of -> bins.computeIfAbsent(of.p, p -> new ArrayList<>()).add(of));
    double all = mean(reference, value);
    return mean(
        window,
        of -> {
          List<Case> like = bins.get(of.p);
          double sum = like.stream().mapToDouble(value).sum();
          return (sum + all / 2) / (like.size() + 0.5);
        });
  }

  private static double estimate(int day, ToDoubleFunction<Case> value) {
    return estimate(reference(), day(day), value);
  }

  @Test
  void expectsTheErrorsThatSuchPredictionsHadBefore() {
    for (int day : new int[] {4, SILENT}) {
      Map<String, Row> found = shown(day, "");
      assertThat(found.get("mae_estimated").getDouble(1))
          .isCloseTo(estimate(day, of -> Math.abs(of.error())), within(1e-12));
      assertThat(found.get("rmse_estimated").getDouble(1))
          .isCloseTo(Math.sqrt(estimate(day, of -> of.error() * of.error())), within(1e-12));
      assertThat(found.get("bias_estimated").getDouble(1))
          .isCloseTo(estimate(day, Case::error), within(1e-4));
      Row mae = found.get("mae_estimated");
      assertThat(mae.getString(3)).isEqualTo(Cbpe.SENTENCE);
      assertThat(mae.getList(4)).doesNotContain("EXTRAPOLATED", "PROVISIONAL");
      assertThat(mae.getDouble(2)).isPositive();
      assertThat(mae.getLong(7)).isEqualTo(reference().size());
    }
  }

  @Test
  void saysOnceLabelsAreInHowFarOffItWas() {
    Map<String, Row> found = shown(4, "");
    List<Case> labelled = day(4).stream().filter(Case::labelled).toList();
    double mae = mean(labelled, of -> Math.abs(of.error()));
    Row estimate = found.get("mae_estimated");
    assertThat(found.get("mae_estimate_error").getDouble(1))
        .isCloseTo(mae - estimate.getDouble(1), within(1e-12));
    boolean held = estimate.getDouble(5) <= mae && mae <= estimate.getDouble(6);
    assertThat(found.get("mae_estimate_held").getDouble(1)).isEqualTo(held ? 1 : 0);
    assertThat(found).containsKeys("rmse_estimate_held", "bias_estimate_error");
    assertThat(shown(SILENT, "")).doesNotContainKey("mae_estimate_error");
  }

  @Test
  void expectsOfASegmentWhatItsOwnReferenceSays() {
    double expected =
        estimate(
            reference().stream().filter(of -> of.shop.equals("b")).toList(),
            day(4).stream().filter(of -> of.shop.equals("b")).toList(),
            of -> Math.abs(of.error()));
    assertThat(
            shown(4, "", "slice = '[shop]' AND segment = 'shop=b'")
                .get("mae_estimated")
                .getDouble(1))
        .isCloseTo(expected, within(1e-12));
  }

  /** By the definition, value by value of the feature: with shares w and r, means p and q. */
  private static double[] split(int day, ToDoubleFunction<Case> value) {
    List<Case> window = day(day).stream().filter(Case::labelled).toList();
    List<Case> reference = reference();
    double[] parts = new double[2];
    for (int x = 0; x < 4; x++) {
      int of = x;
      List<Case> now = window.stream().filter(one -> one.x == of).toList();
      List<Case> then = reference.stream().filter(one -> one.x == of).toList();
      double w = (double) now.size() / window.size();
      double r = (double) then.size() / reference.size();
      parts[0] += (w - r) * (mean(now, value) + mean(then, value)) / 2;
      parts[1] += (mean(now, value) - mean(then, value)) * (w + r) / 2;
    }
    return parts;
  }

  /** Numbers are rounded to 2 to the power of -12, of which a change is not further off. */
  @Test
  void tellsByFeatureWhatInputsAndWhatTheRelationDoToLabelsAndErrors() {
    Map<String, Row> found = shown(CHANGED, "x");
    double[] labels = split(CHANGED, Case::y);
    double[] sizes = split(CHANGED, of -> Math.abs(of.error()));
    Map<String, Double> expected =
        Map.of(
            "label_mean_change_by_inputs", labels[0],
            "label_mean_change_by_relation", labels[1],
            "mae_change_by_inputs", sizes[0],
            "mae_change_by_relation", sizes[1]);
    expected.forEach(
        (metric, value) -> {
          assertThat(found.get(metric).getDouble(1)).isCloseTo(value, within(0x1p-12));
          assertThat(found.get(metric).getDouble(2)).isPositive();
        });
    ToDoubleFunction<Case> size = of -> Math.abs(of.error());
    double now = mean(day(CHANGED).stream().filter(of -> of.labelled && of.x == 3).toList(), size);
    double then = mean(reference().stream().filter(of -> of.x == 3).toList(), size);
    assertThat(found.get("mae_change_largest").getDouble(1)).isCloseTo(now - then, within(0x1p-12));
    assertThat(found.get("mae_change_largest").getString(3)).contains("of 4 compared");
    assertThat(found).containsKey("label_mean_change_largest");
  }
}
