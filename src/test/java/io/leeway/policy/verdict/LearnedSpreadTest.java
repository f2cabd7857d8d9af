package io.leeway.policy.verdict;

import static io.leeway.policy.verdict.StoredValues.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Limit;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.drift.SmoothedPsi;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Learned limits beside what they stand for: made-up windows that wobble, each held against the
 * mean of the others by the definition.
 */
class LearnedSpreadTest {
  private static final int WINDOWS = 28;
  private static final int ROWS = 400;
  private static final double RIGHT = 0.85;

  /** Of the accuracy between windows; with 400 rows phi is 1 + 400 · .0009/.1275, nearly 4. */
  private static final double WOBBLE = 0.03;

  private static final Rule FALLS =
      Rule.of("accuracy", Direction.FALLS_BY, Limit.learned(3), Severity.INVESTIGATE)
          .withPersistence(Repeats.ONCE);
  private static final Rule RISES =
      Rule.of("log_loss", Direction.RISES_BY, Limit.learned(3), Severity.INVESTIGATE);

  private static long wobbling(SplittableRandom random) {
    double p = RIGHT + WOBBLE * random.nextGaussian();
    return random.doubles(ROWS).filter(u -> u < p).count();
  }

  private static long[] reference(SplittableRandom random) {
    return IntStream.range(0, WINDOWS).mapToLong(w -> wobbling(random)).toArray();
  }

  private static Overdispersion phi(long[] reference) {
    long[] rows = new long[reference.length];
    Arrays.fill(rows, ROWS);
    return Overdispersion.ofRates(reference, rows).orElseThrow();
  }

  private static StoredValues accuracy(long right, long[] reference, Overdispersion phi) {
    long all = Arrays.stream(reference).sum();
    return new StoredValues()
        .add(
            0,
            StoredValues.rate("accuracy", right, ROWS, all, (long) ROWS * reference.length)
                .overdispersion(phi.phi(), phi.degrees())
                .build());
  }

  /** Root of the mean square of each window's distance from the mean of the others. */
  private static double leftOut(double[] means) {
    double squares = 0;
    for (int out = 0; out < means.length; out++) {
      int left = out;
      double others =
          IntStream.range(0, means.length)
              .filter(w -> w != left)
              .mapToDouble(w -> means[w])
              .average()
              .orElseThrow();
      squares += (means[out] - others) * (means[out] - others);
    }
    return Math.sqrt(squares / means.length);
  }

