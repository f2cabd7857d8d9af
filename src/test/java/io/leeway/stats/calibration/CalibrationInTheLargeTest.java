package io.leeway.stats.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Signed numbers over all rows, exact for any bins: in the large, O/E and Spiegelhalter's z. */
class CalibrationInTheLargeTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static ReliabilityTable single(double score, long n, long positives) {
    return ReliabilityTable.of(List.of(ReliabilityBin.ofScore(score, n, positives)));
  }

  // NumPy 2.4.6 and SciPy 1.17.1: d = 1.15/12, SE sqrt(Σp(1-p))/12, p 2 norm.sf(d/SE).
  @Test
  void twelveRowsInTheLarge() {
    for (ReliabilityTable table :
        List.of(ScoredRows.twelve().byScore(), ScoredRows.twelve().between(0.4))) {
      CalibrationInTheLarge d = CalibrationInTheLarge.of(table, NONE).orElseThrow();
      assertThat(d.value()).isCloseTo(0.09583333333333334, within(1e-14));
      assertThat(d.standardErrorIfRight()).isCloseTo(0.11703809920990116, within(1e-14));
      assertThat(d.pChange()).isCloseTo(0.4128881581915852, within(1e-12));
      double share = 7.5 / 13;
      assertThat(d.standardError()).isCloseTo(Math.sqrt(share * (1 - share) / 12), within(1e-14));
      assertThat(d.interval().contains(0)).isTrue();
    }
  }

  @Test
  void noPositiveIsNotCertainty() {
    CalibrationInTheLarge d = CalibrationInTheLarge.of(single(0.05, 100, 0), NONE).orElseThrow();
    assertThat(d.value()).isCloseTo(-0.05, within(1e-14));
    assertThat(d.standardError()).isPositive();
    CalibrationInTheLarge wrong = CalibrationInTheLarge.of(single(0, 100, 1), NONE).orElseThrow();
    assertThat(wrong.pChange()).isZero();
    CalibrationInTheLarge sure = CalibrationInTheLarge.of(single(1, 100, 100), NONE).orElseThrow();
    assertThat(sure.pChange()).isEqualTo(1);
  }

  // 2 000 windows of 300 rows with right scores: 5 % with 4 Monte Carlo errors of .49 %.
  @Test
  void theTestHoldsItsLevel() {
    SplittableRandom random = new SplittableRandom(12);
    int rejected = 0;
    for (int draw = 0; draw < 2_000; draw++) {
      ReliabilityTable table = ScoredRows.drawn(random, 300, 2, 1).inTenths();
      rejected += CalibrationInTheLarge.of(table, NONE).orElseThrow().pChange() <= 0.05 ? 1 : 0;
    }
    assertThat(rejected / 2_000.0).isCloseTo(0.05, within(0.02));
  }

  // Reference vector: 7 positives where 5.85 were promised, 1.196581: observed over expected.
  @Test
  void observedOverExpectedIsAboveOneWhereScoresAreTooLow() {
    ObservedExpected of = ObservedExpected.of(ScoredRows.twelve().byScore(), NONE).orElseThrow();
    assertThat(of.ratio()).isCloseTo(1.196581, within(5e-7));
    assertThat(of.interval().contains(1)).isTrue();
    // Wilson's 8 of 10 is [.4902, .9433] (statsmodels 0.15), here over a mean score of .5.
    ObservedExpected eight = ObservedExpected.of(single(0.5, 10, 8), NONE).orElseThrow();
    assertThat(eight.interval().low()).isCloseTo(2 * 0.4902, within(1e-4));
    assertThat(eight.interval().high()).isCloseTo(2 * 0.9433, within(1e-4));
  }

  @Test
  void observedOverExpectedKnowsItsEdges() {
    ObservedExpected none = ObservedExpected.of(single(0.1, 20, 0), NONE).orElseThrow();
    assertThat(none.ratio()).isZero();
    // Wilson's 0 of 20 ends at .1611 (statsmodels 0.15).
    assertThat(none.interval().high()).isCloseTo(1.611, within(5e-4));
    assertThat(ObservedExpected.of(single(0, 20, 3), NONE).reason())
        .contains("All scores are 0: no positive is expected.");
    assertThat(ObservedExpected.of(ReliabilityTable.of(List.of()), NONE).isDefined()).isFalse();
  }

  // Golden vector: .007769 (statsmodels 0.15).
  @Test
  void spiegelhaltersTestOfTwelveRows() {
    SpiegelhalterTest of = SpiegelhalterTest.of(ScoredRows.twelve().byScore(), NONE).orElseThrow();
    assertThat(of.z()).isCloseTo(0.007769, within(5e-7));
    assertThat(of.pChange()).isCloseTo(0.9938, within(5e-5));
    assertThat(SpiegelhalterTest.of(ScoredRows.twelve().between(0.4), NONE).reason())
        .contains("A bin holds more than one score.");
    assertThat(SpiegelhalterTest.of(single(0.5, 20, 3), NONE).reason())
        .contains("No score is other than 0, 1/2 and 1.");
  }
}
