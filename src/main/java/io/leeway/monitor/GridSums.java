package io.leeway.monitor;

import io.leeway.profile.Profile;
import io.leeway.scan.ProfileMerger;
import io.leeway.stats.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Adds profiles up, grid by grid, since a newer grid may have refined that of some. */
final class GridSums<P extends Profile<P>> {
  private final Function<String, ProfileMerger<P>> mergers;
  private final Map<String, ProfileMerger.Sum<P>> byGrid = new LinkedHashMap<>();
  private long rows;

  /** Sums of no rows yet. */
  GridSums(Function<String, ProfileMerger<P>> mergersByBinsId) {
    this.mergers = mergersByBinsId;
  }

  void add(String binsId, P profile) {
    byGrid.computeIfAbsent(binsId, id -> mergers.apply(id).sum()).add(profile);
    rows += profile.rows();
  }

  /** Adds what others add up to, to which nothing may be added after. */
  void addAll(GridSums<P> others) {
    others.byGrid.forEach((binsId, sum) -> add(binsId, sum.total()));
  }

  boolean isEmpty() {
    return byGrid.isEmpty();
  }

  long rows() {
    return rows;
  }

  /** All of it, if there is any: on its grid, or on what several have in common. */
  Optional<Outcome<P>> total() {
    return byGrid.values().stream()
        .map(sum -> Outcome.of(sum.total()))
        .reduce((one, other) -> one.flatMap(p -> other.flatMap(p::mergeOnCommon)));
  }
}
