package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounding once must not hide what the values hold, however far the reference's values reach. */
class FarValueTest {
  private static final MathContext DIGITS = new MathContext(60);

  /** Mean and deviation with 60 digits, by two passes. */
  private record Exact(BigDecimal mean, BigDecimal deviation) {
    static Exact of(double... rows) {
      BigDecimal n = new BigDecimal(rows.length);
      BigDecimal mean = sum(Arrays.stream(rows).mapToObj(BigDecimal::new)).divide(n, DIGITS);
      BigDecimal squares =
          sum(Arrays.stream(rows).mapToObj(row -> new BigDecimal(row).subtract(mean).pow(2)));
      BigDecimal variance = squares.divide(n.subtract(BigDecimal.ONE), DIGITS);
      return new Exact(mean, variance.sqrt(DIGITS));
    }

    private static BigDecimal sum(Stream<BigDecimal> numbers) {
      return numbers.reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /** Ages with decimals: thousands of distinct ones. */
  private static double[] ages(long seed, int size) {
    return NumericRows.normal(seed, size, 41, 13);
  }

  private static NumericGrid grid(double... reference) {
    return NumericRows.grid(ColumnKind.NUMERIC, 512, reference);
  }

  private static double off(double value, BigDecimal truth) {
    return new BigDecimal(value).subtract(truth).abs().doubleValue();
  }

  /** Up to what doubles cost, which is no bound of ours to tell. */
  private static void assertHolds(Moment moment, BigDecimal truth, double size) {
    assertThat(off(moment.value(), truth)).isLessThanOrEqualTo(moment.errorBound() + 1e-11 * size);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(doubles = {999_999_999, -999_999_999, 1e12, 1e100, -1e300, 1.7e308})
  void oneFarValueInTheReferenceLeavesTheOthersTheirDeviation(double sentinel) {
    NumericGrid grid = grid(NumericRows.joined(ages(1, 5000), new double[] {sentinel}));
    double[] rows = ages(2, 3000);
    NumericProfile window = NumericRows.profile(grid, BinDetail.COARSE, rows);
    assertThat(window.isExact()).isFalse();
    Exact exact = Exact.of(rows);
    Moment mean = window.meanWithBound().orElseThrow();
    Moment deviation = window.deviation().orElseThrow();
    assertHolds(mean, exact.mean(), 41);
    assertHolds(deviation, exact.deviation(), 13);
    assertThat(mean.errorBound()).isLessThan(1e-6);
    assertThat(deviation.errorBound()).isLessThan(1e-6);
  }

  @Test
  void whereTheFarValueIsSummedTheMeanIsThatOfAll() {
    double[] rows = NumericRows.joined(ages(1, 5000), new double[] {999_999_999});
    NumericProfile reference = NumericRows.profile(grid(rows), BinDetail.FINE, rows);
    assertHolds(reference.meanWithBound().orElseThrow(), Exact.of(rows).mean(), 200_000);
    assertThat(reference.deviation().reason())
        .hasValueSatisfying(why -> assertThat(why).contains("too far away"));
  }

  /** One in twenty is no exception, so the scale is theirs: what is lost is told. */
  @Test
  void manyFarValuesTakeTheDeviationOfTheOthersAwayInsteadOfMakingItZero() {
    double[] sentinels = new double[300];
    Arrays.fill(sentinels, 999_999_999);
    NumericGrid grid = grid(NumericRows.joined(ages(1, 5000), sentinels));
    double[] rows = ages(2, 3000);
    NumericProfile window = NumericRows.profile(grid, BinDetail.COARSE, rows);
    assertThat(window.deviation().reason())
        .hasValueSatisfying(why -> assertThat(why).contains("close together"));
    Moment mean = window.meanWithBound().orElseThrow();
    assertThat(mean.errorBound()).isPositive();
    assertThat(off(mean.value(), Exact.of(rows).mean())).isLessThanOrEqualTo(mean.errorBound());
  }

  static double[][] shapes() {
    SplittableRandom random = new SplittableRandom(7);
    double[] normal = NumericRows.normal(3, 4000, 0, 1);
    return new double[][] {
      normal,
      NumericRows.normal(3, 4000, 1e9, 100),
      NumericRows.uniform(4, 4000, 0, 1),
      Arrays.stream(normal).map(Math::exp).toArray(),
      Arrays.stream(normal).map(x -> Math.exp(4 * x)).toArray(),
      Arrays.stream(normal).map(x -> random.nextInt(100) == 0 ? x : 0).toArray(),
      NumericRows.joined(normal, new double[] {1e4}),
      NumericRows.joined(normal, new double[] {3e5}),
    };
  }

  /** Windows like the reference, moved, a hundredth as wide, and far off. */
  @ParameterizedTest
  @MethodSource("shapes")
  void boundsHoldTheValuesWhateverTheReference(double[] reference) {
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 4, reference);
    double size = Exact.of(reference).deviation().doubleValue();
    int known = 0;
    for (double factor : new double[] {1, 0.01, 1e-6}) {
      for (double shift : new double[] {0, 1, 50}) {
        double[] rows = Arrays.stream(reference).map(row -> row * factor + shift * size).toArray();
        NumericProfile window = NumericRows.profile(grid, BinDetail.FINE, rows);
        assertThat(window.isExact()).isFalse();
        Exact exact = Exact.of(rows);
        double ofMean = Math.max(exact.mean().abs().doubleValue(), exact.deviation().doubleValue());
        assertHolds(window.meanWithBound().orElseThrow(), exact.mean(), ofMean);
        if (window.deviation().isDefined()) {
          known++;
          Moment deviation = window.deviation().orElseThrow();
          assertHolds(deviation, exact.deviation(), exact.deviation().doubleValue());
          assertThat(deviation.errorBound()).isLessThanOrEqualTo(1e-6 * deviation.value());
        }
      }
    }
    assertThat(known).isPositive();
  }

  /** At 1e9 doubles lie 1e-7 apart, so the distance from the centre is hardly known. */
  @Test
  void aSpreadBelowWhatSumsOfSuchValuesResolveIsUndefined() {
    double[] rows = NumericRows.normal(3, 4000, 1e9, 1e-3);
    NumericProfile profile = NumericRows.profile(grid(rows), BinDetail.FINE, rows);
    assertThat(profile.deviation().isDefined()).isFalse();
    Moment mean = profile.meanWithBound().orElseThrow();
    assertHolds(mean, Exact.of(rows).mean(), 1e9);
  }

  @Test
  void ordinaryColumnsClaimNoErrorBeyondThatOfDoubles() {
    for (double[] reference : Arrays.asList(shapes()).subList(2, 4)) {
      NumericProfile same = NumericRows.profile(grid(reference), BinDetail.COARSE, reference);
      assertThat(same.meanWithBound().orElseThrow().errorBound()).isZero();
      assertThat(same.deviation().orElseThrow().errorBound()).isZero();
    }
  }

  @Test
  void scalesInForceGiveWayWhereTheGreatestValueWouldNotFit() {
    SumScale scale = new SumScale(100, 1e9, 46);
    // 1e9 has 30 bits: 2^31 units of it are 61 bits, 2^32 still fit, 2^33 do not.
    assertThat(scale.exponent()).isEqualTo(31);
    assertThat(scale.accepts(32)).isTrue();
    assertThat(scale.accepts(33)).isFalse();
    assertThat(scale.accepts(27)).isTrue();
    assertThat(scale.accepts(26)).isFalse();
    // 100 has 7 bits and keeps 30; 1e300 fits neither way.
    assertThat(new SumScale(100, 1e300, 46).exponent()).isEqualTo(23);
    assertThat(new SumScale(100, 1e300, 46).accepts(26)).isTrue();
    assertThat(new SumScale(100, 120, 46).exponent()).isEqualTo(39);
    assertThat(new SumScale(0, 0, 46).exponent()).isEqualTo(36);
  }
}
