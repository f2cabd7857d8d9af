package io.leeway.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.BinDetail;
import io.leeway.profile.Categories;
import io.leeway.profile.JointGrid;
import io.leeway.profile.JointGrid.Keeps;
import io.leeway.profile.JointProfile;
import io.leeway.profile.JointRows;
import io.leeway.profile.JointTally;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.NumericTally;
import io.leeway.profile.PlacedValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of made-up rows whose two inputs are normal with a known correlation. */
class JointMeasuresTest {
  private static final int ROWS = 4000;
  private static final Spreads INDEPENDENT = new Spreads(Map.of(), 1);

  /** Thirty-one edges from −3 to 3: with the ends, 32 coarse bins. */
  private static final NumericGrid BINS = grid(ColumnKind.NUMERIC, -3, 0.2);

  private static final NumericGrid SCORES = grid(ColumnKind.SCORE, 0, 1 / 30.0);

  private static NumericGrid grid(ColumnKind kind, double first, double step) {
    double[] edges = IntStream.range(0, 31).mapToDouble(i -> first + i * step).toArray();
    int[] coarse = IntStream.range(0, 32).toArray();
    double center = kind == ColumnKind.SCORE ? 0.5 : 0;
    return new NumericGrid(kind, edges, new double[0], coarse, center, 40, 40, 64);
  }

  /** Rows of x, y and a score that follows from them; the score may be off by a constant. */
  private static Map<Keeps, JointProfile> rows(int seed, double correlation, double off) {
    return rows(seed, correlation, off, 0, List.of());
  }

