package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.leeway.profile.RatioGrid.Scale;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RatioProfileTest extends MergeLawTest<RatioProfile> {
  /** Amounts of some hundreds, and counts of some units. */
  private static final RatioGrid GRID =
      new RatioGrid("a.numerator", new Scale(250, 40, 34), "a.denominator", new Scale(2, 44, 40));

  /** Per row two numbers; some are missing, some no numbers. */
  private static double[][] rows(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      double y = random.nextInt(5);
      double x = y * 100 + 40 * random.nextGaussian();
      rows[i] =
          random.nextInt(20) == 0
              ? null
              : new double[] {random.nextInt(30) == 0 ? Double.NaN : x, y};
    }
    return rows;
  }

  private static RatioProfile count(RatioGrid grid, double[][] rows, int[] which) {
    RatioTally tally = grid.tally();
    for (int row : which) {
      if (rows[row] == null) {
        tally.addNull();
      } else {
        tally.add(rows[row][0], rows[row][1]);
      }
    }
    return tally.profile();
  }

  private static int[] all(double[][] rows) {
    return IntStream.range(0, rows.length).toArray();
  }

  @Override
  Stream<Rows<RatioProfile>> rows() {
    double[][] ordinary = rows(1, 500);
    double[][] far = rows(2, 300);
    far[17] = new double[] {1e300, 1};
    return Stream.of(ordinary, far)
        .map(
            rows ->
                new Rows<>(
                    "with " + rows.length + " rows",
                    rows.length,
                    rows.length,
                    which -> count(GRID, rows, which),
                    UnaryOperator.identity(),
                    GRID::rebuild));
  }

  /** Against residuals row by row, in decimals of 40 digits. */
  @Test
  void theRatioIsThatOfTheRowsWithBothNumbers() {
    double[][] rows = rows(3, 2_000);
    MathContext digits = new MathContext(40);
    BigDecimal x = BigDecimal.ZERO;
    BigDecimal y = BigDecimal.ZERO;
    int n = 0;
    for (double[] row : rows) {
      if (row != null && !Double.isNaN(row[0])) {
        x = x.add(new BigDecimal(row[0]));
        y = y.add(new BigDecimal(row[1]));
        n++;
      }
    }
    BigDecimal rho = x.divide(y, digits);
    BigDecimal squares = BigDecimal.ZERO;
    for (double[] row : rows) {
      if (row != null && !Double.isNaN(row[0])) {
        BigDecimal e =
            new BigDecimal(row[0]).subtract(rho.multiply(new BigDecimal(row[1])), digits);
        squares = squares.add(e.multiply(e, digits));
      }
    }
    double se = Math.sqrt(squares.doubleValue() / (n - 1) / n) / (y.doubleValue() / n);

    RatioProfile profile = count(GRID, rows, all(rows));
    MeanInterval ratio = profile.ratio().ratio(Overdispersion.NONE).orElseThrow();

    assertThat(profile.n()).isEqualTo(n).isLessThan(profile.rows());
    assertThat(profile.rows()).isEqualTo(2_000);
    assertThat(ratio.mean()).isCloseTo(rho.doubleValue(), within(profile.ratioBound()));
    assertThat(profile.ratioBound()).isLessThan(1e-9);
    assertThat(ratio.standardError()).isCloseTo(se, within(1e-9 * se));
  }

  /** Units of 1/8: each number can be a sixteenth off, and all of them in one direction. */
  @Test
  void aCoarseScaleIsWithinItsBound() {
    Scale coarse = new Scale(0, 3, 3);
    RatioGrid grid = new RatioGrid("x", coarse, "y", coarse);
    double[][] rows = new double[100][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {10 + 0.0624, 3 - 0.0624};
    }
    RatioProfile profile = count(grid, rows, all(rows));
    double truth = 10.0624 / 2.9376;
    double found = profile.numerator() / profile.denominator();
    assertThat(Math.abs(found - truth))
        .isGreaterThan(0.5 * profile.ratioBound())
        .isLessThan(profile.ratioBound());
  }

  @Test
  void aNumberTooLargeLeavesTheRatioUndefined() {
    double[][] rows = {{1, 1}, {2, 1}, {1e300, 1}};
    RatioProfile profile = count(GRID, rows, all(rows));
    assertThat(profile.n()).isEqualTo(3);
    assertThat(profile.numerator()).isEqualTo(3);
    assertThat(profile.ratio().ratio(Overdispersion.NONE).reason().orElseThrow())
        .startsWith("1 of the rows");
  }

  /** The square of a million is beyond 62 bits of 2⁻³⁴; a million of 2⁻⁴⁰ is not. */
  @Test
  void aNumberTooLargeToBeSquaredIsAddedUp() {
    double[][] rows = {{1, 1}, {2, 1}, {1e6, 2}};
    RatioProfile profile = count(GRID, rows, all(rows));
    assertThat(profile.overflows()).isZero();
    assertThat(profile.squaresKnown()).isFalse();
    assertThat(profile.numerator()).isEqualTo(1_000_003);
    assertThat(profile.denominator()).isEqualTo(4);
    RatioProfile again = GRID.rebuild(profile.stored());
    assertThat(again).isEqualTo(profile);
    assertThat(again.merge(count(GRID, rows, new int[] {0})).squaresKnown()).isFalse();
  }

  /** Mean .5 of 100 numbers ±1 and 50 more: s² = (150 − 50²/150)/149. */
  @Test
  void theDenominatorIsSoManyOfItsErrorsFromZero() {
    double[][] rows = new double[150][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {1, i < 100 && i % 2 == 0 ? -1 : 1};
    }
    double error = Math.sqrt((150 - 50.0 * 50 / 150) / 149 / 150);
    assertThat(count(GRID, rows, all(rows)).denominatorErrors())
        .isCloseTo((50.0 / 150) / error, within(1e-9));
    assertThat(count(GRID, new double[][] {{1, 2}, {2, 2}}, new int[] {0, 1}).denominatorErrors())
        .isInfinite();
  }

  @Test
  void noRowsAndNoDenominatorAreUndefined() {
    assertThat(GRID.tally().profile().ratio().ratio(Overdispersion.NONE).isDefined()).isFalse();
    RatioProfile zeros = count(GRID, new double[][] {{1, 0}, {2, 0}}, new int[] {0, 1});
    assertThat(zeros.ratio().ratio(Overdispersion.NONE).reason())
        .contains("The denominator of the ratio is 0.");
    assertThat(zeros.ratioBound()).isInfinite();
  }

  @Test
  void otherScalesDoNotAddUp() {
    RatioGrid other = new RatioGrid("a.numerator", GRID.x(), "a.denominator", GRID.x());
    RatioProfile one = GRID.tally().profile();
    RatioProfile two = other.tally().profile();
    assertThatIllegalArgumentException().isThrownBy(() -> one.merge(two));
    assertThat(one.mergeOnCommon(two).isDefined()).isFalse();
    assertThat(one.mergeOnCommon(one).isDefined()).isTrue();
  }
}
