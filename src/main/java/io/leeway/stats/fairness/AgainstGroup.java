package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Overdispersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Each group against a named reference group: K − 1 comparisons, which find more than the K(K − 1)
 * of {@link MaxMinGap}.
 */
public final class AgainstGroup {
  private AgainstGroup() {}

  /** Undefined where the reference group is not supported, or is the only one that is. */
  public static Outcome<GroupContrasts> of(
      SortedGroups groups, String reference, Overdispersion overdispersion) {
    Map<String, GroupRate> supported =
        groups.supported().stream()
            .collect(
                Collectors.toMap(
                    GroupRate::group, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    Optional<GroupRate> against = Optional.ofNullable(supported.remove(reference));
    if (against.isEmpty()) {
      return Outcome.undefined(
          "The reference group '" + reference + "' " + absence(groups, reference));
    }
    if (supported.isEmpty()) {
      return Outcome.undefined(
          "There is no group beside the reference group; " + groups.sentence());
    }
    Map<GroupRate, GroupRate> opponents = new LinkedHashMap<>();
    supported.values().forEach(group -> opponents.put(group, against.get()));
    return Outcome.of(GroupContrasts.of(groups, opponents, overdispersion));
  }

  private static String absence(SortedGroups groups, String reference) {
    if (groups.suppressed().stream().anyMatch(group -> group.group().equals(reference))) {
      return "is below the minimum of " + groups.reading().leastDenominator() + ".";
    }
    return groups.undefined().stream().anyMatch(group -> group.group().equals(reference))
        ? "has the denominator 0."
        : "has no rows.";
  }
}