  private static Map<Keeps, JointProfile> rows(
      int seed,
      double correlation,
      double off,
      double missingShare,
      List<JointGrid.Categorical> categorical) {
    Random random = new Random(seed);
    double[] x = new double[ROWS];
    double[] y = new double[ROWS];
    double[] score = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i] = random.nextGaussian();
      y[i] = correlation * x[i] + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
      boolean missing = i < missingShare * ROWS;
      score[i] = 1 / (1 + Math.exp(-(x[i] + y[i]) / 2)) * 0.9 + off;
      x[i] = missing ? Double.NaN : x[i];
    }
    return Arrays.stream(Keeps.values())
        .collect(
            Collectors.toMap(keeps -> keeps, keeps -> profile(keeps, x, y, score, categorical)));
  }

  private static JointProfile profile(
      Keeps keeps,
      double[] x,
      double[] y,
      double[] score,
      List<JointGrid.Categorical> categorical) {
    JointGrid grid =
        new JointGrid(
            keeps,
            List.of(new JointGrid.Numeric("x", BINS), new JointGrid.Numeric("y", BINS)),
            categorical,
            Optional.of(new JointGrid.Numeric("score", SCORES)));
    JointRows block = new JointRows(grid);
    PlacedValues placed = new PlacedValues();
    boolean[] missing = new boolean[ROWS];
    int[] positive = new int[ROWS];
    placed.turnTo(BINS, x, missing, positive, 0, ROWS);
    block.noteNumbers(0, placed);
    placed.turnTo(BINS, y, missing, positive, 0, ROWS);
    block.noteNumbers(1, placed);
    placed.turnTo(SCORES, score, missing, positive, 0, ROWS);
    block.noteOutput(placed);
    for (int column = 0; column < categorical.size(); column++) {
      block.noteTexts(column, new int[ROWS], code -> "car", 0, ROWS);
    }
    JointTally tally = grid.tally();
    tally.add(block, IntStream.range(0, ROWS).toArray(), 0, ROWS);
    return tally.profile();
  }

  private static Map<String, Measure> drift(
      Map<Keeps, JointProfile> reference, Map<Keeps, JointProfile> window, boolean sameVersion) {
    return JointMeasures.of(
            reference.get(Keeps.MOMENTS),
            window.get(Keeps.MOMENTS),
            Comparison.BASELINE,
            sameVersion,
            INDEPENDENT)
        .stream()
        .collect(Collectors.toMap(Measure::metric, measure -> measure));
  }

  /** Normal scores of 32 bins keep a correlation of 0.7 to within a few hundredths. */
  @Test
  void changeOfCorrelationShowsThoughNoColumnHasMoved() {
    Map<String, Measure> found = drift(rows(1, 0.7, 0), rows(2, 0, 0), true);
    Measure drift = found.get(JointMeasures.DRIFT);

    assertThat(drift.value()).isCloseTo(0.7, within(0.06));
    assertThat(drift.ciLow()).isGreaterThan(0.5);
    assertThat(drift.expected()).isLessThan(0.05);
    assertThat(drift.reason()).contains("x with y 0.");
    assertThat(found.get("multivariate_drift_pvalue").value()).isLessThan(1e-6);
  }

  @Test
  void sameCorrelationIsWithinItsNoise() {
    Map<String, Measure> found = drift(rows(3, 0.4, 0), rows(4, 0.4, 0), true);

    assertThat(found.get(JointMeasures.DRIFT).value()).isLessThan(0.06);
    assertThat(found.get("multivariate_drift_pvalue").value()).isGreaterThan(1e-3);
    assertThat(found.get("score_change_unexplained").flags())
        .doesNotContain(JointMeasures.SERVING_FAULT);
  }

  /** The same inputs get a score that is 0.05 higher: nothing but the serving can be the cause. */
  @Test
  void scoreThatMovesWithoutItsInputsIsAServingFaultOfOneVersionAlone() {
    Map<String, Measure> same = drift(rows(5, 0.4, 0), rows(6, 0.4, 0.05), true);
    Map<String, Measure> other = drift(rows(5, 0.4, 0), rows(6, 0.4, 0.05), false);

    assertThat(same.get("score_change_unexplained").value()).isCloseTo(0.05, within(0.01));
    assertThat(same.get("score_change_unexplained").flags()).contains(JointMeasures.SERVING_FAULT);
    assertThat(other.get("score_change_unexplained").flags())
        .doesNotContain(JointMeasures.SERVING_FAULT);
  }

  /** A mix of categories that is not among the numbers, or a burst of nulls, moves scores, too. */
  @Test
  void noFaultIsClaimedWhereSomethingElseMayBeTheCause() {
    List<JointGrid.Categorical> purpose =
        List.of(new JointGrid.Categorical("purpose", new Categories(List.of("car"), 9)));
    Measure mixed =
        drift(rows(5, 0.4, 0, 0, purpose), rows(6, 0.4, 0.05, 0, purpose), true)
            .get("score_change_unexplained");
    Measure burst =
        drift(rows(5, 0.4, 0), rows(6, 0.4, 0.05, 0.02, List.of()), true)
            .get("score_change_unexplained");

    assertThat(mixed.flags()).doesNotContain(JointMeasures.SERVING_FAULT);
    assertThat(mixed.reason()).contains("may be the cause: purpose");
    assertThat(burst.flags()).doesNotContain(JointMeasures.SERVING_FAULT);
    assertThat(burst.reason()).contains("x is missing in another share");
  }

  /** Of a score that is off by a constant, no feature explains anything, and each says the rest. */
  @Test
  void eachFeatureSplitsTheChangeOfTheScore() {
    Map<String, List<Measure>> byFeature =
        ScoreByFeature.of(
            rows(5, 0.4, 0).get(Keeps.GROUPS),
            rows(6, 0.4, 0.05).get(Keeps.GROUPS),
            Comparison.BASELINE,
            INDEPENDENT);

    assertThat(byFeature).containsOnlyKeys("x", "y");
    byFeature.forEach(
        (feature, measures) -> {
          assertThat(measures.get(0).metric()).isEqualTo("score_change_explained");
          assertThat(measures.get(0).value()).isCloseTo(0, within(0.02));
          assertThat(measures.get(1).value()).isCloseTo(0.05, within(0.02));
        });
  }

  /** Decisions are made at 0.6 in the reference and at 0.4 in the window. */
  @Test
  void movedThresholdShows() {
    NumericProfile reference = decided(0.6);
    NumericProfile window = decided(0.4);
    Map<String, Measure> found =
        NumericDrift.of(reference, window, Comparison.BASELINE, INDEPENDENT).stream()
            .collect(Collectors.toMap(Measure::metric, measure -> measure));
    Measure change = found.get("decision_threshold_change");

    assertThat(change.value()).isCloseTo(-0.2, within(change.errorBound() + 1e-9));
    assertThat(change.errorBound()).isLessThan(0.1);
  }

  private static NumericProfile decided(double threshold) {
    NumericTally tally = new NumericTally(SCORES, BinDetail.COARSE);
    for (int i = 0; i < 1000; i++) {
      double score = i / 1000.0;
      tally.add(score, score >= threshold ? 1 : 0);
    }
    return tally.profile();
  }
}
