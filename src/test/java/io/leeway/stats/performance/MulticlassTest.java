package io.leeway.stats.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class MulticlassTest {
  /** Three classes and a fourth that never occurs; true × predicted. */
  private static final double[] MATRIX = {50, 10, 5, 0, 8, 30, 12, 0, 3, 9, 20, 0, 0, 0, 0, 0};

  private static final Multiclass SOME = of(4, MATRIX);

  // scikit-learn's documentation of f1_score: true 0 1 2 0 1 2, predicted 0 2 1 0 0 1 have F1 of
  // [0.8, 0, 0], macro and weighted 0.26...
  @Test
  void documentedExampleOfF1() {
    Multiclass of = of(3, new double[] {2, 0, 0, 1, 0, 1, 0, 2, 0});
    assertThat(of.ofClass(0).f1().orElseThrow().value()).isCloseTo(.8, within(1e-15));
    assertThat(of.ofClass(1).f1().orElseThrow().value()).isZero();
    assertThat(of.ofClass(2).f1().orElseThrow().value()).isZero();
    assertThat(of.macroF1().orElseThrow().value()).isCloseTo(.8 / 3, within(1e-15));
    assertThat(of.weightedF1().orElseThrow().value()).isCloseTo(.8 / 3, within(1e-15));
    assertThat(of.accuracy()).isEqualTo(new Share(2, 6));
  }

  // scikit-learn's documentation of balanced_accuracy_score: 0 1 0 0 1 0 against 0 1 0 0 0 1 is
  // 0.625; the reference notes (1.1): true 0 0, predicted 0 1 is 0.5, class 1 having no support.
  @Test
  void documentedExamplesOfMacroRecall() {
    assertThat(of(2, new double[] {3, 1, 1, 1}).macroRecall().orElseThrow().value())
        .isCloseTo(.625, within(1e-15));
    assertThat(of(2, new double[] {1, 1, 0, 0}).macroRecall().orElseThrow().value())
        .isCloseTo(.5, within(1e-15));
  }

  // Reference notes, 1.1: the macro average of 0.8, 0 and an undefined class is 0.4.
  @Test
  void macroF1LeavesOutClassesThatDoNotOccur() {
    assertThat(of(3, new double[] {2, 0, 0, 1, 0, 0, 0, 0, 0}).macroF1().orElseThrow().value())
        .isCloseTo(.4, within(1e-15));
  }

  @Test
  void aClassAgainstTheRestIsAConfusion() {
    assertThat(SOME.ofClass(1)).isEqualTo(new Confusion(30, 19, 78, 20));
    assertThat(SOME.ofClass(3)).isEqualTo(new Confusion(0, 0, 147, 0));
    assertThat(SOME.ofClass(3).recall().value().isDefined()).isFalse();
    assertThat(SOME.classes()).isEqualTo(4);
    assertThat(SOME.n()).isEqualTo(147);
  }

  /** Correlation of the two rows of indicators: the definition before any algebra (Gorodkin). */
  @Test
  void mccIsTheCorrelationOfIndicators() {
    assertThat(SOME.mcc().orElseThrow().value()).isCloseTo(correlation(MATRIX, 4), within(1e-14));
  }

  @Test
  void ofTwoClassesItIsTheConfusion() {
    Multiclass two = of(2, new double[] {80, 30, 40, 60});
    Confusion confusion = new Confusion(60, 30, 80, 40);
    assertThat(two.ofClass(1)).isEqualTo(confusion);
    assertThat(two.macroRecall().orElseThrow().value())
        .isCloseTo(confusion.balancedAccuracy().orElseThrow().value(), within(1e-15));
    assertThat(two.macroRecall().orElseThrow().standardError())
        .isCloseTo(confusion.balancedAccuracy().orElseThrow().standardError(), within(1e-15));
  }

  @Test
  void standardErrorsAreThoseOfTheDeltaMethod() {
    ToDoubleFunction<double[]> macro = n -> (f1(n, 0) + f1(n, 1) + f1(n, 2)) / 3;
    ToDoubleFunction<double[]> weighted =
        n ->
            (f1(n, 0) * line(n, 0) + f1(n, 1) * line(n, 1) + f1(n, 2) * line(n, 2))
                / (line(n, 0) + line(n, 1) + line(n, 2));
    ToDoubleFunction<double[]> recall =
        n -> (n[0] / line(n, 0) + n[5] / line(n, 1) + n[10] / line(n, 2)) / 3;
    ToDoubleFunction<double[]> mcc = n -> correlation(n, 4);
    assertThat(SOME.macroF1().orElseThrow().value())
        .isCloseTo(macro.applyAsDouble(MATRIX), within(1e-14));
    assertThat(SOME.macroF1().orElseThrow().standardError())
        .isCloseTo(Deltas.standardError(macro, MATRIX), within(1e-9));
    assertThat(SOME.weightedF1().orElseThrow().value())
        .isCloseTo(weighted.applyAsDouble(MATRIX), within(1e-14));
    assertThat(SOME.weightedF1().orElseThrow().standardError())
        .isCloseTo(Deltas.standardError(weighted, MATRIX), within(1e-9));
    assertThat(SOME.macroRecall().orElseThrow().value())
        .isCloseTo(recall.applyAsDouble(MATRIX), within(1e-14));
    assertThat(SOME.macroRecall().orElseThrow().standardError())
        .isCloseTo(Deltas.standardError(recall, MATRIX), within(1e-9));
    assertThat(SOME.mcc().orElseThrow().estimate().orElseThrow().standardError())
        .isCloseTo(Deltas.standardError(mcc, MATRIX), within(1e-9));
  }

  /** 3 000 draws of 600 rows: the Monte Carlo error of the ratio is 1.3 %, allowed are four. */
  @Test
  void standardErrorsAreWhatDrawsVaryBy() {
    SplittableRandom random = new SplittableRandom(31);
    Spread macro = new Spread();
    Spread mcc = new Spread();
    for (int draw = 0; draw < 3_000; draw++) {
      double[] matrix = new double[16];
      for (int row = 0; row < 600; row++) {
        double u = random.nextDouble() * 147;
        int cell = 0;
        while (u >= MATRIX[cell]) {
          u -= MATRIX[cell];
          cell++;
        }
        matrix[cell]++;
      }
      macro.add(of(4, matrix).macroF1().orElseThrow());
      mcc.add(of(4, matrix).mcc().orElseThrow().estimate().orElseThrow());
    }
    assertThat(macro.statedOverSeen()).isCloseTo(1, within(.052));
    assertThat(mcc.statedOverSeen()).isCloseTo(1, within(.052));
  }

  @Test
  void withoutRowsAllIsUndefined() {
    Multiclass none = Multiclass.of(3, List.of());
    assertThat(none.accuracy().value().isDefined()).isFalse();
    assertThat(none.macroF1().isDefined()).isFalse();
    assertThat(none.weightedF1().isDefined()).isFalse();
    assertThat(none.macroRecall().isDefined()).isFalse();
    assertThat(none.mcc().isDefined()).isFalse();
  }

  @Test
  void oneClassAloneHasMccByConvention() {
    Measure mcc = of(3, new double[] {9, 0, 0, 0, 0, 0, 0, 0, 0}).mcc().orElseThrow();
    assertThat(mcc.value()).isZero();
    assertThat(mcc.byConvention()).isTrue();
  }

  @Test
  void topKCountsRanksUpToK() {
    TrueClassRanks ranks = TrueClassRanks.of(50, 30, 0, 20);
    assertThat(ranks.top(1)).isEqualTo(new Share(50, 100));
    assertThat(ranks.top(3)).isEqualTo(new Share(80, 100));
    assertThat(ranks.top(9)).isEqualTo(new Share(100, 100));
    assertThat(TrueClassRanks.of().top(1).value().isDefined()).isFalse();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Multiclass.of(2, List.of(new ClassPair(0, 2, 1))))
        .hasMessageContaining("2 classes");
    assertThatThrownBy(() -> new ClassPair(0, -1, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> TrueClassRanks.of(1, -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> TrueClassRanks.of(1).top(0)).hasMessageContaining("top 0");
  }

  /** Cells without rows are left out. */
  private static Multiclass of(int classes, double[] matrix) {
    List<ClassPair> cells = new ArrayList<>();
    for (int i = 0; i < matrix.length; i++) {
      if (matrix[i] > 0) {
        cells.add(new ClassPair(i / classes, i % classes, (long) matrix[i]));
      }
    }
    return Multiclass.of(classes, cells);
  }

  private static double line(double[] n, int c) {
    return n[4 * c] + n[4 * c + 1] + n[4 * c + 2];
  }

  private static double f1(double[] n, int c) {
    return 2 * n[5 * c] / (line(n, c) + n[c] + n[4 + c] + n[8 + c]);
  }

  private static double correlation(double[] n, int classes) {
    return covariance(n, classes, true, false)
        / Math.sqrt(covariance(n, classes, true, true) * covariance(n, classes, false, false));
  }

  /** Summed over classes: of indicators of the true or the predicted class with each other. */
  private static double covariance(double[] n, int classes, boolean ofTrue, boolean withTrue) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      double rows = 0;
      double one = 0;
      double other = 0;
      double both = 0;
      for (int i = 0; i < n.length; i++) {
        boolean isOne = (ofTrue ? i / classes : i % classes) == k;
        boolean isOther = (withTrue ? i / classes : i % classes) == k;
        rows += n[i];
        one += isOne ? n[i] : 0;
        other += isOther ? n[i] : 0;
        both += isOne && isOther ? n[i] : 0;
      }
      sum += both / rows - one / rows * (other / rows);
    }
    return sum;
  }
}