  /** A new window has R windows to be held against where one that is left out has R − 1. */
  private static double ofNewOne(double leftOut) {
    double all = (double) WINDOWS * WINDOWS;
    return leftOut * Math.sqrt((all - 1) / all);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theSpreadOfARateIsThatOfWindowsLeftOut(long seed) {
    long[] reference = reference(new SplittableRandom(seed));
    double[] means = Arrays.stream(reference).mapToDouble(x -> (double) x / ROWS).toArray();
    Finding found = accuracy(340, reference, phi(reference)).finding(0, FALLS);
    assertThat(phi(reference).phi()).isGreaterThan(2);
    double mean = Arrays.stream(means).average().orElseThrow();
    assertThat(mean - found.limit()).isCloseTo(3 * ofNewOne(leftOut(means)), within(1e-12));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {5, 8, 13})
  void theSpreadOfAMeanIsThatOfWindowsLeftOut(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double sd = 0.4;
    double[] means = random.doubles(WINDOWS).map(u -> 0.3 + 0.03 * random.nextGaussian()).toArray();
    long[] rows = new long[WINDOWS];
    Arrays.fill(rows, ROWS);
    Overdispersion phi = Overdispersion.ofMeans(means, rows, sd).orElseThrow();
    double mean = Arrays.stream(means).average().orElseThrow();
    long all = (long) WINDOWS * ROWS;
    // As it is written of the reference: s sqrt(phi/m).
    Measure then =
        Measure.of("log_loss", Comparison.NONE, mean)
            .n(all)
            .stdError(sd * Math.sqrt(phi.phi() / all))
            .overdispersion(phi.phi(), phi.degrees())
            .build();
    Measure now =
        Measure.of("log_loss", Comparison.NONE, 0.31)
            .n(ROWS)
            .stdError(7)
            .reference(mean, all)
            .overdispersion(phi.phi(), phi.degrees())
            .build();
    double limit = new StoredValues().add(0, now).addReference("", then).finding(0, RISES).limit();
    assertThat(limit - mean).isCloseTo(3 * ofNewOne(leftOut(means)), within(1e-12));
  }

  /** x of rows that come ten at a time, so that phi is 10 whatever their number. */
  private static long inTens(SplittableRandom random, int rows) {
    return 10 * random.doubles(rows / 10).filter(u -> u < RIGHT).count();
  }

  /** Windows of half the reference's rows, as an entity's rows come together. */
  @Test
  void aSmallerWindowHasAWiderSpread() {
    SplittableRandom random = new SplittableRandom(21);
    int windows = 100;
    int rows = 4_000;
    int few = 2_000;
    int rounds = 1_000;
    double squares = 0;
    long[] perWindow = new long[windows];
    Arrays.fill(perWindow, rows);
    for (int round = 0; round < rounds; round++) {
      long[] reference = random.longs(windows).map(any -> inTens(random, rows)).toArray();
      Overdispersion phi = Overdispersion.ofRates(reference, perWindow).orElseThrow();
      long all = Arrays.stream(reference).sum();
      long now = inTens(random, few);
      Measure measure =
          StoredValues.rate("accuracy", now, few, all, (long) windows * rows)
              .overdispersion(phi.phi(), phi.degrees())
              .build();
      Finding found = new StoredValues().add(0, measure).finding(0, FALLS);
      double mean = (double) all / windows / rows;
      double spreads = 3 * ((double) now / few - mean) / (mean - found.limit());
      squares += spreads * spreads;
    }
    // In spreads the distance is Student's t with 99 degrees: mean square 99/97, whose standard
    // error over 1 000 windows is .046.
    assertThat(squares / rounds).isCloseTo(99.0 / 97, within(4 * 0.046));
  }

  /** Beyond three spreads lies t with 27 degrees with probability .00287, and below q .05/30. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {34, 55})
  void quietWindowsRaiseNoMoreThanIsPromised(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Judgement judgement = Judgement.by(List.of(FALLS));
    int rounds = 5_000;
    int beyond = 0;
    int breaches = 0;
    int independent = 0;
    for (int round = 0; round < rounds; round++) {
      long[] reference = reference(random);
      long now = wobbling(random);
      Overdispersion phi = phi(reference);
      Verdict verdict = judgement.of(accuracy(now, reference, phi).history(), day(0)).get(0);
      assertThat(verdict.tests()).isPresent();
      beyond += verdict.isBeyond() ? 1 : 0;
      breaches += verdict.kind() == Verdict.Kind.BREACH ? 1 : 0;
      double p = (double) Arrays.stream(reference).sum() / WINDOWS / ROWS;
      double alone = 3 * Math.sqrt(p * (1 - p) * (1.0 / ROWS + 1.0 / WINDOWS / ROWS));
      independent += p - (double) now / ROWS > alone ? 1 : 0;
    }
    // 14.4 are expected with a standard error of 3.8, of breaches at most 8.3 and 2.9.
    assertThat(beyond).isBetween(1, 30);
    assertThat(breaches).isLessThanOrEqualTo(20).isLessThanOrEqualTo(beyond);
    // Without what is learned it would be some 6 %: three spreads of a half.
    assertThat(independent).isGreaterThan(rounds / 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {89, 144})
  void sixSpreadsAreABreachAndTwoAreNot(long seed) {
    long[] reference = reference(new SplittableRandom(seed));
    double[] means = Arrays.stream(reference).mapToDouble(x -> (double) x / ROWS).toArray();
    double mean = Arrays.stream(means).average().orElseThrow();
    double spread = ofNewOne(leftOut(means));
    assertThat(kind(Math.round(ROWS * (mean - 6 * spread)), reference))
        .isEqualTo(Verdict.Kind.BREACH);
    assertThat(kind(Math.round(ROWS * (mean - 2 * spread)), reference))
        .isEqualTo(Verdict.Kind.INCONCLUSIVE);
    assertThat(kind(Math.round(ROWS * mean), reference)).isEqualTo(Verdict.Kind.OK);
  }

  private static Verdict.Kind kind(long right, long[] reference) {
    return Judgement.by(List.of(FALLS))
        .of(accuracy(right, reference, phi(reference)).history(), day(0))
        .get(0)
        .kind();
  }

  /** Rows of a window by bins: a thousand entities of ten rows each, any bin as likely. */
  private static long[] inBins(SplittableRandom random) {
    long[] counts = new long[10];
    for (int entity = 0; entity < 1_000; entity++) {
      counts[random.nextInt(10)] += 10;
    }
    return counts;
  }

  /** By its definition; the statistics page, recipe 5. */
  private static double smoothed(long[] reference, long[] window) {
    double m = Arrays.stream(reference).sum() + 5;
    double n = Arrays.stream(window).sum() + 5;
    return IntStream.range(0, 10)
        .mapToDouble(
            bin -> {
              double r = (reference[bin] + 0.5) / m;
              double w = (window[bin] + 0.5) / n;
              return (w - r) * Math.log(w / r);
            })
        .sum();
  }

  private static long[] sum(long[][] windows) {
    return IntStream.range(0, 10)
        .mapToLong(bin -> Arrays.stream(windows).mapToLong(window -> window[bin]).sum())
        .toArray();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {233, 377})
  void theSpreadOfPsiIsThatOfWindowsLeftOut(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int windows = 1_000;
    long[][] counts = new long[windows][];
    for (int w = 0; w < windows; w++) {
      counts[w] = inBins(random);
    }
    long[] all = sum(counts);
    double[] leftOut = new double[windows];
    for (int w = 0; w < windows; w++) {
      long[] window = counts[w];
      long[] others = IntStream.range(0, 10).mapToLong(bin -> all[bin] - window[bin]).toArray();
      leftOut[w] = smoothed(others, window);
    }
    double mean = Arrays.stream(leftOut).average().orElseThrow();
    double sd =
        Math.sqrt(
            Arrays.stream(leftOut).map(psi -> (psi - mean) * (psi - mean)).sum() / (windows - 1));
    Overdispersion phi = Overdispersion.ofBins(counts).orElseThrow();
    Rule rule = Rule.of("psi", Direction.ABOVE, Limit.learned(1), Severity.INVESTIGATE);
    long[] even = new long[10];
    Arrays.fill(even, windows * 1_000L);
    Measure measure = psi(even, inBins(random), phi);
    Finding found = new StoredValues().add(0, measure).finding(0, rule);
    // Chi-square with 9 degrees: the mean's standard error is 1.5 % of it, and, with an excess
    // kurtosis of 12/9, that of the standard deviation 2.9 %.
    assertThat(measure.expected()).isCloseTo(mean, percent(4 * 1.5));
    assertThat(found.limit()).isCloseTo(sd, percent(4 * 2.9));
    double beyond = Arrays.stream(leftOut).filter(psi -> psi > mean + 3 * sd).count();
    assertThat(beyond / windows).isBetween(0.001, 0.02);
  }

  private static Percentage percent(double of) {
    return Percentage.withPercentage(of);
  }

  private static Measure psi(long[] reference, long[] window, Overdispersion phi) {
    DivergenceTest test = SmoothedPsi.ofBins(reference, window).orElseThrow();
    Interval interval = test.interval(phi);
    return Measure.of("psi", Comparison.BASELINE, test.value())
        .n(Arrays.stream(window).sum())
        .reference(null, Arrays.stream(reference).sum())
        .interval(interval.low(), interval.high())
        .expected(test.expected(phi))
        .dof(test.degrees())
        .overdispersion(phi.phi(), phi.degrees())
        .build();
  }
}
