package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedCountsTest {
  @ParameterizedTest(name = "seed 3, {0} rows of {1} values")
  @CsvSource({"1, 1", "63, 5", "64, 64", "1000, 3", "1000, 400", "5000, 4000", "20000, 511"})
  void holdsWhatAMapHolds(int rows, int distinct) {
    SplittableRandom random = new SplittableRandom(3);
    SortedCounts counts = new SortedCounts(true, 1 << 20);
    TreeMap<Double, long[]> expected = new TreeMap<>();
    for (int i = 0; i < rows; i++) {
      double value = random.nextInt(distinct) / 7.0 - 30;
      int positive = random.nextInt(2);
      counts.add(value, positive);
      long[] both = expected.computeIfAbsent(value, v -> new long[2]);
      both[0]++;
      both[1] += positive;
    }

    assertThat(counts.values())
        .containsExactly(expected.keySet().stream().mapToDouble(v -> v).toArray());
    assertThat(counts.rows())
        .containsExactly(expected.values().stream().mapToLong(both -> both[0]).toArray());
    assertThat(counts.decided())
        .containsExactly(expected.values().stream().mapToLong(both -> both[1]).toArray());
  }

  @Test
  void addsUpWithRowsThatAreNotSortedInYet() {
    SortedCounts counts = new SortedCounts(false, 512);
    counts.add(2, 0);
    counts.addAll(new double[] {1, 2, 5}, new long[] {10, 20, 50}, null, 3);
    counts.add(5, 0);

    assertThat(counts.values()).containsExactly(1, 2, 5);
    assertThat(counts.rows()).containsExactly(10, 21, 51);
    assertThat(counts.decided()).isNull();
  }

  @Test
  void tellsTheLimitFromOneMore() {
    SortedCounts counts = new SortedCounts(false, 100);
    for (int i = 0; i < 1000; i++) {
      counts.add(i % 100, 0);
    }
    assertThat(counts.isOverLimit()).isFalse();
    counts.add(100, 0);
    assertThat(counts.isOverLimit()).isTrue();
  }
}
