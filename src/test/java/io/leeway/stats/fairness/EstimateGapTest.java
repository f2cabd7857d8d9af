package io.leeway.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gaps in mean error and in the spread of errors. */
class EstimateGapTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static GroupErrors errors(String group, int n, Random random, double mean, double sd) {
    double[] e = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      e[i] = mean + sd * random.nextGaussian();
      sum += e[i];
    }
    double squares = 0;
    double fourths = 0;
    for (double of : e) {
      double from = of - sum / n;
      squares += from * from;
      fourths += from * from * from * from;
    }
    return new GroupErrors(
        group,
        n,
        sum / n,
        Math.sqrt(squares / (n - 1)),
        OptionalDouble.of(fourths / n / (squares / n) / (squares / n)));
  }

  private static EstimateGap gap(GroupEstimate... groups) {
    return EstimateGap.of(List.of(groups)).orElseThrow();
  }

  // SciPy 1.17.1 ttest_ind_from_stats(1.5, 2, 20, 0.5, 1, 30, equal_var=False), two-sided.
  @Test
  void twoMeansAreWelchsTest() {
    GroupErrors a = new GroupErrors("a", 20, 1.5, 2, OptionalDouble.empty());
    GroupErrors b = new GroupErrors("b", 30, 0.5, 1, OptionalDouble.empty());
    EstimateGap of = gap(b.meanError(NONE).orElseThrow(), a.meanError(NONE).orElseThrow());
    assertThat(of.gap()).isEqualTo(1);
    assertThat(of.highest().group()).isEqualTo("a");
    assertThat(of.lowest().group()).isEqualTo("b");
    assertThat(of.pLimit(0)).isCloseTo(0.04874524363261189, within(1e-9));
    assertThat(of.expected())
        .isCloseTo(Math.sqrt(2 / Math.PI * (4.0 / 20 + 1.0 / 30)), within(1e-8));
  }

  @Test
  void orderOfGroupsNeverMatters() {
    GroupEstimate a = new GroupEstimate("a", new MeanInterval(1, 0.3, 20), 100);
    GroupEstimate b = new GroupEstimate("b", new MeanInterval(1.4, 0.1, 90), 100);
    GroupEstimate c = new GroupEstimate("c", new MeanInterval(0.9, 0.2, 50), 100);
    assertThat(gap(a, b, c).interval()).isEqualTo(gap(c, a, b).interval());
    assertThat(gap(a, b, c).pLimit(0.1)).isEqualTo(gap(b, c, a).pLimit(0.1));
    assertThat(EstimateGap.of(List.of(a)).reason())
        .contains("A gap needs two groups, but there are 1.");
  }

  // Normal errors: kurtosis 3, and the standard error of ln sd is 1/√(2(n - 1)) up to 1/n.
  @Test
  void spreadsAreComparedAsLogarithms() {
    GroupErrors a = new GroupErrors("a", 201, 0, 2, OptionalDouble.empty());
    GroupErrors b = new GroupErrors("b", 201, 0, 1, OptionalDouble.empty());
    GroupEstimate of = a.logSpread(NONE).orElseThrow();
    assertThat(of.estimate().standardError()).isCloseTo(1 / Math.sqrt(400), within(1e-4));
    assertThat(a.assumesNormal()).isTrue();
    assertThat(Math.exp(gap(of, b.logSpread(NONE).orElseThrow()).gap()))
        .isCloseTo(2, within(1e-12));
    assertThat(new GroupErrors("c", 9, 1, 0, OptionalDouble.empty()).logSpread(NONE).reason())
        .contains("The errors do not vary.");
    assertThatThrownBy(() -> new GroupErrors("c", 9, 1, 1, OptionalDouble.of(0.5)))
        .hasMessageContaining("kurtosis of at least 1");
  }

  // Errors 1, 2, 3, 6: mean 3, variance 14/3.
  @Test
  void sumsGiveMeanAndSpread() {
    GroupErrors of = GroupErrors.ofSums("a", 4, 12, 50).orElseThrow();
    assertThat(of.mean()).isEqualTo(3);
    assertThat(of.sd()).isCloseTo(Math.sqrt(14.0 / 3), within(1e-14));
    assertThat(GroupErrors.ofSums("a", 1, 3, 9).reason())
        .contains("A spread needs two rows, but there are 1.");
  }

  // Three groups, 1 500 draws: gaps covered in at least 93 %, less 3 Monte Carlo errors of .6 %;
  // at the limit at most 5 % and as much. The tests of means and of spreads alike.
  @Test
  void intervalsCoverAndTestsHoldTheirLevel() {
    Random random = new Random(6);
    int means = 0;
    int spreads = 0;
    int beyond = 0;
    int wider = 0;
    for (int draw = 0; draw < 1_500; draw++) {
      GroupErrors a = errors("a", 150, random, 0, 1);
      GroupErrors b = errors("b", 250, random, 0.3, 1.5);
      GroupErrors c = errors("c", 120, random, 0.1, 1.2);
      EstimateGap mean =
          gap(
              a.meanError(NONE).orElseThrow(),
              b.meanError(NONE).orElseThrow(),
              c.meanError(NONE).orElseThrow());
      EstimateGap spread =
          gap(
              a.logSpread(NONE).orElseThrow(),
              b.logSpread(NONE).orElseThrow(),
              c.logSpread(NONE).orElseThrow());
      Interval ratio = spread.interval();
      means += mean.interval().contains(0.3) ? 1 : 0;
      spreads += ratio.contains(Math.log(1.5)) ? 1 : 0;
      beyond += mean.pLimit(0.3) <= 0.05 ? 1 : 0;
      wider += spread.pLimit(Math.log(1.5)) <= 0.05 ? 1 : 0;
    }
    assertThat(means / 1_500.0).isGreaterThanOrEqualTo(0.912);
    assertThat(spreads / 1_500.0).isGreaterThanOrEqualTo(0.912);
    assertThat(beyond / 1_500.0).isLessThanOrEqualTo(0.068);
    assertThat(wider / 1_500.0).isLessThanOrEqualTo(0.068);
  }
}
