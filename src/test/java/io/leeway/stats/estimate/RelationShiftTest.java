package io.leeway.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelationShiftTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static RelationShift of(List<RelationBin> bins) {
    return RelationShift.of(bins, NONE).orElseThrow();
  }

  // By hand: shares .5/.5 → .8/.2; rates .2/.6 → .2/.6: all of the change, -.12, is mix.
  @Test
  void otherInputsWithOneRelationAreMix() {
    RelationShift of =
        of(List.of(new RelationBin(800, 160, 500, 100), new RelationBin(200, 120, 500, 300)));
    assertThat(of.total().mean()).isCloseTo(-0.12, within(1e-14));
    assertThat(of.mix().mean()).isCloseTo(-0.12, within(1e-14));
    assertThat(of.relation().mean()).isCloseTo(0, within(1e-14));
    assertThat(of.pRelation()).isCloseTo(1, within(1e-9));
  }

  // By hand: shares .5/.5 twice; rates .2/.6 → .3/.5, which cancel: neither part, but every bin.
  @Test
  void binsMayCancelInTheRelationButNotInTheirTests() {
    List<RelationBin> bins =
        List.of(new RelationBin(500, 150, 500, 100), new RelationBin(500, 250, 500, 300));
    assertThat(of(bins).relation().mean()).isCloseTo(0, within(1e-14));
    assertThat(of(bins).mix().mean()).isZero();
    RateTest test = RateTest.againstReference(150, 500, 100, 500, 0, 1, NONE).orElseThrow();
    assertThat(RelationShift.pAnyBin(bins, NONE).orElseThrow())
        .isCloseTo(4 * test.pRise(), within(1e-14));
    assertThat(bins.get(0).test(NONE).orElseThrow()).isEqualTo(test);
    assertThat(bins.get(0).interval(NONE)).isEqualTo(Newcombe.difference(150, 500, 100, 500, NONE));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void thePartsSumToTheChangeExactly(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RelationBin> bins = new ArrayList<>();
    double[] sums = new double[4];
    for (int b = 0; b < 8; b++) {
      long n = random.nextLong(40) * random.nextInt(2);
      long m = random.nextLong(60) * random.nextInt(2);
      RelationBin bin = new RelationBin(n, random.nextLong(n + 1), m, random.nextLong(m + 1));
      bins.add(bin);
      sums[0] += n;
      sums[1] += bin.windowEvents();
      sums[2] += m;
      sums[3] += bin.referenceEvents();
    }
    bins.add(new RelationBin(10, 4, 10, 5));
    double total = (sums[1] + 4) / (sums[0] + 10) - (sums[3] + 5) / (sums[2] + 10);
    RelationShift of = of(bins);
    assertThat(of.total().mean()).isCloseTo(total, within(1e-14));
    assertThat(of.mix().mean() + of.relation().mean()).isCloseTo(total, within(1e-14));
  }

  // A bin that only the window has: its rows are another mix, and no relation can have changed.
  @Test
  void unseenBinsAreMix() {
    RelationShift of = of(List.of(new RelationBin(75, 15, 100, 20), new RelationBin(25, 25, 0, 0)));
    assertThat(of.relation().mean()).isZero();
    assertThat(of.mix().mean()).isCloseTo(0.4 - 0.2, within(1e-14));
    assertThat(of.unseenShare()).isEqualTo(0.25);
  }

  // 4 000 draws of window and reference: errors are the sds of the parts within 4 · 1.2 %, and the
  // intervals cover the truth in 95 % within 4 Monte Carlo errors of .35 %.
  @Test
  void errorsAreThoseOfRepeatedSamples() {
    double[] w = {0.5, 0.3, 0.2};
    double[] r = {0.2, 0.3, 0.5};
    double[] p = {0.3, 0.5, 0.2};
    double[] q = {0.2, 0.55, 0.4};
    double mix = 0;
    double relation = 0;
    for (int b = 0; b < 3; b++) {
      mix += (w[b] - r[b]) * (p[b] + q[b]) / 2;
      relation += (p[b] - q[b]) * (w[b] + r[b]) / 2;
    }
    SplittableRandom random = new SplittableRandom(11);
    int draws = 4_000;
    double[] squares = new double[3];
    double[] errors = new double[3];
    double[] covered = new double[3];
    for (int draw = 0; draw < draws; draw++) {
      long[][] window = draw(random, 300, w, p);
      long[][] reference = draw(random, 500, r, q);
      List<RelationBin> bins = new ArrayList<>();
      for (int b = 0; b < 3; b++) {
        bins.add(new RelationBin(window[b][0], window[b][1], reference[b][0], reference[b][1]));
      }
      RelationShift of = of(bins);
      double[] truths = {mix + relation, mix, relation};
      var parts = List.of(of.total(), of.mix(), of.relation());
      for (int i = 0; i < 3; i++) {
        double excess = parts.get(i).mean() - truths[i];
        squares[i] += excess * excess;
        errors[i] += parts.get(i).standardError() * parts.get(i).standardError();
        covered[i] += parts.get(i).interval().contains(truths[i]) ? 1 : 0;
      }
    }
    for (int i = 0; i < 3; i++) {
      assertThat(Math.sqrt(errors[i] / squares[i])).isCloseTo(1, within(0.048));
      assertThat(covered[i] / draws).isCloseTo(0.95, within(0.014));
    }
  }

  private static long[][] draw(SplittableRandom random, int n, double[] shares, double[] rates) {
    long[][] counts = new long[shares.length][2];
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble();
      int bin = u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2;
      counts[bin][0]++;
      counts[bin][1] += random.nextDouble() < rates[bin] ? 1 : 0;
    }
    return counts;
  }

  @Test
  void isUndefinedWithAReason() {
    assertThat(RelationShift.of(List.of(new RelationBin(0, 0, 5, 1)), NONE).reason())
        .contains("The window has no labelled rows.");
    assertThat(RelationShift.of(List.of(new RelationBin(5, 1, 0, 0)), NONE).reason())
        .contains("The reference has no labelled rows.");
    assertThat(
            RelationShift.pAnyBin(
                    List.of(new RelationBin(5, 1, 0, 0), new RelationBin(0, 0, 5, 1)), NONE)
                .reason())
        .contains("No bin has rows on both sides.");
    assertThatThrownBy(() -> new RelationBin(5, 6, 0, 0))
        .hasMessageContaining("6 events in 5 rows");
  }
}
