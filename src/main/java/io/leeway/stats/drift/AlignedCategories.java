package io.leeway.stats.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reference and window of one categorical column, counted over the union of their categories, by
 * name. Categories without a row on either side are dropped. A missing value is a category like any
 * other, under a name of the caller's.
 */
public final class AlignedCategories {
  private final List<String> names;
  private final long[] reference;
  private final long[] window;

  private AlignedCategories(List<String> names, long[] reference, long[] window) {
    this.names = names;
    this.reference = reference;
    this.window = window;
  }

  /**
   * Two maps from category to count.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public static AlignedCategories of(Map<String, Long> reference, Map<String, Long> window) {
    Set<String> union = new TreeSet<>(reference.keySet());
    union.addAll(window.keySet());
    List<String> names = new ArrayList<>(union.size());
    long[] r = new long[union.size()];
    long[] w = new long[union.size()];
    for (String name : union) {
      long inReference = reference.getOrDefault(name, 0L);
      long inWindow = window.getOrDefault(name, 0L);
      if (inReference < 0 || inWindow < 0) {
        throw new IllegalArgumentException(
            "Category '" + name + "' has the counts " + inReference + " and " + inWindow + ".");
      }
      if (inReference > 0 || inWindow > 0) {
        r[names.size()] = inReference;
        w[names.size()] = inWindow;
        names.add(name);
      }
    }
    return new AlignedCategories(
        List.copyOf(names), Arrays.copyOf(r, names.size()), Arrays.copyOf(w, names.size()));
  }

  /** In ascending order. */
  public List<String> names() {
    return names;
  }

  /** Counts of the reference, in the order of {@link #names}. */
  public long[] reference() {
    return reference.clone();
  }

  /** Counts of the window, in the order of {@link #names}. */
  public long[] window() {
    return window.clone();
  }
}
