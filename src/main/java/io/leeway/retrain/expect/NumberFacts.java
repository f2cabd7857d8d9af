package io.leeway.retrain.expect;

import java.util.List;
import java.util.Optional;

/**
 * The values of a batch in a column of numbers.
 *
 * @param nan values that are not a number
 * @param infinite values of either sign
 * @param min least finite value; none without any
 * @param max greatest finite value; none without any
 * @param binCounts finite values in each bin of the reference; empty where it has none
 */
public record NumberFacts(
    long nan, long infinite, Optional<Double> min, Optional<Double> max, List<Long> binCounts) {
  public NumberFacts {
    binCounts = List.copyOf(binCounts);
    if (nan < 0 || infinite < 0 || min.isPresent() != max.isPresent()) {
      throw new IllegalArgumentException(
          "%d NaN, %d infinite, from %s to %s.".formatted(nan, infinite, min, max));
    }
  }

  long binned() {
    return binCounts.stream().mapToLong(Long::longValue).sum();
  }
}
