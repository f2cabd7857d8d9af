package io.leeway.stats.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.Outcome;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArmDaysTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final Duration WEEK = Duration.ofDays(7);

  private static ArmDay key(int day, int step, Arm arm) {
    return new ArmDay(DAY.plusDays(day), step, arm, WEEK);
  }

  private static ArmDays with(ArmDays days, int day, int step, Sums champion, Sums challenger) {
    return days.with(key(day, step, Arm.CHAMPION), champion)
        .with(key(day, step, Arm.CHALLENGER), challenger);
  }

  private static Effect effect(ArmDays days, Measure measure) {
    return days.looks(measure).latest().orElseThrow();
  }

  /**
   * Shares .1 of 1 000 and .15 of 200. By hand: s² = 1000 (.09)/999 and 200 (.1275)/199, V =
   * s²/1000 + s²/200, size 1000 200/1200.
   */
  @Test
  void ofOneDayIsTheDifferenceOfMeans() {
    Effect of =
        effect(
            with(ArmDays.EMPTY, 0, 0, Sums.ofShare(100, 1_000), Sums.ofShare(30, 200)),
            Measure.SHARE);
    assertThat(of.difference()).isCloseTo(.05, within(1e-15));
    assertThat(of.standardError()).isCloseTo(Math.sqrt(.09 / 999 + .1275 / 199), within(1e-15));
    assertThat(of.size()).isCloseTo(500 / 3.0, within(1e-12));
  }

  /**
   * Rates rise from .1 to .2 while the challenger's share rises from 10 % to 50 %; on either day
   * both arms are alike. Pooled over days they are 1 900 of 14 000 and 1 100 of 6 000, by .048
   * apart.
   */
  @Test
  void aTrendDuringTheRampIsNoEffect() {
    Sums[] champion = {Sums.ofShare(900, 9_000), Sums.ofShare(1_000, 5_000)};
    Sums[] challenger = {Sums.ofShare(100, 1_000), Sums.ofShare(1_000, 5_000)};
    ArmDays days = with(ArmDays.EMPTY, 0, 0, champion[0], challenger[0]);
    days = with(days, 1, 1, champion[1], challenger[1]);

    assertThat(effect(days, Measure.SHARE).difference()).isCloseTo(0, within(1e-15));

    double pooled = challenger[0].plus(challenger[1]).mean() - champion[0].plus(champion[1]).mean();
    assertThat(pooled).isCloseTo(1_100 / 6_000.0 - 1_900 / 14_000.0, within(1e-15));
    assertThat(pooled / effect(days, Measure.SHARE).standardError()).isGreaterThan(5);
  }

  /**
   * Where units vary alike everywhere, weights by size are those of inverse variance: combined here
   * from each stratum's own d and V. A mean M of n with variance 4 has the sum of squares {@code n
   * M² + 4 (n - 1)}.
   */
  @Test
  void strataCombineByInverseVariance() {
    double[] champions = {1, 3, 2};
    double[] challengers = {2, 3.5, 5};
    int[] n = {900, 400, 50};
    int[] m = {100, 80, 300};
    ArmDays days = ArmDays.EMPTY;
    double weights = 0;
    double sum = 0;
    for (int i = 0; i < n.length; i++) {
      days = with(days, i, i, sums(champions[i], n[i]), sums(challengers[i], m[i]));
      double inverse = 1 / (4.0 / n[i] + 4.0 / m[i]);
      weights += inverse;
      sum += inverse * (challengers[i] - champions[i]);
    }
    Effect of = effect(days, Measure.MEAN);
    assertThat(of.difference()).isCloseTo(sum / weights, within(1e-12));
    assertThat(of.standardError()).isCloseTo(1 / Math.sqrt(weights), within(1e-12));
    assertThat(of.size()).isCloseTo(4 * weights, within(1e-9));
  }

  private static Sums sums(double mean, int units) {
    return new Sums(units, units * mean, units * mean * mean + 4.0 * (units - 1));
  }

  /**
   * No difference, 1 in 100 positive, small strata of 200 challengers beside one of 5 000. Weights
   * by the strata's own variances favour strata that have few positives by chance, and so call the
   * challenger worse; ours do not. Both over the same draws, in standard errors of their means.
   */
  @Test
  void rareOutcomesDoNotChooseTheirOwnWeight() {
    SplittableRandom random = new SplittableRandom(3);
    int tests = 2_000;
    double sum = 0;
    double squares = 0;
    double ownSum = 0;
    double ownSquares = 0;
    int[] sizes = {200, 200, 200, 5_000};
    for (int test = 0; test < tests; test++) {
      ArmDays days = ArmDays.EMPTY;
      double weighted = 0;
      double weights = 0;
      for (int i = 0; i < sizes.length; i++) {
        Sums champion = draw(random, 2_000);
        Sums challenger = draw(random, sizes[i]);
        days = with(days, i, 0, champion, challenger);
        double own = 1 / (champion.variance() / 2_000 + challenger.variance() / sizes[i]);
        weights += own;
        weighted += own * (challenger.mean() - champion.mean());
      }
      double d = effect(days, Measure.SHARE).difference();
      sum += d;
      squares += d * d;
      ownSum += weighted / weights;
      ownSquares += weighted / weights * (weighted / weights);
    }
    assertThat(sum / Math.sqrt(squares)).isBetween(-4.0, 4.0);
    assertThat(ownSum / Math.sqrt(ownSquares)).isLessThan(-8);
  }

  private static Sums draw(SplittableRandom random, int units) {
    return Sums.ofShare(random.doubles(units).filter(u -> u < .01).count(), units);
  }

  /** Over ramp, season and rare outcomes d over its standard error has variance 1. */
  @Test
  void standardErrorsAreHonest() {
    SplittableRandom random = new SplittableRandom(12);
    int tests = 2_000;
    double squares = 0;
    for (int test = 0; test < tests; test++) {
      ArmDays days = ArmDays.EMPTY;
      for (int day = 0; day < 6; day++) {
        double rate = day % 3 == 0 ? .1 : .2;
        int m = day < 3 ? 30 : 150;
        days = with(days, day, day / 3, rate(random, 700, rate), rate(random, m, rate));
      }
      Effect of = effect(days, Measure.SHARE);
      squares += of.difference() * of.difference() / (of.standardError() * of.standardError());
    }
    // A mean of 2 000 squares of normals has a standard error of sqrt(2/2000) = .032.
    assertThat(squares / tests).isCloseTo(1, within(.13));
  }

  private static Sums rate(SplittableRandom random, int units, double rate) {
    return Sums.ofShare(random.doubles(units).filter(u -> u < rate).count(), units);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void anyOrderOfDaysGivesTheSame(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<ArmDay, Sums> all = new TreeMap<>();
    for (int day = 0; day < 8; day++) {
      for (Arm arm : Arm.values()) {
        double[] values = random.doubles(40, -3, 7).toArray();
        double sum = 0;
        double squares = 0;
        for (double value : values) {
          sum += value;
          squares += value * value;
        }
        all.put(key(day, day / 3, arm), new Sums(values.length, sum, squares));
      }
    }
    List<Map.Entry<ArmDay, Sums>> entries = new ArrayList<>(all.entrySet());
    Collections.shuffle(entries, new Random(seed));
    ArmDays shuffled = ArmDays.EMPTY;
    for (Map.Entry<ArmDay, Sums> entry : entries) {
      shuffled = shuffled.with(entry.getKey(), entry.getValue());
    }
    Looks looks = ArmDays.of(all).looks(Measure.MEAN);
    assertThat(shuffled.looks(Measure.MEAN).byDay()).isEqualTo(looks.byDay());
    assertThat(looks.effects()).hasSize(6);
    assertThat(looks.days()).isEqualTo(8);
  }

  /** A later day changes no earlier look. */
  @Test
  void looksAreThoseOfTheDaysUpToThem() {
    IntFunction<ArmDays> upTo =
        last -> {
          ArmDays days = ArmDays.EMPTY;
          for (int day = 0; day <= last; day++) {
            days = with(days, 2 * day, 0, Sums.ofShare(50 + day, 500), Sums.ofShare(9 + day, 90));
          }
          return days;
        };
    Looks looks = upTo.apply(3).looks(Measure.SHARE);
    assertThat(looks.byDay().keySet())
        .containsExactly(DAY, DAY.plusDays(2), DAY.plusDays(4), DAY.plusDays(6));
    assertThat(looks.span()).isEqualTo(7);
    for (int day = 0; day <= 3; day++) {
      assertThat(upTo.apply(day).looks(Measure.SHARE).latest())
          .isEqualTo(looks.byDay().get(DAY.plusDays(2L * day)));
    }
    assertThat(looks.byDay().get(DAY).reason())
        .contains(
            "Judged from 20 positives and 20 negatives per arm; the challenger has 9 and 81.");
  }

  @Test
  void sharesNeedTwentyOfEachPerArm() {
    assertThat(latest(Sums.ofShare(20, 60), Sums.ofShare(20, 40)).isDefined()).isTrue();
    assertThat(latest(Sums.ofShare(20, 60), Sums.ofShare(19, 40)).reason().orElseThrow())
        .endsWith("the challenger has 19 and 21.");
    assertThat(latest(Sums.ofShare(41, 60), Sums.ofShare(20, 40)).reason().orElseThrow())
        .endsWith("the champion has 41 and 19.");
  }

  private static Outcome<Effect> latest(Sums champion, Sums challenger) {
    return with(ArmDays.EMPTY, 0, 0, champion, challenger).looks(Measure.SHARE).latest();
  }

  @Test
  void meansNeedAHundredUnitsAndMoneyAThousand() {
    ArmDays days = with(ArmDays.EMPTY, 0, 0, sums(5, 5_000), sums(5, 99));
    assertThat(days.looks(Measure.MEAN).latest().reason())
        .contains("Judged from 100 units per arm; the challenger has 99.");
    days = with(ArmDays.EMPTY, 0, 0, sums(5, 5_000), sums(5, 999));
    assertThat(days.looks(Measure.MEAN).latest().isDefined()).isTrue();
    assertThat(days.looks(Measure.AMOUNT).latest().reason())
        .contains("Judged from 1000 units per arm; the challenger has 999.");
  }

  @Test
  void whatDoesNotVaryWithinADayHasNoNoise() {
    ArmDays days = with(ArmDays.EMPTY, 0, 0, Sums.ofShare(30, 30), Sums.ofShare(30, 30));
    days = with(days, 1, 0, Sums.ofShare(0, 30), Sums.ofShare(0, 30));
    assertThat(days.looks(Measure.SHARE).latest().reason().orElseThrow())
        .endsWith("so noise is unknown.");
  }

  /** With one unit in an arm there is no variance; the stratum says nothing, whatever its mean. */
  @Test
  void strataOfOneUnitAreLeftOut() {
    ArmDays days = with(ArmDays.EMPTY, 0, 0, Sums.ofShare(100, 1_000), Sums.ofShare(30, 200));
    Effect before = effect(days, Measure.SHARE);
    days = with(days, 1, 0, Sums.ofShare(100, 1_000), Sums.ofShare(1, 1));
    days = days.with(key(2, 0, Arm.CHALLENGER), Sums.ofShare(7, 9));
    assertThat(effect(days, Measure.SHARE)).isEqualTo(before);
    assertThat(days.looks(Measure.SHARE).days()).isEqualTo(1);
  }

  @Test
  void labelAgesDoNotMix() {
    ArmDays days = ArmDays.EMPTY.with(key(0, 0, Arm.CHAMPION), Sums.ofShare(1, 10));
    ArmDay younger = new ArmDay(DAY, 0, Arm.CHALLENGER, Duration.ofDays(3));
    assertThat(days.labelAge()).contains(WEEK);
    assertThatThrownBy(() -> days.with(younger, Sums.ofShare(1, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labelAge=PT72H] is cut at another label age than")
        .hasMessageContaining("labelAge=PT168H]; cut all days of both arms at the same age.");
    assertThatThrownBy(
            () ->
                ArmDays.of(
                    Map.of(key(0, 0, Arm.CHAMPION), Sums.EMPTY, younger, Sums.ofShare(1, 10))))
        .hasMessageContaining("another label age");
  }

  @Test
  void aDayCountsOnce() {
    ArmDays days = ArmDays.EMPTY.with(key(0, 0, Arm.CHAMPION), Sums.ofShare(1, 10));
    assertThatThrownBy(() -> days.with(key(0, 0, Arm.CHAMPION), Sums.ofShare(2, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void sharesAreOfOnesAndZeros() {
    ArmDays days = with(ArmDays.EMPTY, 0, 0, sums(5, 200), sums(5, 200));
    assertThatThrownBy(() -> days.looks(Measure.SHARE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A share is of ones and zeros, but the challenger has sum 1000.0");
  }

  @Test
  void sumsAreOfNumbers() {
    assertThatThrownBy(() -> Sums.ofShare(3, 2)).hasMessageContaining("3 of 2 units");
    // Ten numbers with sum 10 have a sum of squares of 10 at least.
    assertThatThrownBy(() -> new Sums(10, 10, 9.9)).hasMessageContaining("No numbers");
    assertThatThrownBy(() -> new Sums(0, 1, 1)).hasMessageContaining("No numbers");
    assertThatThrownBy(() -> new Sums(1, Double.NaN, 1)).hasMessageContaining("No numbers");
    assertThat(new Sums(10, 10, 10).variance()).isEqualTo(0);
  }

  /** Of two groups .05 and .02 better: the gap changes by .03. Variances add; 1/size adds. */
  @Test
  void theChangeOfAGapIsTheDifferenceOfEffects() {
    Looks one =
        Looks.of(
            Map.of(
                DAY,
                Outcome.of(new Effect(.05, .003, 300)),
                DAY.plusDays(2),
                Outcome.of(new Effect(.06, .002, 600))));
    Looks other =
        Looks.of(
            Map.of(
                DAY.plusDays(1), Outcome.of(new Effect(.02, .004, 600)),
                DAY.plusDays(2), Outcome.undefined("too few")));
    Looks gap = one.minus(other);
    assertThat(gap.byDay().get(DAY).isDefined()).isFalse();
    Effect of = gap.byDay().get(DAY.plusDays(1)).orElseThrow();
    assertThat(of.difference()).isCloseTo(.03, within(1e-15));
    assertThat(of.standardError()).isCloseTo(.005, within(1e-15));
    assertThat(of.size()).isCloseTo(200, within(1e-9));
    assertThat(gap.latest().reason()).contains("too few");
    assertThat(gap.days()).isEqualTo(3);
  }
}
