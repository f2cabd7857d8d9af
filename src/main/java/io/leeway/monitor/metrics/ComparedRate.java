package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.fairness.Reading;
import io.leeway.stats.fairness.SortedGroups;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.performance.Share;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rate that groups are compared by, and what a gap in it is called. */
enum ComparedRate {
  SELECTION("demographic_parity", Varying.SELECTION_RATE),
  TRUE_POSITIVE("equal_opportunity", Varying.RECALL),
  FALSE_POSITIVE("predictive_equality", Varying.FALSE_POSITIVE_RATE),
  PRECISION("predictive_parity", Varying.PRECISION),
  ACCURACY("accuracy_parity", Varying.ACCURACY),
  COVERAGE("label_coverage", Varying.LABEL_COVERAGE);

  private final String metric;
  private final Varying varying;

  ComparedRate(String metric, Varying varying) {
    this.metric = metric;
    this.varying = varying;
  }

  String metric() {
    return metric;
  }

  /** What the gap between the highest and the lowest group is called. */
  String difference() {
    return metric + "_difference";
  }

  Overdispersion phi(Spreads spreads) {
    return spreads.overdispersion(varying);
  }

  /** Notes by how much the rate varies, whether that was estimated or not. */
  void addPhi(Measure.Builder measure, Spreads spreads) {
    Overdispersion phi = phi(spreads);
    measure.overdispersion(phi.phi(), Double.isInfinite(phi.degrees()) ? null : phi.degrees());
  }

  /** Groups whose own denominator is above the floor, and the others. */
  SortedGroups supported(List<GroupOutcome> groups) {
    return SortedGroups.of(rates(groups), Floor.RATE.least());
  }

  SortedGroups sorted(List<GroupOutcome> groups, Reading reading) {
    Map<String, Long> labels = new LinkedHashMap<>();
    groups.forEach(group -> labels.put(group.name(), group.labelled()));
    return SortedGroups.of(rates(groups), reading, of -> labels.get(of.group()));
  }

  private List<GroupRate> rates(List<GroupOutcome> groups) {
    return groups.stream()
        .map(
            group -> {
              Share share = OutcomeCounts.RATES.get(varying).apply(group.counts());
              return new GroupRate(group.name(), share.numerator(), share.denominator());
            })
        .toList();
  }
}
