package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.EstimateContrast;
import io.leeway.stats.fairness.EstimateContrasts;
import io.leeway.stats.fairness.EstimateGap;
import io.leeway.stats.fairness.GroupErrors;
import io.leeway.stats.fairness.GroupEstimate;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far groups lie apart in what is no rate: calibration in the large where scores are
 * probabilities; of a regression the mean error and how widely errors are spread.
 */
final class GroupEstimates {
  private GroupEstimates() {}

  static void add(GroupSheet sheet, Spreads spreads) {
    of(sheet.groups(), spreads).forEach((metric, estimates) -> add(sheet, metric, estimates));
  }

  /** The supported groups by what gaps in their estimates are called. */
  static Map<String, List<GroupEstimate>> of(List<GroupOutcome> groups, Spreads spreads) {
    Map<String, List<GroupEstimate>> estimates = new LinkedHashMap<>();
    if (groups.stream().anyMatch(group -> group.calibration().isPresent())) {
      estimates.put("calibration_gap", calibrations(groups, spreads));
    } else if (groups.stream().anyMatch(group -> group.errors().isPresent())) {
      Overdispersion phi = spreads.overdispersion(Varying.BIAS);
      estimates.put("mean_error_gap", meanErrors(groups, phi));
      estimates.put("error_spread_log_ratio", errorSpreads(groups, phi));
    }
    return estimates;
  }

  /** Each group against the named one, or against all others together. */
  static Map<String, List<Measure>> single(
      List<GroupOutcome> groups, Optional<String> referenceGroup, Spreads spreads) {
    Map<String, List<Measure>> single = new LinkedHashMap<>();
    if (groups.stream().anyMatch(group -> group.calibration().isPresent())) {
      addContrasts(single, "calibration", calibrations(groups, spreads), referenceGroup, spreads);
    } else {
      Overdispersion phi = spreads.overdispersion(Varying.BIAS);
      addContrasts(single, "mean_error", meanErrors(groups, phi), referenceGroup, spreads);
    }
    return single;
  }

  private static void addContrasts(
      Map<String, List<Measure>> single,
      String metric,
      List<GroupEstimate> estimates,
      Optional<String> referenceGroup,
      Spreads spreads) {
    addContrasts(single, metric + "_vs_rest", EstimateContrasts.againstRest(estimates), spreads);
    referenceGroup.ifPresent(
        name ->
            addContrasts(
                single,
                metric + "_vs_reference",
                EstimateContrasts.againstGroup(estimates, name),
                spreads));
  }

  private static void addContrasts(
      Map<String, List<Measure>> single,
      String metric,
      Outcome<List<EstimateContrast>> contrasts,
      Spreads spreads) {
    for (EstimateContrast contrast : contrasts.value().orElse(List.of())) {
      MeasureDraft draft =
          new MeasureDraft(contrast.group().rows(), ReferenceStatistics.none(), spreads);
      draft.add(
          metric,
          contrast.difference(),
          measure -> {
            MeasureDraft.interval(measure).accept(contrast.interval());
            measure.note("Against '" + contrast.against() + "'.");
          });
      single
          .computeIfAbsent(contrast.group().group(), of -> new ArrayList<>())
          .addAll(draft.measures());
    }
  }

  private static List<GroupEstimate> calibrations(List<GroupOutcome> groups, Spreads spreads) {
    Overdispersion phi = spreads.overdispersion(Varying.CALIBRATION);
    List<GroupEstimate> estimates = new ArrayList<>();
    for (GroupOutcome group : groups) {
      group
          .calibration()
          .filter(of -> Floor.CALIBRATION.objection(of.rows()).isEmpty())
          .filter(of -> Floor.CALIBRATION_CLASS.objection(of.rarer()).isEmpty())
          .ifPresent(
              of ->
                  estimates.add(
                      new GroupEstimate(group.name(), of.mean().varyingBy(phi), of.rows())));
    }
    return estimates;
  }

  private static List<GroupEstimate> meanErrors(List<GroupOutcome> groups, Overdispersion phi) {
    return errors(groups).stream().flatMap(of -> of.meanError(phi).value().stream()).toList();
  }

  private static List<GroupEstimate> errorSpreads(List<GroupOutcome> groups, Overdispersion phi) {
    return errors(groups).stream().flatMap(of -> of.logSpread(phi).value().stream()).toList();
  }

  private static List<GroupErrors> errors(List<GroupOutcome> groups) {
    List<GroupErrors> errors = new ArrayList<>();
    for (GroupOutcome group : groups) {
      group
          .errors()
          .filter(of -> Floor.MEAN.objection(of.rows()).isEmpty())
          .ifPresent(
              of ->
                  errors.add(
                      new GroupErrors(
                          group.name(),
                          of.rows(),
                          of.mean(),
                          of.deviation(),
                          OptionalDouble.empty())));
    }
    return errors;
  }

  private static void add(GroupSheet sheet, String metric, List<GroupEstimate> estimates) {
    Outcome<EstimateGap> gap = EstimateGap.of(estimates);
    sheet.add(
        metric + GroupSheet.SUPPORTED,
        sheet.labelled(),
        gap.map(EstimateGap::gap),
        measure -> {
          EstimateGap found = gap.orElseThrow();
          MeasureDraft.interval(measure).accept(found.interval());
          measure.expected(found.expected());
          measure.note(
              "Highest in '%s', lowest in '%s'."
                  .formatted(found.highest().group(), found.lowest().group()));
        },
        "");
    sheet.add(metric + "_pvalue", sheet.labelled(), gap.map(of -> of.pLimit(0)));
  }
}
