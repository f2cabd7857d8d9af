package io.leeway.retrain.expect;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of a batch in a column of categories.
 *
 * @param counts rows of each value that is counted by name: every expected one and the most
 *     frequent of the others
 * @param rest rows of all other values, none of them expected
 */
public record CategoryFacts(SortedMap<String, Long> counts, long rest) {
  public CategoryFacts {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    if (rest < 0 || counts.values().stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("Counts are " + counts + ", the rest " + rest + ".");
    }
  }

  long values() {
    return counts.values().stream().mapToLong(Long::longValue).sum() + rest;
  }
}
