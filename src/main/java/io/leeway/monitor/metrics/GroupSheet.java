package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects what is told across the groups of an attribute, each beside the reference's. */
final class GroupSheet {
  /** How names end of what is over groups whose own denominator is above the floor. */
  static final String SUPPORTED = "_supported";

  private final List<GroupOutcome> groups;
  private final Map<String, Measure> reference;
  private final List<Measure> measures = new ArrayList<>();

  /**
   * Of nothing yet.
   *
   * @param groups of which no two have one name
   * @param reference what is told across the same groups of the reference, by metric
   */
  GroupSheet(List<GroupOutcome> groups, Map<String, Measure> reference) {
    this.groups = List.copyOf(groups);
    this.reference = Map.copyOf(reference);
  }

  List<GroupOutcome> groups() {
    return groups;
  }

  List<Measure> measures() {
    return List.copyOf(measures);
  }

  /** Whether a row of any group has a decision. */
  boolean areDecided() {
    return groups.stream().anyMatch(group -> group.selection().denominator() > 0);
  }

  /** Labelled rows of all groups. */
  long labelled() {
    return groups.stream().mapToLong(GroupOutcome::labelled).sum();
  }

  /** A number alone, or why there is none. */
  void add(String metric, long n, Outcome<Double> value) {
    add(metric, n, value, measure -> {}, "");
  }

  /**
   * A measure, or why there is none.
   *
   * @param n rows that it rests on
   * @param besides what else is to be said where there is none
   */
  void add(
      String metric,
      long n,
      Outcome<Double> value,
      Consumer<Measure.Builder> details,
      String besides) {
    Measure before = reference.get(metric);
    Measure.Builder measure =
        value.fold(
            number -> {
              Measure.Builder found = Measure.of(metric, Comparison.NONE, number);
              details.accept(found);
              return found;
            },
            why ->
                Measure.undefined(
                    metric, Comparison.NONE, besides.isEmpty() ? why : why + " " + besides));
    measure.n(n).nLabelled(labelled());
    if (before != null) {
      measure.reference(before.value(), before.n());
    }
    measures.add(measure.build());
  }
}
