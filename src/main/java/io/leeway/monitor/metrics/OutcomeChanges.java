package io.leeway.monitor.metrics;

import io.leeway.config.Task;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How what labels tell has changed: of each number the difference, window less reference, with its
 * interval; of accuracy the relative fall, too. Beside the baseline also what was to be expected
 * before the labels came.
 */
final class OutcomeChanges {
  private static final String CHANGE = "_change";

  /** What a change is told of. */
  private static final Set<String> CHANGED =
      Set.of(
          "label_coverage",
          "accuracy",
          "precision",
          "recall",
          "fpr",
          "base_rate",
          "selection_rate",
          "f1",
          "balanced_accuracy",
          "mcc",
          "macro_f1",
          "roc_auc",
          "pr_auc",
          "log_loss",
          "brier",
          "calibration_in_the_large",
          "mae",
          "rmse",
          "bias");

  private OutcomeChanges() {}

  static Map<String, List<Measure>> of(
      ProfileBundle reference,
      ProfileBundle window,
      Comparison comparison,
      Spreads spreads,
      ColumnFacts facts) {
    ColumnFacts then = facts.of(LateLabels.NONE, CHANGED::contains);
    ColumnFacts now = facts.of(facts.late(), CHANGED::contains);
    Map<String, Measure> ofReference = new HashMap<>();
    OutcomeMeasures.of(reference, ReferenceStatistics.none(), spreads, then).stream()
        .filter(measure -> measure.classLabel() == null)
        .forEach(measure -> ofReference.put(measure.metric(), measure));
    List<Measure> ofWindow = OutcomeMeasures.of(window, ReferenceStatistics.none(), spreads, now);
    List<Measure> changes = new ArrayList<>();
    for (Measure measure : ofWindow) {
      if (measure.classLabel() == null && CHANGED.contains(measure.metric())) {
        changes.add(change(measure, ofReference.get(measure.metric()), comparison, spreads));
        if (measure.metric().equals("accuracy")) {
          changes.add(relative(measure, ofReference.get("accuracy"), comparison));
        }
      }
    }
    if (comparison == Comparison.BASELINE && facts.members().orElseThrow().task() == Task.BINARY) {
      changes.addAll(EstimateMeasures.of(reference, window, ofWindow, spreads, facts));
    }
    return Map.of("", changes);
  }

  private static Measure change(Measure now, Measure then, Comparison comparison, Spreads spreads) {
    String metric = now.metric() + CHANGE;
    if (now.value() == null || then == null || then.value() == null) {
      return undefined(metric, now, then, comparison);
    }
    Overdispersion phi =
        Varying.of(now.metric()).map(spreads::overdispersion).orElse(Overdispersion.NONE);
    Measure.Builder measure = Measure.of(metric, comparison, now.value() - then.value());
    interval(now, then, phi).ifPresent(of -> measure.interval(of.low(), of.high()));
    if (now.stdError() != null && then.stdError() != null) {
      measure.stdError(Math.hypot(now.stdError(), then.stdError()));
    }
    double bound = orZero(now.errorBound()) + orZero(then.errorBound());
    MeasureDraft.errorBound(measure, bound);
    return described(measure, now, then);
  }

  private static double orZero(Double bound) {
    return bound == null ? 0 : bound;
  }

  /** By what share of its value it has fallen; negative where it has risen. */
  private static Measure relative(Measure now, Measure then, Comparison comparison) {
    String metric = "accuracy_drift";
    if (now.value() == null || then == null || then.value() == null || then.value() == 0) {
      return undefined(metric, now, then, comparison);
    }
    double fall = (then.value() - now.value()) / then.value();
    return described(Measure.of(metric, comparison, fall), now, then);
  }

  private static Measure undefined(
      String metric, Measure now, Measure then, Comparison comparison) {
    String why =
        now.value() == null
            ? now.reason()
            : then == null || then.value() == null
                ? "Of what it is held against there is no value: "
                    + (then == null ? "it was not computed." : then.reason())
                : "What it is held against is 0.";
    Measure measure =
        Measure.undefined(metric, comparison, why).n(now.n()).nLabelled(now.nLabelled()).build();
    return now.flags().contains(Measure.PROVISIONAL) ? measure.asProvisional() : measure;
  }

  private static Measure described(Measure.Builder measure, Measure now, Measure then) {
    measure.n(now.n()).nLabelled(now.nLabelled()).reference(then.value(), then.n());
    if (now.numerator() != null && then.numerator() != null) {
      measure
          .fraction(now.numerator(), now.denominator())
          .referenceFraction(then.numerator(), then.denominator());
    }
    now.flags().stream()
        .filter(flag -> !flag.equals(MeasureDraft.APPROXIMATE))
        .forEach(measure::flag);
    if (now.phi() != null) {
      measure.overdispersion(now.phi(), now.phiDf());
    }
    for (Measure side : List.of(now, then)) {
      if (side.status() == Status.LOW_SUPPORT || side.status() == Status.CONVENTION) {
        measure.lowSupport(side.reason());
      }
    }
    return measure.build();
  }

  /** Of rates Newcombe's, else that of a difference of means. */
  private static Optional<Interval> interval(Measure now, Measure then, Overdispersion phi) {
    if (OutcomeCounts.RATES.keySet().stream().anyMatch(of -> of.metric().equals(now.metric()))
        && now.numerator() != null
        && then.numerator() != null) {
      return Newcombe.difference(
              now.numerator().longValue(),
              now.denominator().longValue(),
              then.numerator().longValue(),
              then.denominator().longValue(),
              phi)
          .value();
    }
    if (now.stdError() == null || then.stdError() == null) {
      return Optional.empty();
    }
    Outcome<MeanContrast> contrast =
        Outcome.of(
            MeanContrast.of(
                new MeanInterval(now.value(), now.stdError(), phi.degrees()),
                new MeanInterval(then.value(), then.stdError(), phi.degrees()),
                0,
                1));
    return contrast.map(MeanContrast::interval).value();
  }
}
