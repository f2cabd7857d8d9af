package io.leeway.monitor.metrics;

import io.leeway.config.Task;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.JointProfile;
import io.leeway.scan.MonitoredColumn;
import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.RelationBin;
import io.leeway.stats.estimate.RelationShift;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.RateTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the rate of labels, or of right predictions, has changed by each feature: what other inputs
 * make of it, what a changed relation does, and in which group of the feature's values it changed
 * most. Of regressions the same of the mean label and of how far predictions were off ({@link
 * MeanByFeature}).
 */
final class RelationByFeature {
  private RelationByFeature() {}

  /** By feature; none where the sides were counted on other bins. */
  static Map<String, List<Measure>> of(
      String column,
      JointProfile reference,
      JointProfile window,
      Comparison comparison,
      Spreads spreads,
      ColumnFacts facts) {
    Map<String, List<Measure>> byFeature = new LinkedHashMap<>();
    if (facts.members().isEmpty()
        || comparison != Comparison.BASELINE
        || !reference.grid().equals(window.grid())) {
      return byFeature;
    }
    boolean means = facts.members().get().task() == Task.REGRESSION;
    boolean ofLabel = column.startsWith(MonitoredColumn.LABEL_VALUE);
    List<String> features = window.grid().features();
    for (int of = 0; of < features.size(); of++) {
      String feature = features.get(of).substring(MonitoredColumn.GROUP_OF.length());
      byFeature.put(
          feature,
          means
              ? MeanByFeature.of(ofLabel ? "label_mean" : "mae", reference, window, of, spreads)
              : rates(ofLabel ? "label_rate" : "accuracy", reference, window, of, spreads));
    }
    return byFeature;
  }

  private static List<Measure> rates(
      String metric, JointProfile reference, JointProfile window, int feature, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(Comparison.BASELINE, window.n(), reference.n(), spreads);
    add(draft, metric, bins(reference, window, feature), spreads);
    return draft.measures();
  }

  private static List<RelationBin> bins(JointProfile reference, JointProfile window, int feature) {
    double[] rows = window.groupRows(feature);
    double[] events = window.groupSums(feature);
    double[] rowsThen = reference.groupRows(feature);
    double[] eventsThen = reference.groupSums(feature);
    List<RelationBin> bins = new ArrayList<>();
    for (int group = 0; group < rows.length; group++) {
      bins.add(
          new RelationBin(
              (long) rows[group],
              Math.round(events[group]),
              (long) rowsThen[group],
              Math.round(eventsThen[group])));
    }
    return bins;
  }

  private static void add(
      MeasureDraft draft, String metric, List<RelationBin> bins, Spreads spreads) {
    var phi = spreads.overdispersion(Varying.MEAN_TOGETHER);
    Outcome<RelationShift> shift = RelationShift.of(bins, phi);
    addPart(draft, metric + "_change_by_inputs", shift.map(RelationShift::mix));
    addPart(draft, metric + "_change_by_relation", shift.map(RelationShift::relation));
    int most = -1;
    double least = 1;
    for (int group = 0; group < bins.size(); group++) {
      double p = bins.get(group).test(phi).map(RelationByFeature::twoSided).value().orElse(1.0);
      if (p < least) {
        least = p;
        most = group;
      }
    }
    if (most >= 0) {
      RelationBin bin = bins.get(most);
      int compared =
          (int) bins.stream().filter(of -> of.windowRows() > 0 && of.referenceRows() > 0).count();
      double p = Math.min(1, least * compared);
      int group = most;
      draft.add(
          metric + "_change_largest",
          (double) bin.windowEvents() / bin.windowRows()
              - (double) bin.referenceEvents() / bin.referenceRows(),
          measure -> {
            bin.interval(phi).value().ifPresent(MeasureDraft.interval(measure));
            measure
                .fraction((double) bin.windowEvents(), (double) bin.windowRows())
                .referenceFraction((double) bin.referenceEvents(), (double) bin.referenceRows())
                .note(
                    "In group %d of the feature's values, of %d compared; p %.3g."
                        .formatted(group, compared, p));
          });
    }
  }

  private static double twoSided(RateTest test) {
    return Math.min(1, 2 * Math.min(test.pFall(), test.pRise()));
  }

  private static void addPart(MeasureDraft draft, String metric, Outcome<MeanInterval> part) {
    draft.add(
        metric,
        part.map(MeanInterval::mean),
        measure -> {
          MeanInterval of = part.orElseThrow();
          measure.interval(of.interval().low(), of.interval().high()).stdError(of.standardError());
        });
  }
}
