package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.profile.HashOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallestHashesTest {
  private static SmallestHashes of(IntStream numbers) {
    SmallestHashes hashes = new SmallestHashes();
    numbers.forEach(number -> hashes.add(HashOrder.hash("v" + number)));
    return hashes;
  }

  @Test
  void fewAreCountedExactlyHoweverOftenTheyCome() {
    SmallestHashes hashes = of(IntStream.range(0, 300_000).map(i -> i % 50_000));

    assertThat(hashes.beyond(50)).isEqualTo(new FoldedCount(49_950, 0));
    assertThat(hashes.hashes()).hasSize(50_000).isSortedAccordingTo(Long::compareUnsigned);
  }

  @Test
  void manyAreEstimatedWithinFiveStandardErrors() {
    FoldedCount count = of(IntStream.range(0, 400_000)).beyond(1_000);

    assertThat(count.isExact()).isFalse();
    // One over the root of 65 534, of 400 000.
    assertThat(count.stdError()).isCloseTo(400_000 / 256.0, within(40.0));
    assertThat((double) count.segments()).isCloseTo(399_000, within(5 * count.stdError()));
  }

  @Test
  void partsAddUpToWhatTheWholeSays() {
    SmallestHashes parts = new SmallestHashes();
    for (int part = 0; part < 5; part++) {
      int first = 60_000 * part;
      parts.addAll(of(IntStream.range(first, first + 90_000)).hashes());
    }

    assertThat(parts.beyond(7)).isEqualTo(of(IntStream.range(0, 330_000)).beyond(7));
  }
}
