package io.leeway.stats.fairness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Groups by whether their rate can be compared, each list by name, so that the order in which they
 * came never matters.
 *
 * @param reading by which they were sorted
 * @param supported those that are compared
 * @param suppressed those whose denominator is below the minimum; in no gap
 * @param undefined those whose denominator is 0; in no gap, but see {@link
 *     Reading.UndefinedRates#ZERO}
 */
public record SortedGroups(
    Reading reading,
    List<GroupRate> supported,
    List<GroupRate> suppressed,
    List<GroupRate> undefined) {
  public SortedGroups {
    supported = List.copyOf(supported);
    suppressed = List.copyOf(suppressed);
    undefined = List.copyOf(undefined);
  }

  /** By the metric's own denominator alone. */
  public static SortedGroups of(List<GroupRate> rates, long leastDenominator) {
    return of(rates, Reading.supported(leastDenominator), rate -> 0);
  }

  /**
   * By a reading. Groups with fewer labels than it asks for are in none of the lists.
   *
   * @param labels labelled rows of each group
   * @throws IllegalArgumentException if two groups have one name
   */
  public static SortedGroups of(
      List<GroupRate> rates, Reading reading, ToLongFunction<GroupRate> labels) {
    Set<String> names = new HashSet<>();
    List<GroupRate> supported = new ArrayList<>();
    List<GroupRate> suppressed = new ArrayList<>();
    List<GroupRate> undefined = new ArrayList<>();
    for (GroupRate rate : rates) {
      if (!names.add(rate.group())) {
        throw new IllegalArgumentException("Two groups are called '" + rate.group() + "'.");
      }
      if (labels.applyAsLong(rate) >= reading.leastLabels()) {
        List<GroupRate> to = suppressed;
        if (rate.n() == 0) {
          to = undefined;
        } else if (rate.n() >= reading.leastDenominator()) {
          to = supported;
        }
        to.add(rate);
      }
    }
    Comparator<GroupRate> byName = Comparator.comparing(GroupRate::group);
    supported.sort(byName);
    suppressed.sort(byName);
    undefined.sort(byName);
    return new SortedGroups(reading, supported, suppressed, undefined);
  }

  /** How many of each, for people. */
  public String sentence() {
    return supported.size()
        + " groups compared, "
        + suppressed.size()
        + " below the minimum of "
        + reading.leastDenominator()
        + ", "
        + undefined.size()
        + " without denominator.";
  }
}
