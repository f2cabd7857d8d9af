package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DuplicateRateTest {
  @Test
  void ofAllIdsItIsExact() {
    DuplicateRate of = DuplicateRate.ofAll(80, 100).orElseThrow();
    assertThat(of.rate()).isEqualTo(0.2);
    assertThat(of.standardError()).isZero();
    assertThat(of.interval()).isEqualTo(new Interval(0.2, 0.2));
    assertThat(of.distinct()).isEqualTo(80);
    assertThat(of.distinctError()).isZero();
  }

  @Test
  void ofASampleItIsTheRatioOverIds() {
    // Rows 1, 1, 2, 4: rate 4/8; residuals c - 1 - c/2 = -.5, -.5, 0, 1: squares 1.5, mean of c 2.
    DuplicateRate of = DuplicateRate.ofSample(new long[] {1, 1, 2, 4}, 0.01).orElseThrow();
    assertThat(of.rate()).isEqualTo(0.5);
    assertThat(of.standardError()).isCloseTo(Math.sqrt(1.5 / 3 / 4) / 2, within(1e-15));
    assertThat(of.distinct()).isCloseTo(300, within(1e-10));
    assertThat(of.distinctError()).isCloseTo(300 / Math.sqrt(2), within(1e-10));
  }

  @Test
  void noDuplicateInTheSampleLeavesALimit() {
    // The rule of three, 3/m, is its first term: 1 - .05^(1/m) = -ln .05/m - … = 2.9957/m.
    long[] single = new long[1_000];
    Arrays.fill(single, 1);
    DuplicateRate of = DuplicateRate.ofSample(single, 0.5).orElseThrow();
    assertThat(of.rate()).isZero();
    assertThat(of.interval().low()).isZero();
    assertThat(Math.pow(1 - of.interval().high(), 1_000)).isCloseTo(0.05, within(1e-12));
    assertThat(of.interval().high()).isCloseTo(2.9957e-3, within(5e-6));
  }

  // 5 000 ids with uniform hashes, of which 256 are kept; ids have 1 to 3 rows, a true rate of
  // .4/1.4. Over 1 000 draws: coverage .95 ± 3.5 · .0069; the count is unbiased (± 3.5 of its error
  // over √1 000) with the stated error (the sd of an sd is 2.2 %).
  @Test
  void coversTheRateAndCountsTheIds() {
    SplittableRandom random = new SplittableRandom(8);
    int ids = 5_000;
    int covered = 0;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < 1_000; draw++) {
      double[] hashes = random.doubles(ids).sorted().limit(256).toArray();
      long[] rows = new long[256];
      Arrays.setAll(
          rows,
          i -> {
            double u = random.nextDouble();
            return u < 0.7 ? 1 : u < 0.9 ? 2 : 3;
          });
      DuplicateRate of = DuplicateRate.ofSample(rows, hashes[255]).orElseThrow();
      covered += of.interval().contains(0.4 / 1.4) ? 1 : 0;
      sum += of.distinct();
      squares += of.distinct() * of.distinct();
    }
    double mean = sum / 1_000;
    double error = ids / Math.sqrt(254);
    assertThat(covered / 1_000.0).isBetween(0.926, 0.974);
    assertThat(mean).isCloseTo(ids, within(3.5 * error / Math.sqrt(1_000)));
    // 256 of 5 000 without replacement: the spread is √(1 - 256/5 000) = .974 of the stated one.
    assertThat(Math.sqrt(squares / 1_000 - mean * mean) / error).isCloseTo(0.974, within(0.08));
  }

  @Test
  void isUndefinedWithoutIds() {
    assertThat(DuplicateRate.ofAll(0, 0).reason()).contains("No row has an id.");
    assertThat(DuplicateRate.ofSample(new long[] {1, 2}, 0.1).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("2 ids"));
  }

  @Test
  void refusesIdsWithoutRowsAndHashesOutsideTheirRange() {
    assertThatThrownBy(() -> DuplicateRate.ofAll(3, 2)).hasMessageContaining("3 ids have 2 rows");
    assertThatThrownBy(() -> DuplicateRate.ofSample(new long[] {1, 0, 1}, 0.1))
        .hasMessageContaining("0 rows");
    assertThatThrownBy(() -> DuplicateRate.ofSample(new long[3], 0)).hasMessageContaining("0.0");
  }
}
