package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Overdispersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each supported group against all other supported groups taken together: K comparisons. */
public final class AgainstRest {
  /** The name of all other groups together. */
  public static final String REST = "(rest)";

  private AgainstRest() {}

  /** Undefined with fewer than two supported groups. */
  public static Outcome<GroupContrasts> of(SortedGroups groups, Overdispersion overdispersion) {
    List<GroupRate> supported = groups.supported();
    if (supported.size() < 2) {
      return Outcome.undefined("A group needs others to compare with; " + groups.sentence());
    }
    GroupRate all = supported.stream().reduce(new GroupRate(REST, 0, 0), GroupRate::plus);
    Map<GroupRate, GroupRate> opponents = new LinkedHashMap<>();
    for (GroupRate group : supported) {
      opponents.put(group, new GroupRate(REST, all.events() - group.events(), all.n() - group.n()));
    }
    return Outcome.of(GroupContrasts.of(groups, opponents, overdispersion));
  }
}
