package io.leeway.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.profile.BinDetail;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.NumericTally;
import io.leeway.profile.RatioGrid;
import io.leeway.profile.RatioProfile;
import io.leeway.profile.RatioTally;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Overdispersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Eight windows, by turns of two kinds: 100 rows each, values from 0 to 9 with deciles at 1 … 9.
 * With equal windows phi is the variance between them over that of independent rows; over eight
 * windows by turns at ±d of their middle the former is 8 d² / 7.
 */
class BetweenWindowsTest {
  private static final int WINDOWS = 8;

  /** Edges 0, 1 … 9 and just above; sums in units of 2⁻²⁰. */
  private static final NumericGrid GRID =
      new NumericGrid(
          ColumnKind.NUMERIC,
          IntStream.rangeClosed(0, 10).mapToDouble(i -> i < 10 ? i : Math.nextUp(9.0)).toArray(),
          IntStream.rangeClosed(1, 9).asDoubleStream().toArray(),
          IntStream.rangeClosed(0, 11).toArray(),
          4.5,
          20,
          20,
          5);

  @Test
  void eachStatisticHasItsOwnFactor() {
    // Odd windows have 20 nulls more; values are the same in all.
    Map<Varying, Outcome<Overdispersion>> of = numbers(10, 30, 0, 0);
    // p = 20/120 of 110 and 130 rows, Pearson's sum over the 7 degrees, by the formula.
    double p = 160.0 / 960;
    double expected =
        4 * (sq(10 - 110 * p) / (110 * p * (1 - p)) + sq(30 - 130 * p) / (130 * p * (1 - p))) / 7;
    assertThat(phi(of, Varying.NULL_RATE)).isCloseTo(expected, within(1e-12)).isGreaterThan(4);
    assertThat(phi(of, Varying.MEAN)).isEqualTo(1);
    assertThat(phi(of, Varying.BINS)).isEqualTo(1);
    assertThat(phi(of, Varying.KOLMOGOROV_SMIRNOV)).isEqualTo(1);
    assertThat(phi(of, Varying.MEDIAN)).isEqualTo(1);
    assertThat(of.get(Varying.NULL_RATE).orElseThrow().degrees()).isEqualTo(WINDOWS - 1);
  }

  /** Ten rows of each value; in odd windows the ten zeros are nines. */
  @Test
  void windowsThatMoveMoveTheMeanMoreThanTheBins() {
    Map<Varying, Outcome<Overdispersion>> of = numbers(0, 0, 0, 10);
    // Means 4.5 and 5.4, d = .45. Over all rows: mean 4.95, squares 285/10 + 81/20 = 32.55.
    double variance = (32.55 - sq(4.95)) * 800 / 799;
    assertThat(phi(of, Varying.MEAN))
        .isCloseTo(8 * sq(0.45) * 100 / variance / 7, within(1e-9))
        .isGreaterThan(2);
    // At each of nine borders the shares lie .05 about their middle; the largest p (1 - p) is at
    // 5, where .45 of the rows of all windows lie below.
    assertThat(phi(of, Varying.KOLMOGOROV_SMIRNOV))
        .isCloseTo(8 * sq(0.05) * 100 / (0.45 * 0.55) / 7, within(1e-9));
    // The median lies where .45 and .55 lie below; the lower edge is the first of the two.
    assertThat(phi(of, Varying.MEDIAN))
        .isCloseTo(8 * sq(0.05) * 100 / (0.45 * 0.55) / 7, within(1e-9));
    // 0 and 9 hold 10 and 10 or 0 and 20 rows, 5 and 15 on average: 5²/5 + 5²/15 a window, over 63.
    assertThat(phi(of, Varying.BINS)).isEqualTo(1);
    assertThat(8 * (5.0 + 25.0 / 15) / 63).isLessThan(1);
  }

  /**
   * Rows of y = 1 and 3 with x = 2y ± 1, in even windows 1 more in all x, in odd ones 1 less: the
   * ratio is 2, the residuals' mean ±1 a window, their square 0 or 4 in turn.
   */
  @Test
  void aRatioVariesByItsResiduals() {
    RatioGrid.Scale scale = new RatioGrid.Scale(2, 30, 30);
    RatioGrid grid = new RatioGrid("x", scale, "y", scale);
    List<RatioProfile> windows = new ArrayList<>();
    RatioTally whole = grid.tally();
    for (int w = 0; w < WINDOWS; w++) {
      RatioTally tally = grid.tally();
      for (int i = 0; i < 100; i++) {
        double y = i % 2 == 0 ? 1 : 3;
        tally.add(2 * y + (i % 4 < 2 ? 1 : -1) + (w % 2 == 0 ? 1 : -1), y);
      }
      windows.add(tally.profile());
      whole.addAll(windows.get(w));
    }
    Map<Varying, Outcome<Overdispersion>> of =
        BetweenWindows.of(facts(ColumnRole.BUSINESS_RATIO), whole.profile(), windows, WINDOWS);
    // 800 rows, half with a residual of ±2, half with 0: s² = 1600 / 799.
    assertThat(phi(of, Varying.BUSINESS_RATIO))
        .isCloseTo(8 * 100 / (1_600.0 / 799) / 7, within(1e-9));
  }

