package io.leeway.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Task;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.profile.BinDetail;
import io.leeway.profile.BundleGrid;
import io.leeway.profile.CategoricalTally;
import io.leeway.profile.Categories;
import io.leeway.profile.Grid;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.NumericTally;
import io.leeway.profile.Profile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import io.leeway.stats.inference.Overdispersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Eight windows, by turns of two kinds. With equal windows at ±d of their middle the factor of a
 * mean is 8 d² n / (7 s²).
 */
class OutcomesBetweenWindowsTest {
  private static final int WINDOWS = 8;
  private static final NumericGrid NUMBERS =
      NumericGrid.withoutReference(ColumnKind.NUMERIC, 10_000);

  private static final OutcomeMembers BINARY =
      new OutcomeMembers(Task.BINARY, List.of("yes", "no"), 0);
  private static final OutcomeMembers REGRESSION =
      new OutcomeMembers(Task.REGRESSION, List.of(), 0);

  @Test
  void errorsVaryByTheirMeans() {
    // Errors 1 and -3 or 3 and -1 in turn, fifty of each: bias -1 and 1, absolute error 2 in all.
    List<Map<String, double[]>> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      double[] errors = w % 2 == 0 ? values(50, 1, 50, -3) : values(50, 3, 50, -1);
      double[] absolute = values(50, 1, 50, 3);
      windows.add(Map.of(OutcomeMembers.ERROR, errors, OutcomeMembers.ABSOLUTE_ERROR, absolute));
    }
    Map<Varying, Outcome<Overdispersion>> of = between(REGRESSION, windows);
    // Squares 5 on average about a mean of 0, divisor 799; d = 1.
    assertThat(phi(of, Varying.BIAS))
        .isCloseTo(8 * 100 / (5 * 800.0 / 799) / 7, within(1e-9))
        .isGreaterThan(20);
    assertThat(phi(of, Varying.MEAN_ABSOLUTE_ERROR)).isEqualTo(1);
    assertThat(of).doesNotContainKeys(Varying.BRIER, Varying.ROC_AUC, Varying.CALIBRATION);
  }

  @Test
  void aBrierScoreOfItsOwnVariesByItsMeans() {
    List<Map<String, double[]>> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      windows.add(
          Map.of(OutcomeMembers.BRIER, w % 2 == 0 ? values(50, 0, 50, 1) : values(20, 0, 80, 1)));
    }
    // Means .5 and .8, d = .15; over all .65, and so the variance .65 * .35.
    assertThat(phi(between(REGRESSION, windows), Varying.BRIER))
        .isCloseTo(8 * 0.15 * 0.15 * 100 / (0.65 * 0.35 * 800.0 / 799) / 7, within(1e-9));
  }

  /** Forty positives at .6 and sixty negatives at .4; in odd windows ten positives lie at .2. */
  @Test
  void scoresVaryByWhatIsMadeOfThem() {
    List<Map<String, double[]>> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      windows.add(scores(w % 2 == 0 ? values(40, .6) : values(30, .6, 10, .2), values(60, .4)));
    }
    Map<Varying, Outcome<Overdispersion>> of = between(BINARY, windows);
    // Squared errors: .16 of a hundred, or .16 of ninety and .64 of ten; means .16 and .208.
    double mean = .184;
    double squares = (.0256 * 760 + .4096 * 40) / 800;
    assertThat(phi(of, Varying.BRIER))
        .isCloseTo(8 * .024 * .024 * 100 / ((squares - mean * mean) * 800 / 799) / 7, within(1e-9))
        .isGreaterThan(3);
    // In the large: (40 - 48)/100 and (40 - 44)/100, SE² Σp(1-p)/100²: 24 or 22.8 of 10 000.
    assertThat(phi(of, Varying.CALIBRATION))
        .isCloseTo(
            byTurns(
                Estimate.exact(-.08, Math.sqrt(.0024)), Estimate.exact(-.04, Math.sqrt(.00228))),
            within(1e-9));
    // Even windows order all pairs rightly, so that there is no logit.
    assertThat(of.get(Varying.ROC_AUC).reason().orElseThrow()).contains("no logit");
    assertThat(of.get(Varying.LOG_LOSS)).isNull();
  }

  /** Ten or twenty of forty positives lie below all sixty negatives: AUC .75 and .5. */
  @Test
  void aucVariesOnTheLogitScale() {
    List<Map<String, double[]>> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      int low = w % 2 == 0 ? 10 : 20;
      windows.add(scores(values(40 - low, .6, low, .2), values(60, .4)));
    }
    Map<Varying, Outcome<Overdispersion>> of = between(BINARY, windows);
    // DeLong: positives at 1 or 0, 40 A (1 - A)/(40 * 39); negatives all at A.
    double[] errors = {Math.sqrt(.75 * .25 / 39), Math.sqrt(.25 / 39)};
    assertThat(phi(of, Varying.ROC_AUC))
        .isCloseTo(
            byTurns(
                Estimate.exact(Math.log(3), errors[0] / (.75 * .25)),
                Estimate.exact(0, errors[1] / .25)),
            within(1e-9))
        .isGreaterThan(2);
    assertThat(of.get(Varying.AVERAGE_PRECISION).isDefined()).isTrue();
  }

  @Test
  void windowsWithFewOfAClassDoNotCount() {
    List<Map<String, double[]>> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      int low = w % 2 == 0 ? 10 : 20;
      windows.add(scores(values(40 - low, .6, low, .2), values(60, .4)));
    }
    double before = phi(between(BINARY, windows), Varying.ROC_AUC);
    windows.add(scores(values(29, .1), values(500, .4)));
    windows.add(scores(values(500, .1), values(29, .4)));
    Map<Varying, Outcome<Overdispersion>> of = between(BINARY, windows);
    assertThat(phi(of, Varying.ROC_AUC)).isEqualTo(before);
    windows.remove(0);
    assertThat(between(BINARY, windows).get(Varying.ROC_AUC).reason().orElseThrow())
        .isEqualTo(
            "The reference has 7 windows with 30 positives and as many negatives; an estimate needs 8.");
  }

  @Test
  void scoresThatAreNoProbabilitiesPromiseNothing() {
    List<Map<String, double[]>> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      windows.add(scores(values(40, 6, 10, 2), values(60, 4)));
    }
    Map<Varying, Outcome<Overdispersion>> of = between(BINARY, windows);
    assertThat(of.get(Varying.CALIBRATION).reason().orElseThrow()).contains("outside [0, 1]");
    assertThat(phi(of, Varying.ROC_AUC)).isEqualTo(1);
  }

  @Test
  void ratesComeFromTheConfusion() {
    Categories pairs = new Categories(BINARY.pairs(), 100);
    BundleGrid grid = new BundleGrid(Map.of(OutcomeMembers.CONFUSION, pairs));
    List<ProfileBundle> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      CategoricalTally tally = new CategoricalTally(pairs);
      tally.add("0>0", w % 2 == 0 ? 20L : 40L);
      tally.add("1>1", w % 2 == 0 ? 80L : 60L);
      windows.add(grid.rebuild(OutcomeMembers.CONFUSION, tally.profile().stored()));
    }
    Map<Varying, Outcome<Overdispersion>> of = between(BINARY, grid, windows);
    // 20 and 40 of 100, p = .3: 8 * 10² / (100 * .21) over 7.
    assertThat(phi(of, Varying.BASE_RATE)).isCloseTo(8 * 100 / 21.0 / 7, within(1e-9));
    assertThat(of.get(Varying.ACCURACY).isDefined()).isFalse();
  }

  private static double byTurns(Estimate even, Estimate odd) {
    List<Estimate> all = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      all.add(w % 2 == 0 ? even : odd);
    }
    return Overdispersion.ofEstimates(all).orElseThrow().phi();
  }

  private static Map<String, double[]> scores(double[] positives, double[] negatives) {
    return Map.of(OutcomeMembers.scoreIf(0), positives, OutcomeMembers.scoreIf(1), negatives);
  }

  /** So many of one value, then so many of the next. */
  private static double[] values(double... timesAndValues) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < timesAndValues.length; i += 2) {
      for (int row = 0; row < timesAndValues[i]; row++) {
        values.add(timesAndValues[i + 1]);
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Map<Varying, Outcome<Overdispersion>> between(
      OutcomeMembers members, List<Map<String, double[]>> windows) {
    Map<String, Grid<?>> grids = new LinkedHashMap<>();
    windows.get(0).keySet().forEach(name -> grids.put(name, NUMBERS));
    BundleGrid grid = new BundleGrid(grids);
    List<ProfileBundle> bundles = new ArrayList<>();
    for (Map<String, double[]> window : windows) {
      bundles.add(
          window.entrySet().stream()
              .map(of -> grid.rebuild(of.getKey(), profile(of.getValue()).stored()))
              .reduce(ProfileBundle::merge)
              .orElseThrow());
    }
    return between(members, grid, bundles);
  }

  private static Map<Varying, Outcome<Overdispersion>> between(
      OutcomeMembers members, BundleGrid grid, List<ProfileBundle> windows) {
    var whole = grid.tally(BinDetail.FINE);
    windows.forEach(whole::addAll);
    ColumnFacts facts =
        new ColumnFacts(
            ColumnRole.OUTCOME,
            Optional.empty(),
            Duration.ofDays(1),
            Optional.of(members),
            LateLabels.NONE,
            metric -> true);
    return BetweenWindows.of(facts, whole.profile(), windows, WINDOWS);
  }

  private static Profile<?> profile(double[] values) {
    NumericTally tally = new NumericTally(NUMBERS, BinDetail.FINE);
    for (double value : values) {
      tally.add(value, 0);
    }
    return tally.profile();
  }

  private static double phi(Map<Varying, Outcome<Overdispersion>> of, Varying varying) {
    return of.get(varying).orElseThrow().phi();
  }
}
