package io.leeway.monitor;

import io.leeway.config.FairnessConfig;
import io.leeway.config.ModelConfig;
import io.leeway.monitor.metrics.LateLabels;
import io.leeway.monitor.metrics.OutcomeMembers;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What tasks need to know where labels are involved.
 *
 * @param attributes by which groups are compared
 * @param referenceGroups attribute to the group that the others are held against
 * @param strata columns within whose values groups are compared, too
 * @param late by target, how far its labels have come in
 */
record OutcomeContext(
    OutcomeMembers members,
    ArrayList<String> attributes,
    HashMap<String, String> referenceGroups,
    ArrayList<String> strata,
    HashMap<String, LateLabels> late)
    implements Serializable {

  static OutcomeContext of(ModelConfig model, Map<Target, LateLabels> late) {
    FairnessConfig fairness = model.fairness();
    HashMap<String, LateLabels> byKey = new HashMap<>();
    late.forEach((target, labels) -> byKey.put(MetricContext.key(target.shape()), labels));
    return new OutcomeContext(
        OutcomeMembers.of(model),
        new ArrayList<>(fairness.attributes()),
        new HashMap<>(fairness.referenceGroup()),
        new ArrayList<>(fairness.strata()),
        byKey);
  }

  LateLabels late(Target.Shape target) {
    return late.getOrDefault(MetricContext.key(target), LateLabels.NONE);
  }

  /** The attributes among some columns. */
  List<String> attributesIn(List<String> columns) {
    return columns.stream().filter(attributes::contains).toList();
  }
}