  @Test
  void tooFewWindowsGiveNone() {
    List<NumericProfile> seven = new ArrayList<>();
    for (int w = 0; w < WINDOWS - 1; w++) {
      seven.add(window(10, 0));
    }
    BetweenWindows.of(facts(ColumnRole.FEATURE), sum(seven), seven, WINDOWS)
        .values()
        .forEach(of -> assertThat(of.reason().orElseThrow()).contains("needs 8"));
  }

  /** A window without values counts for the rate of nulls, and for nothing else. */
  @Test
  void windowsCountWhereTheyHaveRowsOfTheirOwn() {
    List<NumericProfile> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS - 1; w++) {
      windows.add(window(10, 0));
    }
    NumericTally nulls = tally();
    for (int i = 0; i < 50; i++) {
      nulls.addNull();
    }
    windows.add(nulls.profile());
    Map<Varying, Outcome<Overdispersion>> of =
        BetweenWindows.of(facts(ColumnRole.FEATURE), sum(windows), windows, WINDOWS);
    assertThat(phi(of, Varying.NULL_RATE)).isGreaterThan(10);
    for (Varying varying : List.of(Varying.MEAN, Varying.BINS, Varying.MEDIAN)) {
      assertThat(of.get(varying).reason().orElseThrow()).contains("has 7 windows with rows");
    }
  }

  @Test
  void fewerThanFiveOfTheRarerGiveNone() {
    assertThat(numbers(4, 4, 0, 0).get(Varying.NULL_RATE).reason().orElseThrow())
        .contains("fewer than five events");
    assertThat(numbers(5, 5, 0, 0).get(Varying.NULL_RATE).isDefined()).isTrue();
    // Nothing happened in any window, so nothing tells how it would come in bursts.
    assertThat(numbers(0, 0, 0, 0).get(Varying.NAN_RATE).isDefined()).isFalse();
  }

  @Test
  void nothingOfTheReferenceLiesOutsideItsRange() {
    assertThat(numbers(5, 5, 0, 0)).doesNotContainKey(Varying.OUT_OF_RANGE_RATE);
  }

  @Test
  void categoriesCountMissingOnesAsABin() {
    List<CategoricalProfile> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      windows.add(Counted.texts(Map.of("a", 50L, "b", 40L), w % 2 == 0 ? 0 : 20));
    }
    CategoricalProfile whole = windows.stream().reduce(CategoricalProfile::merge).orElseThrow();
    Map<Varying, Outcome<Overdispersion>> of =
        BetweenWindows.of(facts(ColumnRole.FEATURE), whole, windows, WINDOWS);
    assertThat(phi(of, Varying.BINS))
        .isCloseTo(
            Overdispersion.ofBins(
                    new long[][] {
                      {50, 40, 0}, {50, 40, 20}, {50, 40, 0}, {50, 40, 20},
                      {50, 40, 0}, {50, 40, 20}, {50, 40, 0}, {50, 40, 20}
                    })
                .orElseThrow()
                .phi(),
            within(1e-12))
        .isGreaterThan(3);
    assertThat(of.keySet()).containsExactly(Varying.NULL_RATE, Varying.BINS);
  }

  @Test
  void aSegmentOfOneCategorySaysNothingOfBins() {
    List<CategoricalProfile> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      windows.add(Counted.texts(Map.of("a", 50L), 0));
    }
    CategoricalProfile whole = windows.stream().reduce(CategoricalProfile::merge).orElseThrow();
    assertThat(
            BetweenWindows.of(facts(ColumnRole.FEATURE), whole, windows, WINDOWS)
                .get(Varying.BINS)
                .reason())
        .contains("All rows lie in one bin.");
  }

  private static Map<Varying, Outcome<Overdispersion>> numbers(
      int nullsInEven, int nullsInOdd, int movedInEven, int movedInOdd) {
    List<NumericProfile> windows = new ArrayList<>();
    for (int w = 0; w < WINDOWS; w++) {
      windows.add(w % 2 == 0 ? window(nullsInEven, movedInEven) : window(nullsInOdd, movedInOdd));
    }
    return BetweenWindows.of(facts(ColumnRole.FEATURE), sum(windows), windows, WINDOWS);
  }

  private static NumericProfile window(int nulls, int moved) {
    NumericTally tally = tally();
    for (int i = 0; i < nulls; i++) {
      tally.addNull();
    }
    for (int i = 0; i < 100; i++) {
      tally.add(i < moved ? 9 : i / 10, 0);
    }
    return tally.profile();
  }

  private static NumericTally tally() {
    return new NumericTally(GRID, BinDetail.FINE);
  }

  private static NumericProfile sum(List<NumericProfile> windows) {
    return windows.stream().reduce(NumericProfile::merge).orElseThrow();
  }

  private static double phi(Map<Varying, Outcome<Overdispersion>> of, Varying varying) {
    return of.get(varying).orElseThrow().phi();
  }

  private static double sq(double x) {
    return x * x;
  }

  private static ColumnFacts facts(ColumnRole role) {
    return new ColumnFacts(role, Optional.empty(), Duration.ofDays(1));
  }
}
