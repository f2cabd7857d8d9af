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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of three classes and their labels to published numbers, held against counting. */
class MulticlassOutcomeTest {
  private static final int PER_DAY = 240;
  private static final int REFERENCE_DAYS = 3;
  private static final int DAYS = 5;

  /** Highest scores, in bins of their own; decisions are right as often as they say. */
  private static final double[] TOP = {0.45, 0.6125, 0.78, 0.93};

  private record Case(int day, double top, boolean labelled, boolean right) {}

  @TempDir private static Path folder;
  private static LabelledTables tables;
  private static final List<Case> CASES = new ArrayList<>();

  @BeforeAll
  static void monitored() {
    tables = new LabelledTables(folder);
    Random random = new Random(3);
    List<Row> predictions = new ArrayList<>();
    List<Row> labels = new ArrayList<>();
    String[] classes = {"a", "b", "c"};
    for (int day = 1; day <= DAYS; day++) {
      double power = day <= REFERENCE_DAYS ? 1 : 0.5;
      for (int i = 0; i < PER_DAY; i++) {
        double top = TOP[(int) (4 * Math.pow(random.nextDouble(), power))];
        boolean labelled = random.nextDouble() < 0.7;
        boolean right = random.nextDouble() < top;
        CASES.add(new Case(day, top, labelled, right));
        int decided = random.nextInt(3);
        double[] scores = new double[3];
        scores[decided] = top;
        scores[(decided + 1) % 3] = (1 - top) * 0.7;
        scores[(decided + 2) % 3] = (1 - top) * 0.3;
        String id = day + "-" + i;
        predictions.add(
            RowFactory.create(
                id,
                Timestamp.from(at(day, i % 24)),
                "v1",
                scores[0],
                scores[1],
                scores[2],
                classes[decided],
                random.nextGaussian()));
        if (labelled) {
          String y = classes[right ? decided : (decided + 1) % 3];
          labels.add(RowFactory.create(id, y, Timestamp.from(at(day + 1, i % 24))));
        }
      }
    }
    tables.write(
        predictions,
        StructType.fromDDL(
            "id STRING, at TIMESTAMP, version STRING, pa DOUBLE, pb DOUBLE, pc DOUBLE, h STRING, x DOUBLE"),
        "predictions",
        "append");
    tables.write(
        labels, StructType.fromDDL("id STRING, y STRING, seen TIMESTAMP"), "labels", "append");
    tables.run(
        "results",
        tables.model(
            REFERENCE_DAYS,
            "results",
            "task = multiclass",
            "predictions { score = null, scores { a = pa, b = pb, c = pc } }",
            "labels { table = labels/, label = y, time = seen, mature-after = 2 days }"),
        LabelledTables.LATER);
  }

  private static List<Case> labelledBefore(double least) {
    return CASES.stream()
        .filter(of -> of.day <= REFERENCE_DAYS && of.labelled && of.top >= least)
        .toList();
  }

  private static double right(List<Case> of) {
    return of.stream().filter(Case::right).count();
  }

  /** By the definition, bin by bin; here none is above the next. */
  @Test
  void expectsDecisionsToBeRightAsOftenAsAtSuchAScoreBefore() {
    List<Case> all = labelledBefore(0);
    List<Case> day = CASES.stream().filter(of -> of.day == 4).toList();
    double expected = 0;
    double before = 0;
    for (double top : TOP) {
      List<Case> like = all.stream().filter(of -> of.top == top).toList();
      double share = (right(like) + right(all) / all.size() / 2) / (like.size() + 0.5);
      assertThat(share).isGreaterThan(before);
      before = share;
      expected += share * day.stream().filter(of -> of.top == top).count() / PER_DAY;
    }
    Map<String, Row> found = new HashMap<>();
    tables
        .shown(
            "results",
            "SELECT metric, value, std_error, reason, flags, n FROM latest_metrics WHERE part = 'outcomes' "
                + "AND slice = '[]' AND comparison = 'baseline' AND granularity = '1 day' "
                + "AND column_name = '' AND class_label IS NULL AND window_start = timestamp'"
                + at(4, 0)
                + "'")
        .forEach(row -> found.put(row.getString(0), row));
    Row estimate = found.get("accuracy_estimated");
    assertThat(estimate.getDouble(1)).isCloseTo(expected, within(1e-12));
    assertThat(estimate.getDouble(2)).isPositive();
    assertThat(estimate.getString(3)).isEqualTo(Cbpe.SENTENCE);
    assertThat(estimate.getList(4)).doesNotContain("EXTRAPOLATED", "PROVISIONAL");
    assertThat(estimate.getLong(5)).isEqualTo(PER_DAY);
    List<Case> labelled = day.stream().filter(Case::labelled).toList();
    assertThat(found.get("accuracy_estimate_error").getDouble(1))
        .isCloseTo(right(labelled) / labelled.size() - expected, within(1e-12));
    assertThat(found).containsKey("accuracy_estimate_held");
  }
}
