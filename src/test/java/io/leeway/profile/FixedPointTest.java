package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against exact decimal and integer arithmetic. */
class FixedPointTest {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(62);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void unitsAreTheNearestMultipleHalfToEvenOrTooLarge(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2000; i++) {
      double number = anyDouble(random, 200);
      int exponent = random.nextInt(-150, 150);
      BigInteger expected =
          new BigDecimal(number)
              .multiply(powerOfTwo(exponent))
              .setScale(0, RoundingMode.HALF_EVEN)
              .toBigInteger();
      long units = FixedPoint.units(number, FixedPoint.factor(exponent));
      if (expected.abs().compareTo(LIMIT) < 0) {
        assertThat(units).isEqualTo(expected.longValueExact());
      } else {
        assertThat(units).isEqualTo(FixedPoint.TOO_LARGE);
      }
    }
  }

  @Test
  void infiniteAndMissingProductsAreTooLarge() {
    assertThat(FixedPoint.units(1e300, 1e300)).isEqualTo(FixedPoint.TOO_LARGE);
    assertThat(FixedPoint.units(-1e300, 1e300)).isEqualTo(FixedPoint.TOO_LARGE);
    assertThat(FixedPoint.units(Double.POSITIVE_INFINITY, 1)).isEqualTo(FixedPoint.TOO_LARGE);
    assertThat(FixedPoint.units(Double.NaN, 1)).isEqualTo(FixedPoint.TOO_LARGE);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void halvesOfProductsAddUpToTheProduct(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2000; i++) {
      long units = random.nextLong(-(1L << 62) + 1, 1L << 62) >> random.nextInt(62);
      long rows = random.nextLong(1, 1L << 33) >> random.nextInt(32);
      BigInteger product = BigInteger.valueOf(units).multiply(BigInteger.valueOf(rows));
      long high = FixedPoint.highOfProduct(units, rows);
      long low = FixedPoint.lowOfProduct(units, rows);
      assertThat(FixedPoint.toInteger(high, low)).isEqualTo(product);
      assertThat(low).isBetween(0L, (1L << 32) - 1);
      assertThat(FixedPoint.highOf(product)).isEqualTo(high);
      assertThat(FixedPoint.lowOf(product)).isEqualTo(low);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void sumsAreExactUnderAnyCarries(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BigInteger expected = BigInteger.ZERO;
    long high = 0;
    long low = 0;
    for (int i = 0; i < 5000; i++) {
      long units = random.nextLong(-(1L << 62) + 1, 1L << 62) >> random.nextInt(62);
      expected = expected.add(BigInteger.valueOf(units));
      high += FixedPoint.high(units);
      low += FixedPoint.low(units);
      if (random.nextInt(100) == 0) {
        high += FixedPoint.carry(low);
        low = FixedPoint.low(low);
      }
    }
    assertThat(FixedPoint.toInteger(high, low)).isEqualTo(expected);
    int exponent = random.nextInt(-50, 50);
    double exact = new BigDecimal(expected).multiply(powerOfTwo(-exponent)).doubleValue();
    assertThat(FixedPoint.toDouble(high, low, exponent))
        .isCloseTo(exact, within(2 * Math.ulp(exact)));
    double mean = exact / 7;
    assertThat(FixedPoint.meanOf(high, low, 7, exponent))
        .isCloseTo(mean, within(4 * Math.ulp(mean)));
  }

  @Test
  void theMeanExistsWhereTheSumIsBeyondAllDoubles() {
    // Eight rows of 2^52 units of 2^970 each: the sum is 2^1025, the mean 2^1022.
    long units = 1L << 52;
    assertThat(FixedPoint.toDouble(FixedPoint.high(units) * 8, 0, -970)).isInfinite();
    assertThat(FixedPoint.meanOf(FixedPoint.high(units) * 8, 0, 8, -970)).isEqualTo(0x1p1022);
  }

  @Test
  void theExponentLeavesTheAskedBitsToTheLargestNumber() {
    for (double size : new double[] {1, 1.5, 0.1, 1e9, 3e-7, 1e200, 1e-200}) {
      double units = size * FixedPoint.factor(FixedPoint.exponentFor(size, 46));
      assertThat(units).isBetween(0x1p45, 0x1p46);
    }
  }

  private static double anyDouble(SplittableRandom random, int range) {
    double mantissa = random.nextBoolean() ? random.nextInt(-64, 64) : random.nextDouble(-1, 1);
    return Math.scalb(mantissa, random.nextInt(-range, range));
  }

  private static BigDecimal powerOfTwo(int exponent) {
    BigDecimal power = new BigDecimal(BigInteger.ONE.shiftLeft(Math.abs(exponent)));
    return exponent >= 0 ? power : BigDecimal.ONE.divide(power);
  }
}
