package io.leeway.policy.verdict;

import static io.leeway.policy.verdict.StoredValues.day;
import static io.leeway.policy.verdict.StoredValues.psi;
import static io.leeway.policy.verdict.StoredValues.rate;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleTerms;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.policy.verdict.Verdict.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often alarms are raised over data without any change, and whether a change is found. */
class QuietTest {
  private static final int SEGMENTS = 15;
  private static final int BINS = 10;

  /** In so many windows a share of alarms of 0.05 comes out with a standard error of 0.013. */
  private static final int ROUNDS = 300;

  private static final double NOMINAL = 0.05;
  private static final double FOUR_ERRORS = 4 * 0.0126;

  private static final Rule FALL =
      Rule.of("accuracy", Direction.FALLS_BY, 0.05, true, Severity.EMERGENCY);
  private static final Rule INVESTIGATE =
      Rule.of("accuracy", Direction.FALLS_BY, 0.05, true, Severity.INVESTIGATE);
  private static final Rule PSI = Rule.of("psi", Direction.ABOVE, 0.1, false, Severity.INVESTIGATE);

  private static long binomial(SplittableRandom random, int n, double p) {
    return random.doubles(n).filter(u -> u < p).count();
  }

  private static Segment segment(int of) {
    return new Segment(Slice.of("state"), List.of("s" + of));
  }

  private static StoredValues rates(SplittableRandom random, int days, double now) {
    StoredValues values = new StoredValues();
    for (int of = 0; of < SEGMENTS; of++) {
      int n = 60 + 40 * of;
      long reference = binomial(random, 5 * n, 0.85);
      for (int day = 0; day < days; day++) {
        Measure measure = rate("accuracy", binomial(random, n, now), n, reference, 5L * n).build();
        values.add(day, segment(of), "", measure);
      }
    }
    return values;
  }

  /** Counts in bins by which a share of 1/10 each is moved. */
  private static Measure counts(SplittableRandom random, int n, DoubleUnaryOperator move) {
    long[] counts = new long[BINS];
    for (int row = 0; row < n; row++) {
      counts[(int) (BINS * move.applyAsDouble(random.nextDouble()))]++;
    }
    return psi(counts);
  }

  private static StoredValues bins(SplittableRandom random, int days, DoubleUnaryOperator move) {
    StoredValues values = new StoredValues();
    for (int of = 0; of < SEGMENTS; of++) {
      for (int day = 0; day < days; day++) {
        values.add(day, segment(of), "income", counts(random, 200 + 20 * of, move));
      }
    }
    return values;
  }

  private static boolean anyBreach(StoredValues values, int day, Rule rule) {
    return Judgement.by(List.of(rule)).of(values.history(), day(day)).stream()
        .anyMatch(of -> of.kind() == Kind.BREACH);
  }

