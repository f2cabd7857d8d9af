package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashOrderTest {
  /**
   * The published FNV-1a vectors of "", "a" and "foobar" (cbf29ce484222325, af63dc4c8601ec8c,
   * 85944171f73967e8), finished with the mixer in unbounded Python integers; so the last one.
   */
  @Test
  void hashIsTheMixedFnvOfTheText() {
    assertThat(HashOrder.hash("")).isEqualTo(0xf52a15e9a9b5e89bL);
    assertThat(HashOrder.hash("a")).isEqualTo(0x02c0bdbf481420f8L);
    assertThat(HashOrder.hash("foobar")).isEqualTo(0x404da9e3b74078c2L);
    assertThat(HashOrder.hash("\u00e4\u20ac")).isEqualTo(0x74887a29ffc1f78bL);
  }

  @Test
  void orderIsByUnsignedHash() {
    // Ascending hashes 02c0…, 404d…, 7488…, f52a… from above.
    assertThat(List.of("", "foobar", "\u00e4\u20ac", "a").stream().sorted(HashOrder.INSTANCE))
        .containsExactly("a", "foobar", "\u00e4\u20ac", "");
  }

  /** With n distinct texts known beforehand; relative standard error 1 / √(k − 2). */
  @ParameterizedTest(name = "{1} of {0} texts, set {2}")
  @CsvSource({
    "1000, 64, p",
    "1000, 64, q",
    "1000, 999, r",
    "20000, 64, s",
    "20000, 256, t",
    "20000, 256, u",
    "20000, 1024, v",
    "100000, 1024, w",
    "100000, 4096, x",
    "100000, 10000, y"
  })
  void estimatesDistinctTextsWithinFiveSigma(int distinct, int kept, String set) {
    TreeSet<String> first = new TreeSet<>(HashOrder.INSTANCE);
    for (int i = 0; i < distinct; i++) {
      first.add(set + i);
      if (first.size() > kept) {
        first.pollLast();
      }
    }
    double error = HashOrder.distinct(first.last(), kept) / distinct - 1;
    assertThat(Math.abs(error)).isLessThan(5 / Math.sqrt(kept - 2));
  }
}
