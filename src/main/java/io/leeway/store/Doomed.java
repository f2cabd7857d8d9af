package io.leeway.store;

import io.leeway.store.Maintained.Why;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The rows of one model that go, table by table, and why. */
final class Doomed {
  private final Map<ResultTable, Map<RowGroup, Why>> groups = new EnumMap<>(ResultTable.class);

  private Doomed() {}

  static Doomed of(Map<ResultTable, List<RowGroup>> all, Expiry expiry) {
    Doomed doomed = new Doomed();
    all.forEach(
        (table, groups) ->
            groups.forEach(
                group -> expiry.of(table, group).ifPresent(why -> doomed.put(table, group, why))));
    return doomed;
  }

  private void put(ResultTable table, RowGroup group, Why why) {
    groups.computeIfAbsent(table, t -> new HashMap<>()).put(group, why);
  }

  /** All but what these attempts wrote. */
  Doomed without(Collection<String> attempts) {
    Doomed rest = new Doomed();
    groups.forEach(
        (table, of) ->
            of.forEach(
                (group, why) -> {
                  if (!attempts.contains(group.attemptId())) {
                    rest.put(table, group, why);
                  }
                }));
    return rest;
  }

  /** Tables that lose rows. */
  Set<ResultTable> tables() {
    return groups.keySet();
  }

  /** Attempts that have not committed. */
  Set<String> abandoned() {
    Set<String> attempts = new TreeSet<>();
    for (Map<RowGroup, Why> of : groups.values()) {
      of.forEach(
          (group, why) -> {
            if (why == Why.ABANDONED) {
              attempts.add(group.attemptId());
            }
          });
    }
    return attempts;
  }

  /** Whether profiles go that showed, or would still show. */
  boolean hasProfilesOfSlices() {
    return groups.getOrDefault(ResultTable.PROFILES, Map.of()).containsValue(Why.RETENTION);
  }

  /** What the groups of one table have in a place, each once. */
  Object[] of(ResultTable table, Function<RowGroup, String> place) {
    return groups.get(table).keySet().stream().map(place).distinct().toArray();
  }

  /** Rows by table and reason. */
  List<Maintained.Removed> counts() {
    List<Maintained.Removed> counts = new ArrayList<>();
    groups.forEach(
        (table, of) -> {
          Map<Why, Long> rows = new TreeMap<>();
          of.forEach((group, why) -> rows.merge(why, group.rows(), Long::sum));
          rows.forEach((why, n) -> counts.add(new Maintained.Removed(table.tableName(), why, n)));
        });
    return counts;
  }
}