  /** Every rate lies exactly at the limit, the worst that is allowed. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void ratesAtTheLimitRaiseNoMoreThanTheNominalShare(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int alarms = 0;
    for (int round = 0; round < ROUNDS; round++) {
      alarms += anyBreach(rates(random, 1, 0.95 * 0.85), 0, FALL) ? 1 : 0;
    }
    assertThat((double) alarms / ROUNDS).isLessThanOrEqualTo(NOMINAL + FOUR_ERRORS);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 5})
  void quietRatesRaiseNoMoreThanTheNominalShare(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int once = 0;
    int twice = 0;
    for (int round = 0; round < ROUNDS; round++) {
      StoredValues values = rates(random, 3, 0.85);
      once += anyBreach(values, 0, INVESTIGATE.withPersistence(Repeats.ONCE)) ? 1 : 0;
      twice += anyBreach(values, 2, INVESTIGATE) ? 1 : 0;
    }
    // Of a single window the share is 0.05/30; two in 300 have a probability below 0.1.
    assertThat(once).isLessThanOrEqualTo(3);
    assertThat((double) twice / ROUNDS).isLessThanOrEqualTo(NOMINAL);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {8, 13})
  void quietBinsRaiseNoMoreThanTheNominalShare(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int alarms = 0;
    int rounds = 60;
    for (int round = 0; round < rounds; round++) {
      alarms += anyBreach(bins(random, 3, u -> u), 2, PSI) ? 1 : 0;
    }
    assertThat((double) alarms / rounds).isLessThanOrEqualTo(NOMINAL);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 34})
  void aShiftOfBinsIsFoundInEverySegment(long seed) {
    // Shares of 1/10 become 0.32, 0.13, 0.10 … 0.05: a PSI of 0.38.
    StoredValues values = bins(new SplittableRandom(seed), 3, u -> u * u);
    List<Verdict> verdicts = Judgement.by(List.of(PSI)).of(values.history(), day(2));
    assertThat(verdicts).hasSize(SEGMENTS).allMatch(of -> of.kind() == Kind.BREACH);
    List<Verdict> first = Judgement.by(List.of(PSI)).of(values.history(), day(0));
    assertThat(first).noneMatch(of -> of.kind() == Kind.BREACH);
  }

  /** Rules that test alike, others, a fall in some places, and places that have no test. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {144, 233})
  void breachesAreThoseAmongAllVerdicts(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StoredValues values = rates(random, 4, 0.72);
    for (int of = 0; of < SEGMENTS; of++) {
      for (int day = 0; day < 4; day++) {
        Measure measure = counts(random, 60 + 20 * of, u -> Math.pow(u, 2.2));
        values.add(day, segment(of), "income", measure);
      }
    }
    Rule surely = Rule.of("psi", Direction.ABOVE, 0.1, false, Severity.RETRAIN);
    Judgement all = Judgement.by(List.of(FALL, PSI, INVESTIGATE, surely));
    History history = values.history();
    List<Verdict> breaches = all.breaches(history, history.windows());
    assertThat(breaches)
        .isEqualTo(
            all.of(history, history.windows()).stream()
                .filter(of -> of.kind() == Kind.BREACH)
                .toList());
    assertThat(breaches).extracting(of -> of.rule().severity()).contains(Severity.values());
  }

  private static RuleTerms recoversAt(double border) {
    return new RuleTerms(
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalDouble.of(border),
        RuleTerms.USUAL.cooldown(),
        Optional.empty(),
        Optional.empty());
  }

  /** A chi-square of 11 with 9 degrees: quiet, and yet above what noise makes of no change. */
  @Test
  void whatHasNotRecoveredIsToldBriefly() {
    StoredValues values =
        new StoredValues()
            .add(0, Segment.ALL, "income", psi(111, 89, 111, 89, 111, 89, 111, 89, 111, 89));
    Rule recovers =
        Rule.of("psi", Direction.ABOVE, 0.1, false, Severity.RETRAIN).withTerms(recoversAt(0));
    Judgement all = Judgement.by(List.of(PSI, recovers));
    List<Verdict> wholly = all.of(values.history(), day(0));
    List<Verdict> briefly = all.briefly().of(values.history(), day(0));
    assertThat(briefly.get(0).tests().orElseThrow().estimate()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(briefly.get(1).tests().orElseThrow().estimate())
        .isEqualTo(wholly.get(1).tests().orElseThrow().estimate());
    assertThat(briefly).extracting(Verdict::isNotRecovered).containsExactly(false, true);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {55, 89})
  void aFallOfRatesIsFound(long seed) {
    StoredValues values = rates(new SplittableRandom(seed), 3, 0.65);
    List<Verdict> verdicts = Judgement.by(List.of(FALL)).of(values.history(), day(2));
    // The smallest segments, of 60 and 100 rows, may miss it.
    assertThat(verdicts.stream().filter(of -> of.kind() == Kind.BREACH).count())
        .isGreaterThanOrEqualTo(SEGMENTS - 2);
  }
}
