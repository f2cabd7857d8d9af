package io.leeway.stats.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocAucTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  // Statistics page, B9, and reference notes, 1.2: the code of Sun and Xu gives .88 and .0118.
  @Test
  void goldenRowsHaveTheValueAndVarianceOfSunAndXu() {
    RocAuc auc = RocAuc.of(LabelledScores.golden().table()).orElseThrow();
    assertThat(auc.value()).isCloseTo(.88, within(1e-15));
    assertThat(auc.variance().orElseThrow()).isCloseTo(.0118, within(1e-15));
    assertThat(auc.errorBound()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void isTheShareOfPairsAndItsVarianceThatOfTheirMeans(long seed) {
    LabelledScores rows = LabelledScores.random(new SplittableRandom(seed), 40, 6);
    RocAuc auc = RocAuc.of(rows.table()).orElseThrow();
    assertThat(auc.value()).isCloseTo(pairs(rows), within(1e-14));
    assertThat(auc.variance().orElseThrow()).isCloseTo(deLong(rows), within(1e-14));
  }

  @Test
  void turnedLabelsTurnItAndRescaledScoresDoNot() {
    LabelledScores rows = LabelledScores.random(new SplittableRandom(4), 60, 5);
    RocAuc auc = RocAuc.of(rows.table()).orElseThrow();
    RocAuc turned = RocAuc.of(rows.turned().table()).orElseThrow();
    assertThat(turned.value()).isCloseTo(1 - auc.value(), within(1e-14));
    assertThat(turned.variance().orElseThrow())
        .isCloseTo(auc.variance().orElseThrow(), within(1e-14));
    assertThat(RocAuc.of(rows.rescaled(3, -7).table()).orElseThrow()).isEqualTo(auc);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void noOrderWithinBinsIsBeyondTheBoundAndTwoReachIt(long seed) {
    LabelledScores rows = LabelledScores.random(new SplittableRandom(seed), 5, 2);
    RocAuc binned = RocAuc.of(rows.bins(1)).orElseThrow();
    double[] all =
        rows.orders().stream()
            .mapToDouble(order -> RocAuc.of(order.table()).orElseThrow().value())
            .sorted()
            .toArray();
    assertThat(all[0]).isCloseTo(binned.value() - binned.errorBound(), within(1e-14));
    assertThat(all[all.length - 1]).isCloseTo(binned.value() + binned.errorBound(), within(1e-14));
  }

  /** MLlib's evaluator gives 1 and 0 here (reference notes, 1.2). */
  @Test
  void isUndefinedWithOneClassAndSaysWhich() {
    assertThat(RocAuc.of(ScoreTable.of(List.of(new ScoreBin(.2, .2, 7, 0)))).reason())
        .hasValue("All labels are positive.");
    assertThat(RocAuc.of(ScoreTable.of(List.of(new ScoreBin(.2, .2, 0, 7)))).reason())
        .hasValue("All labels are negative.");
    assertThat(RocAuc.of(ScoreTable.of(List.of())).reason())
        .hasValue("No row has a score and a label.");
  }

  @Test
  void aConstantScoreHasOneHalfExactly() {
    RocAuc auc = RocAuc.of(ScoreTable.of(List.of(new ScoreBin(.3, .3, 20, 70)))).orElseThrow();
    assertThat(auc.value()).isEqualTo(.5);
    assertThat(auc.variance().orElseThrow()).isZero();
    assertThat(auc.interval(NONE).orElseThrow())
        .isEqualTo(new LogitInterval(new Interval(.5, .5), false));
  }

  /**
   * An ROC curve that does not start at (0, 0) loses the triangle below its first point where the
   * highest scores are tied. Four levels of 1, 2, 3, 4 positives and 4, 3, 2, 1 negatives: corners
   * (.1, .4), (.3, .7), (.6, .9), (1, 1) by hand, area .02 + .11 + .24 + .38 = .75.
   */
  @Test
  void theCurveStartsAtTheOrigin() {
    ScoreTable table =
        ScoreTable.of(
            List.of(
                new ScoreBin(1, 1, 1, 4),
                new ScoreBin(2, 2, 2, 3),
                new ScoreBin(3, 3, 3, 2),
                new ScoreBin(4, 4, 4, 1)));
    assertThat(RocAuc.of(table).orElseThrow().value()).isCloseTo(.75, within(1e-15));
  }

  @Test
  void perfectAndWorstOrdersHaveALimitByRuleOfThumb() {
    ScoreTable perfect =
        ScoreTable.of(List.of(new ScoreBin(0, 0, 0, 90), new ScoreBin(1, 1, 30, 0)));
    LogitInterval of = RocAuc.of(perfect).orElseThrow().interval(NONE).orElseThrow();
    assertThat(of.heuristic()).isTrue();
    assertThat(of.interval().low()).isCloseTo(Math.pow(.05, 1 / 30.0), within(1e-15));
    assertThat(of.interval().high()).isEqualTo(1);
    ScoreTable worst = ScoreTable.of(List.of(new ScoreBin(0, 0, 30, 0), new ScoreBin(1, 1, 0, 90)));
    LogitInterval least = RocAuc.of(worst).orElseThrow().interval(NONE).orElseThrow();
    assertThat(least.heuristic()).isTrue();
    assertThat(least.interval().low()).isZero();
    assertThat(least.interval().high()).isCloseTo(1 - Math.pow(.05, 1 / 30.0), within(1e-15));
  }

  @Test
  void theIntervalIsSymmetricInTheLogitAndWidensByTheRootOfPhi() {
    RocAuc auc = RocAuc.of(LabelledScores.golden().table()).orElseThrow();
    Interval narrow = auc.interval(NONE).orElseThrow().interval();
    Interval wide = auc.interval(Overdispersion.given(4)).orElseThrow().interval();
    // logit .88 = ln(22/3); half = 1.959964 sqrt(.0118) / (.88 * .12). By the page's formula.
    double half = 1.959963984540054 * Math.sqrt(.0118) / .1056;
    assertThat(logit(narrow.high()) - Math.log(22 / 3.0)).isCloseTo(half, within(1e-12));
    assertThat(Math.log(22 / 3.0) - logit(narrow.low())).isCloseTo(half, within(1e-12));
    assertThat(logit(wide.high()) - Math.log(22 / 3.0)).isCloseTo(2 * half, within(1e-12));
  }

  @Test
  void oneRowOfAClassGivesAValueWithoutVariance() {
    RocAuc auc =
        RocAuc.of(ScoreTable.of(List.of(new ScoreBin(0, 0, 0, 3), new ScoreBin(1, 1, 1, 1))))
            .orElseThrow();
    assertThat(auc.value()).isEqualTo(3.5 / 4);
    assertThat(auc.variance().reason()).isPresent();
    assertThat(auc.interval(NONE).isDefined()).isFalse();
  }

  /** A fall by a tenth of what is above one half: from .9 to the border .5 + .9 * .4 = .86. */
  @Test
  void aRelativeFallIsAContrastOfEstimates() {
    RocAuc auc = RocAuc.of(LabelledScores.golden().table()).orElseThrow();
    Overdispersion phi = new Overdispersion(4, 3);
    MeanInterval window = auc.estimate().orElseThrow().asMean(auc.rarer(), phi).orElseThrow();
    assertThat(window.standardError()).isCloseTo(2 * Math.sqrt(.0118), within(1e-15));
    assertThat(window.degrees()).isEqualTo(3);
    MeanContrast contrast =
        MeanContrast.of(window, new MeanInterval(.9, .01, 500), .5 * .1, 1 - .1);
    assertThat(contrast.estimate()).isCloseTo(.88 - .86, within(1e-14));
  }

  /** 3 000 draws: the Monte Carlo error of the ratio is 1.3 %, allowed are four. */
  @Test
  void itsStandardErrorIsWhatDrawsVaryBy() {
    SplittableRandom random = new SplittableRandom(7);
    Spread spread = new Spread();
    for (int draw = 0; draw < 3_000; draw++) {
      double[] scores = new double[260];
      boolean[] labels = new boolean[260];
      for (int i = 0; i < scores.length; i++) {
        labels[i] = i < 60;
        // Rounded, so that there are ties.
        scores[i] = Math.round(8 * (random.nextGaussian() + (labels[i] ? 1.2 : 0)));
      }
      spread.add(
          RocAuc.of(new LabelledScores(scores, labels).table())
              .flatMap(RocAuc::estimate)
              .orElseThrow());
    }
    assertThat(spread.statedOverSeen()).isCloseTo(1, within(.052));
  }

  private static double logit(double share) {
    return Math.log(share / (1 - share));
  }

  private static double kernel(double positive, double negative) {
    return positive > negative ? 1 : positive == negative ? .5 : 0;
  }

  private static double pairs(LabelledScores rows) {
    double sum = 0;
    double count = 0;
    for (int i = 0; i < rows.rows(); i++) {
      for (int j = 0; j < rows.rows(); j++) {
        if (rows.label(i) && !rows.label(j)) {
          sum += kernel(rows.score(i), rows.score(j));
          count++;
        }
      }
    }
    return sum / count;
  }

  /** The variance of each row's mean over the rows of the other class, over the rows of its own. */
  private static double deLong(LabelledScores rows) {
    double variance = 0;
    for (boolean own : new boolean[] {true, false}) {
      double count = own ? rows.positives() : rows.rows() - rows.positives();
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < rows.rows(); i++) {
        if (rows.label(i) == own) {
          double mean = 0;
          for (int j = 0; j < rows.rows(); j++) {
            if (rows.label(j) != own) {
              mean +=
                  own ? kernel(rows.score(i), rows.score(j)) : kernel(rows.score(j), rows.score(i));
            }
          }
          mean /= rows.rows() - count;
          sum += mean;
          squares += mean * mean;
        }
      }
      variance += (squares - sum * sum / count) / (count - 1) / count;
    }
    return variance;
  }
}
