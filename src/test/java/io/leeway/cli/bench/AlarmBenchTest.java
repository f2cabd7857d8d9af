package io.leeway.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.UserException;
import io.leeway.monitor.metrics.ColumnMeasures;
import io.leeway.monitor.metrics.Spreads;
import io.leeway.monitor.metrics.Varying;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.CategoricalTally;
import io.leeway.profile.Categories;
import io.leeway.stats.inference.Overdispersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmBenchTest {
  private static final AlarmBench.Extent SMALL = new AlarmBench.Extent(4, 10, 5);
  private static final List<String> CATEGORIES = List.of("a", "b", "c", "d");

  private static AlarmBench bench(Set<QuietKind> kinds, int threads) {
    return AlarmBench.of(kinds, 2, 3, SMALL, new Parallel(threads), kind -> {});
  }

  @Test
  void theTableDoesNotDependOnHowManyRunAtOnce() {
    Set<QuietKind> kinds = EnumSet.allOf(QuietKind.class);
    List<String> lines = bench(kinds, 1).lines();
    assertThat(bench(kinds, 2).lines()).isEqualTo(lines);
    assertThat(lines).hasSize(2 + kinds.size());
    assertThat(lines.get(0)).startsWith("| nothing changes | histories | with retrain or above |");
    assertThat(lines).allMatch(line -> line.chars().filter(at -> at == '|').count() == 12);
    assertThat(lines.get(2)).startsWith("| plain | 2 | 0 | ");
  }

  /** Of 400 single tests without a change 20 are to be expected below 0.05. */
  @Test
  void naiveRulesRaiseAlarmsWhereNothingChanges() {
    QuietAlarms plain = QuietAlarms.of(QuietKind.PLAIN, 8, 10, 5, new SplittableRandom(5));
    assertThat(plain.smallP()).isBetween(5L, 45L);
    assertThat(plain.withSmallP()).isEqualTo(1);
    assertThat(plain.largePsi()).isPositive();
    QuietAlarms entities = QuietAlarms.of(QuietKind.ENTITIES, 8, 10, 5, new SplittableRandom(5));
    assertThat(entities.smallP()).isGreaterThan(350);
  }

  @Test
  void theBarsAreThoseOfTwoHundredHistories() {
    QuietAlarms atTheBars = new QuietAlarms(200, 5, 10, 12, 200, 9, 200, 9);
    QuietAlarms beyond = new QuietAlarms(20, 1, 2, 2, 20, 9, 20, 9);
    AlarmBench bench =
        new AlarmBench(Map.of(QuietKind.PLAIN, atTheBars, QuietKind.VERSIONS, beyond));
    assertThat(bench.misses())
        .containsExactly(
            "two versions, half the rows each: 1 of 20 histories have an alarm of severity retrain"
                + " or above; at most 5 of 200 may.",
            "two versions, half the rows each: 2 of 20 histories have an alarm of any severity; at"
                + " most 10 of 200 may.");
    assertThat(bench.lines().get(2)).startsWith("| plain | 200 | 5 | 5.2 % | 10 | 8.3 % | 0.060 |");
  }

  /** The bound is where a binomial has so few or fewer with probability 0.05. */
  @ParameterizedTest
  @CsvSource({"0, 200", "5, 200", "10, 200", "3, 4", "199, 200"})
  void boundsAreThoseOfTheBinomial(int found, int of) {
    double bound = QuietAlarms.atMost(found, of);
    assertThat(new BinomialDistribution(null, of, bound).cumulativeProbability(found))
        .isCloseTo(.05, within(1e-6));
  }

  @Test
  void allOfThemMayBeEveryOne() {
    assertThat(QuietAlarms.atMost(7, 7)).isEqualTo(1);
  }

  @Test
  void thereMustBeAHistory() {
    assertThatThrownBy(() -> AlarmBench.of(Set.of(QuietKind.PLAIN), 0, 1, kind -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--histories is 0");
  }

  /** A row of the bench is the one that the monitor makes of the same counts. */
  @ParameterizedTest
  @CsvSource({"30, 20, 40, 25, 3.5", "50, 120, 90, 140, 1", "400, 2, 1, 300, 1"})
  void rowsOfPsiAreThoseOfTheMonitor(long a, long b, long c, long d, double factor) {
    long[] window = {a, b, c, d};
    long[] reference = {900, 1_000, 1_100, 1_500};
    Overdispersion phi = new Overdispersion(factor, 34);
    List<Measure> written =
        ColumnMeasures.drift(
            categories(reference),
            categories(window),
            Comparison.BASELINE,
            new Spreads(Map.of(Varying.BINS, phi), 1));
    Measure ours =
        SimulatedRows.psi(
            reference,
            4_500,
            window,
            a + b + c + d,
            SimulatedRows.test(reference, window, true),
            phi);
    assertThat(written).contains(ours);
  }

  private static CategoricalProfile categories(long[] counts) {
    CategoricalTally tally = new CategoricalTally(new Categories(CATEGORIES, 100));
    for (int i = 0; i < counts.length; i++) {
      tally.add(CATEGORIES.get(i), counts[i]);
    }
    return tally.profile();
  }

  /** A drift by a whole deviation and a fall by 15 points, of many rows, are seen at once. */
  @Test
  void aStrongChangeIsFoundAsSoonAsItCanBe() {
    List<Change> changes =
        List.of(
            new Change(true, 1, 1_000, WatchedRules.PSI, OptionalDouble.of(1)),
            new Change(true, 1, 1_000, WatchedRules.PSI_SURELY, OptionalDouble.empty()),
            new Change(false, .15, 2_000, WatchedRules.ACCURACY, OptionalDouble.of(1)),
            new Change(false, .15, 2_000, WatchedRules.ACCURACY_SURELY, OptionalDouble.empty()));
    FoundBench bench = FoundBench.of(List.of(changes), 2, 7, SMALL, new Parallel(2), change -> {});
    assertThat(bench.lines())
        .containsExactly(
            "| change in one segment | rows | rule | found within 1 window | 2 | 3 | 5 | p in one"
                + " window | B9, one window | |",
            "|---|---:|---|---:|---:|---:|---:|---:|---:|---|",
            "| drift of 1.00 sd (PSI 0.93) | 1,000 | psi above 0.1 investigate | 0.00 | 1.00 |"
                + " 1.00 | 1.00 | 1.00 | 1.00 | |",
            "| drift of 1.00 sd (PSI 0.93) | 1,000 | psi above 0.1 retrain | 0.00 | 1.00 | 1.00 |"
                + " 1.00 | 1.00 | | |",
            "| accuracy down by 15 points (18 %) | 2,000 | accuracy falls-by 5% investigate | 0.00 |"
                + " 1.00 | 1.00 | 1.00 | 1.00 | 1.00 | |",
            "| accuracy down by 15 points (18 %) | 2,000 | accuracy falls-by 5% emergency | 1.00 |"
                + " 1.00 | 1.00 | 1.00 | 1.00 | | |");
  }

  @Test
  void whatIsFoundLessOftenThanItCouldBeIsSaid() {
    Change change = new Change(true, .5, 200, WatchedRules.PSI, OptionalDouble.of(.9));
    Found late = new Found(Found.DAYS + 1, true);
    Found never = new Found(Found.DAYS + 1, false);
    assertThat(new FoundBench(Map.of(change, List.of(late, late))).lines().get(2))
        .endsWith("| worse than B9: two of three windows have to show it |");
    assertThat(new FoundBench(Map.of(change, List.of(never, never))).lines().get(2))
        .endsWith("| worse than B9 |");
    Change small = new Change(true, .25, 1_000, WatchedRules.PSI, OptionalDouble.of(.98));
    assertThat(new FoundBench(Map.of(small, List.of(never))).lines().get(2))
        .endsWith("| within the limit, not to be found |");
  }

  /** A drift and a fall at three sizes and three numbers of rows, by two rules each. */
  @Test
  void everyChangeIsLookedForOnce() {
    assertThat(Change.pairs()).hasSize(9).allMatch(pair -> pair.size() == 4);
    assertThat(Change.pairs().stream().flatMap(List::stream)).doesNotHaveDuplicates();
  }
}
