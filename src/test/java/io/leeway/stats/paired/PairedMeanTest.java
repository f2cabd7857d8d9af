package io.leeway.stats.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedMeanTest {
  private static final double EXACT = 1e-12;

  // By hand: mean 2, deviations −1, 0, 1, s² = 2/2 = 1, SE = 1/√3.
  @Test
  void isTheMeanWithTheSpreadOverTheRootOfRows() {
    PairedDifference difference = PairedMean.of(new double[] {1, 2, 3}).orElseThrow();
    assertThat(difference.difference()).isEqualTo(2);
    assertThat(difference.standardError()).isCloseTo(1 / Math.sqrt(3), within(EXACT));
    assertThat(difference.degrees()).isEqualTo(2);
    assertThat(difference.units()).isEqualTo(3);
  }

  // Tables of Student's t: 97.5 % quantile with 2 degrees 4.302653, 95 % 2.919986.
  @Test
  void theIntervalIsStudents() {
    PairedDifference difference = PairedMean.of(new double[] {1, 2, 3}).orElseThrow();
    double root = Math.sqrt(3);
    assertThat(difference.interval(0.95).low()).isCloseTo(2 - 4.302653 / root, within(1e-6));
    assertThat(difference.interval(0.95).high()).isCloseTo(2 + 4.302653 / root, within(1e-6));
    assertThat(difference.interval(0.9).high()).isCloseTo(2 + 2.919986 / root, within(1e-6));
    // The same table from the other side: two t-quantiles above the mean leave 2.5 % and 5 %.
    assertThat(difference.pAbove(2 - 4.302653 / root)).isCloseTo(0.025, within(1e-7));
    assertThat(difference.pBelow(2 + 2.919986 / root)).isCloseTo(0.05, within(1e-7));
  }

  // By hand: mean 3, deviations −2, −1, 1, 2; entity sums −3 and 3; SE² = 2 · 18 / 16 = 9/4.
  @Test
  void rowsOfOneEntityCountAsOne() {
    PairedDifference difference =
        PairedMean.of(new double[] {1, 2, 4, 5}, new int[] {7, 7, -3, -3}).orElseThrow();
    assertThat(difference.difference()).isEqualTo(3);
    assertThat(difference.standardError()).isCloseTo(1.5, within(EXACT));
    assertThat(difference.degrees()).isEqualTo(1);
    assertThat(difference.units()).isEqualTo(2);
  }

  // Each row told twice adds nothing: the noise is that of the rows told once.
  @Test
  void copiesOfRowsAddNoCertaintyWhereTheyAreOneEntity() {
    SplittableRandom random = new SplittableRandom(3);
    double[] once = random.doubles(60).toArray();
    double[] twice = IntStream.range(0, 120).mapToDouble(i -> once[i / 2]).toArray();
    int[] entities = IntStream.range(0, 120).map(i -> i / 2).toArray();
    double alone = PairedMean.of(once).orElseThrow().standardError();
    assertThat(PairedMean.of(twice, entities).orElseThrow().standardError())
        .isCloseTo(alone, within(EXACT));
    assertThat(PairedMean.of(twice).orElseThrow().standardError()).isLessThan(0.75 * alone);
  }

  // The claim of a 95 % interval: 2 000 draws of 40 entities of 5 rows that share half their
  // variance. Binomial noise of the share is √(.95 · .05/2000) = 0.005; without entities it is
  // 0.79.
  @Test
  void theIntervalCoversWithSeed11() {
    SplittableRandom random = new SplittableRandom(11);
    int[] entities = IntStream.range(0, 200).map(i -> i / 5).toArray();
    int covered = 0;
    int naive = 0;
    for (int draw = 0; draw < 2_000; draw++) {
      double[] differences = new double[200];
      double shared = 0;
      for (int i = 0; i < 200; i++) {
        shared = i % 5 == 0 ? random.nextGaussian() : shared;
        differences[i] = shared + random.nextGaussian();
      }
      covered +=
          PairedMean.of(differences, entities).orElseThrow().interval(0.95).contains(0) ? 1 : 0;
      naive += PairedMean.of(differences).orElseThrow().interval(0.95).contains(0) ? 1 : 0;
    }
    assertThat(covered / 2_000.0).isBetween(0.93, 0.97);
    assertThat(naive / 2_000.0).isLessThan(0.85);
  }

  @Test
  void scorersThatAgreeLeaveNoDoubt() {
    PairedDifference difference = PairedMean.of(new double[] {0, 0, 0}).orElseThrow();
    assertThat(difference.standardError()).isZero();
    assertThat(difference.pAbove(0)).isEqualTo(1);
    assertThat(difference.pAbove(-0.1)).isZero();
    assertThat(difference.pBelow(0.1)).isZero();
  }

  @Test
  void isUndefinedWhereNothingVariesIndependently() {
    assertThat(PairedMean.of(new double[] {1}).reason())
        .contains("A mean needs two independent rows for its standard error, but has 1.");
    assertThat(PairedMean.of(new double[] {}).isDefined()).isFalse();
    assertThat(PairedMean.of(new double[] {1, 2}, new int[] {4, 4}).isDefined()).isFalse();
    assertThat(PairedMean.of(new double[] {1, Double.NaN, 2}).reason())
        .contains("A row has no finite difference.");
    assertThatThrownBy(() -> PairedMean.of(new double[] {1, 2}, new int[] {4}))
        .hasMessage("There are 2 rows, but 1 entities.");
  }
}
