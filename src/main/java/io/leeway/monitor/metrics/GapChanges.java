package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.EstimateGap;
import io.leeway.stats.fairness.GroupEstimate;
import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.fairness.MaxMinGap;
import io.leeway.stats.inference.Interval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By how much gaps between groups have grown since the reference. Both gaps are over the groups
 * that have enough rows on both sides, since a gap can shrink by a group's going missing, too; what
 * noise alone makes of the difference, because one side has fewer rows, stands beside it.
 */
final class GapChanges {
  private final List<Measure> measures = new ArrayList<>();

  /** A gap, with its interval and what noise makes of it. */
  private record Gap(double value, Interval interval, double expected, long rows) {}

  private GapChanges() {}

  /** Of the groups of a window and of the reference; none where a side has fewer than two. */
  static List<Measure> of(List<GroupOutcome> now, List<GroupOutcome> then, Spreads spreads) {
    GapChanges changes = new GapChanges();
    for (ComparedRate rate : ComparedRate.values()) {
      changes.addRate(rate, now, then, spreads);
    }
    Map<String, List<GroupEstimate>> before = GroupEstimates.of(then, spreads);
    GroupEstimates.of(now, spreads)
        .forEach(
            (metric, estimates) ->
                changes.addEstimates(metric, estimates, before.getOrDefault(metric, List.of())));
    return List.copyOf(changes.measures);
  }

  private void addRate(
      ComparedRate rate, List<GroupOutcome> now, List<GroupOutcome> then, Spreads spreads) {
    Set<String> both = names(rate.supported(now).supported());
    both.retainAll(names(rate.supported(then).supported()));
    if (both.size() > 1) {
      add(
          rate.difference(),
          gap(rate, among(now, both), spreads),
          gap(rate, among(then, both), spreads));
    }
  }

  private static Set<String> names(List<GroupRate> groups) {
    return groups.stream().map(GroupRate::group).collect(Collectors.toCollection(HashSet::new));
  }

  private static List<GroupOutcome> among(List<GroupOutcome> groups, Set<String> names) {
    return groups.stream().filter(of -> names.contains(of.name())).toList();
  }

  private static Outcome<Gap> gap(ComparedRate rate, List<GroupOutcome> groups, Spreads spreads) {
    long rows = rate.supported(groups).supported().stream().mapToLong(GroupRate::n).sum();
    return MaxMinGap.of(rate.supported(groups), rate.phi(spreads))
        .map(of -> new Gap(of.gap(), of.interval(), of.expected(), rows));
  }

  private void addEstimates(String metric, List<GroupEstimate> now, List<GroupEstimate> then) {
    Set<String> both = now.stream().map(GroupEstimate::group).collect(Collectors.toSet());
    both.retainAll(then.stream().map(GroupEstimate::group).toList());
    if (both.size() > 1) {
      add(metric, gap(now, both), gap(then, both));
    }
  }

  private static Outcome<Gap> gap(List<GroupEstimate> groups, Set<String> names) {
    List<GroupEstimate> some = groups.stream().filter(of -> names.contains(of.group())).toList();
    long rows = some.stream().mapToLong(GroupEstimate::rows).sum();
    return EstimateGap.of(some).map(of -> new Gap(of.gap(), of.interval(), of.expected(), rows));
  }

  private void add(String metric, Outcome<Gap> windows, Outcome<Gap> references) {
    if (windows.isDefined() && references.isDefined()) {
      Gap now = windows.orElseThrow();
      Gap then = references.orElseThrow();
      Interval change = Interval.ofDifference(now.value, now.interval, then.value, then.interval);
      measures.add(
          Measure.of(
                  metric + GroupSheet.SUPPORTED + "_change",
                  Comparison.BASELINE,
                  now.value - then.value)
              .interval(change.low(), change.high())
              .expected(now.expected - then.expected)
              .n(now.rows)
              .reference(then.value, then.rows)
              .build());
    }
  }
}
