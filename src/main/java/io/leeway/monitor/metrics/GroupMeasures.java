package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.AgainstGroup;
import io.leeway.stats.fairness.AgainstRest;
import io.leeway.stats.fairness.GroupContrast;
import io.leeway.stats.fairness.GroupContrasts;
import io.leeway.stats.fairness.SortedGroups;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the groups of an attribute lie apart: what is told across all of them, and of each
 * against the others.
 */
public final class GroupMeasures {
  private final List<GroupOutcome> groups;
  private final Spreads spreads;
  private final List<Measure> across;

  /** What is told of single groups. */
  private final Map<GroupOutcome, List<Measure>> single = new LinkedHashMap<>();

  private GroupMeasures(List<GroupOutcome> groups, Spreads spreads, List<Measure> across) {
    this.groups = List.copyOf(groups);
    this.spreads = spreads;
    this.across = across;
  }

  /**
   * Compares groups.
   *
   * @param groups of which no two have one name
   * @param referenceGroup that the others are held against, if one is named
   * @param reference the same groups in the reference
   */
  public static GroupMeasures of(
      List<GroupOutcome> groups,
      Optional<String> referenceGroup,
      List<GroupOutcome> reference,
      Spreads spreads) {
    Map<String, Measure> before = new LinkedHashMap<>();
    if (!reference.isEmpty()) {
      across(new GroupSheet(reference, Map.of()), spreads)
          .forEach(of -> before.put(of.metric(), of));
    }
    GroupSheet sheet = new GroupSheet(groups, before);
    List<Measure> across = new ArrayList<>(across(sheet, spreads));
    across.addAll(GapChanges.of(groups, reference, spreads));
    GroupMeasures measures = new GroupMeasures(groups, spreads, List.copyOf(across));
    if (sheet.areDecided()) {
      measures.addSingle(referenceGroup);
    }
    Map<String, List<Measure>> estimates = GroupEstimates.single(groups, referenceGroup, spreads);
    groups.forEach(
        group ->
            measures
                .single
                .computeIfAbsent(group, of -> new ArrayList<>())
                .addAll(estimates.getOrDefault(group.name(), List.of())));
    return measures;
  }

  private static List<Measure> across(GroupSheet sheet, Spreads spreads) {
    if (sheet.areDecided()) {
      for (ComparedRate rate : ComparedRate.values()) {
        GroupGaps.add(sheet, spreads, rate);
      }
      GroupReadings.add(sheet);
      GroupGaps.addOddsAndRatio(sheet, spreads);
      GroupReadings.addBounds(sheet);
    } else {
      GroupGaps.add(sheet, spreads, ComparedRate.COVERAGE);
    }
    GroupEstimates.add(sheet, spreads);
    return sheet.measures();
  }

  /** What is told across all groups. */
  public List<Measure> across() {
    return across;
  }

  /** What is told of each group. */
  public Map<GroupOutcome, List<Measure>> single() {
    return Map.copyOf(single);
  }

  /** Each group against the named one, or against all others together. */
  private void addSingle(Optional<String> referenceGroup) {
    for (ComparedRate rate : ComparedRate.values()) {
      SortedGroups sorted = rate.supported(groups);
      addContrasts(rate.metric() + "_vs_rest", rate, AgainstRest.of(sorted, rate.phi(spreads)));
      referenceGroup.ifPresent(
          name ->
              addContrasts(
                  rate.metric() + "_vs_reference",
                  rate,
                  AgainstGroup.of(sorted, name, rate.phi(spreads))));
    }
  }

  private void addContrasts(String metric, ComparedRate rate, Outcome<GroupContrasts> contrasts) {
    contrasts.value().ifPresent(found -> found.contrasts().forEach(of -> add(metric, rate, of)));
  }

  private void add(String metric, ComparedRate rate, GroupContrast contrast) {
    for (GroupOutcome group : groups) {
      if (group.name().equals(contrast.group().group())) {
        MeasureDraft draft =
            new MeasureDraft(contrast.group().n(), ReferenceStatistics.none(), spreads);
        draft.add(
            metric,
            contrast.difference(),
            measure -> {
              MeasureDraft.interval(measure).accept(contrast.interval());
              rate.addPhi(measure, spreads);
              measure
                  .fraction((double) contrast.group().events(), (double) contrast.group().n())
                  .referenceFraction(
                      (double) contrast.against().events(), (double) contrast.against().n())
                  .note("Against '" + contrast.against().group() + "'.");
            });
        single.computeIfAbsent(group, of -> new ArrayList<>()).addAll(draft.measures());
      }
    }
  }
}
