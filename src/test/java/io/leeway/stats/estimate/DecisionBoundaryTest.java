package io.leeway.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.DecisionBoundary.Direction;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.Wilson;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionBoundaryTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static DecisionBoundary boundary(ScoreCell... cells) {
    return DecisionBoundary.of(List.of(cells)).orElseThrow();
  }

  private static ScoreCell cell(double low, double high, long negatives, long positives) {
    return new ScoreCell(low, high, negatives + positives, positives);
  }

  @Test
  void aSharpRuleAtABorderIsFoundExactly() {
    DecisionBoundary of =
        boundary(
            cell(0, 0.2, 5, 0), cell(0.2, 0.5, 7, 0), cell(0.5, 0.6, 0, 3), cell(0.6, 1, 0, 4));
    assertThat(of.threshold()).isEqualTo(0.5);
    assertThat(of.errorBound()).isZero();
    assertThat(of.blur()).isZero();
    assertThat(of.band()).isEqualTo(new Interval(0.5, 0.5));
    assertThat(of.direction()).isEqualTo(Direction.RISING);
    assertThat(of.separates()).isTrue();
  }

  @Test
  void aSharpRuleInsideACellIsKnownToTheCell() {
    DecisionBoundary of = boundary(cell(0, 0.4, 5, 0), cell(0.4, 0.6, 2, 3), cell(0.6, 1, 0, 4));
    assertThat(of.where()).isEqualTo(new Interval(0.4, 0.6));
    assertThat(of.errorBound()).isCloseTo(0.1, within(1e-15));
    assertThat(of.misplaced()).isEqualTo(2);
    assertThat(of.fewest()).isZero();
  }

  @Test
  void singleScoresLeaveTheGapBetweenThem() {
    DecisionBoundary of =
        boundary(cell(0.1, 0.1, 1, 0), cell(0.3, 0.3, 1, 0), cell(0.7, 0.7, 0, 1));
    assertThat(of.threshold()).isEqualTo(0.5);
    assertThat(of.errorBound()).isCloseTo(0.2, within(1e-15));
  }

  @Test
  void equallyGoodCutsSpanAnInterval() {
    // Cuts before .4 and before .6 misplace one row each, the one between two.
    DecisionBoundary of =
        boundary(
            cell(0.2, 0.2, 3, 0), cell(0.4, 0.4, 0, 1), cell(0.5, 0.5, 1, 0), cell(0.6, 0.6, 0, 3));
    assertThat(of.misplaced()).isEqualTo(1);
    assertThat(of.where()).isEqualTo(new Interval(0.2, 0.6));
  }

  @Test
  void lowScoresMayBeDecidedPositively() {
    DecisionBoundary of = boundary(cell(0, 0.3, 1, 9), cell(0.3, 0.8, 0, 5), cell(0.8, 1, 6, 1));
    assertThat(of.direction()).isEqualTo(Direction.FALLING);
    assertThat(of.misplaced()).isEqualTo(2);
    assertThat(of.threshold()).isCloseTo(0.9, within(0.1));
  }

  // All rows, all cuts between neighbouring scores, both directions; cells only hide where rows
  // are.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void theBestCutOfTheRowsLiesWhereItIsSaidToBe(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 60;
    double[] scores = new double[rows];
    boolean[] positive = new boolean[rows];
    boolean falling = seed % 3 == 0;
    for (int i = 0; i < rows; i++) {
      scores[i] = random.nextDouble();
      positive[i] = (scores[i] + 0.1 * random.nextGaussian() > 0.6) != falling;
    }
    long fewest = rows;
    List<Double> cuts = new ArrayList<>();
    TreeSet<Double> distinct = new TreeSet<>();
    for (double score : scores) {
      distinct.add(score);
    }
    distinct.remove(distinct.first());
    for (double cut : distinct) {
      long wrong = 0;
      for (int i = 0; i < rows; i++) {
        wrong += positive[i] != (scores[i] >= cut != falling) ? 1 : 0;
      }
      if (wrong < fewest) {
        fewest = wrong;
        cuts.clear();
      }
      if (wrong == fewest) {
        cuts.add(cut);
      }
    }
    List<ScoreCell> cells = new ArrayList<>();
    for (int c = 0; c < 15; c++) {
      double low = c / 15.0;
      double high = (c + 1) / 15.0;
      long n = 0;
      long x = 0;
      for (int i = 0; i < rows; i++) {
        boolean inside = scores[i] >= low && scores[i] < high;
        n += inside ? 1 : 0;
        x += inside && positive[i] ? 1 : 0;
      }
      cells.add(new ScoreCell(low, high, n, x));
    }
    DecisionBoundary of = DecisionBoundary.of(cells).orElseThrow();
    assertThat(of.direction()).isEqualTo(falling ? Direction.FALLING : Direction.RISING);
    assertThat(fewest).isBetween(of.fewest(), of.misplaced());
    // A cut at a row counts from the row before it on; both ends of that gap are the same cut.
    for (double cut : cuts) {
      double before = distinct.lower(cut) == null ? 0 : distinct.lower(cut);
      assertThat(of.where().low()).isLessThanOrEqualTo(cut);
      assertThat(of.where().high()).isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  void theBandIsWhereTheMonotoneShareRises() {
    // Shares 0, .05, .5, .4, .95, 1; pooled .45 in the middle.
    DecisionBoundary of =
        boundary(
            cell(0, 1, 100, 0),
            cell(1, 2, 95, 5),
            cell(2, 3, 50, 50),
            cell(3, 4, 60, 40),
            cell(4, 5, 5, 95),
            cell(5, 6, 0, 100));
    assertThat(of.band()).isEqualTo(new Interval(2, 4));
  }

  @Test
  void theBandMayReachTheEnds() {
    assertThat(boundary(cell(0, 1, 2, 1), cell(1, 2, 1, 2)).band()).isEqualTo(new Interval(0, 2));
  }

  @Test
  void blurHasWilsonsInterval() {
    DecisionBoundary of = boundary(cell(0, 1, 90, 10), cell(1, 2, 20, 80));
    assertThat(of.blur()).isEqualTo(0.15);
    assertThat(of.blurInterval(Overdispersion.given(3)))
        .isEqualTo(Wilson.interval(30, 200, Overdispersion.given(3)).orElseThrow());
  }

  @Test
  void decisionsThatIgnoreTheScoreDoNotSeparate() {
    assertThat(boundary(cell(0, 1, 50, 50), cell(1, 2, 50, 50)).separates()).isFalse();
  }

  @Test
  void changeAddsBoundsAndComparesBlur() {
    DecisionBoundary before = boundary(cell(0, 0.4, 90, 10), cell(0.4, 1, 0, 100));
    DecisionBoundary after = boundary(cell(0, 0.6, 80, 20), cell(0.6, 1, 0, 100));
    DecisionBoundary.Change change = after.change(before, NONE).orElseThrow();
    // Before: a cut in [0, .4] might misplace none; after in [0, .6].
    assertThat(change.threshold()).isCloseTo(0.3 - 0.2, within(1e-15));
    assertThat(change.errorBound()).isCloseTo(0.3 + 0.2, within(1e-15));
    assertThat(change.blur()).isCloseTo(0.05, within(1e-15));
    assertThat(change.blurInterval())
        .isEqualTo(Newcombe.difference(20, 200, 10, 200, NONE).orElseThrow());
  }

  @Test
  void aTurnedDirectionIsNotADifference() {
    DecisionBoundary rising = boundary(cell(0, 1, 9, 0), cell(1, 2, 0, 9));
    DecisionBoundary falling = boundary(cell(0, 1, 0, 9), cell(1, 2, 9, 0));
    assertThat(falling.change(rising, NONE).reason())
        .contains("Low scores are decided positively; in the reference high ones are.");
  }

  @Test
  void isUndefinedWithoutScoresOrWithOneDecision() {
    assertThat(reason()).contains("No row has a score and a decision.");
    assertThat(reason(cell(0, 1, 0, 0))).contains("No row has a score and a decision.");
    assertThat(reason(cell(0, 1, 5, 0), cell(1, 2, 3, 0)))
        .contains("All rows have the same decision.");
    assertThat(reason(cell(0, 1, 0, 5))).contains("All rows have the same decision.");
    assertThat(reason(cell(0, 1, 2, 5))).contains("one cell");
  }

  private static String reason(ScoreCell... cells) {
    Outcome<DecisionBoundary> of = DecisionBoundary.of(List.of(cells));
    return of.reason().orElse("");
  }

  @Test
  void refusesCellsThatOverlapOrRunBackwards() {
    assertThatThrownBy(() -> boundary(cell(0, 2, 1, 0), cell(1, 3, 0, 1)))
        .hasMessageContaining("must ascend");
    assertThatThrownBy(() -> cell(1, 0, 1, 1)).hasMessageContaining("[1.0, 0.0]");
    assertThatThrownBy(() -> new ScoreCell(0, 1, 2, 3)).hasMessageContaining("3 positive");
  }
}
