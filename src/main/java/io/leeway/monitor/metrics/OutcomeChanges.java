package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
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
  private static final String DRIFT = "accuracy_drift";

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

  /** Of a segment's outcome, whatever of it is written. */
  static List<Measure> of(
      Described<?> reference,
      Described<?> window,
      Comparison comparison,
      Spreads spreads,
      ColumnFacts facts) {
    Map<String, Measure> ofReference = reference.byMetric();
    List<Measure> changes = new ArrayList<>();
    for (Measure now : window.statistics()) {
      Measure then = ofReference.get(now.metric());
      if (isTold(now, now.metric() + CHANGE, facts)) {
        changes.add(change(now, then, comparison, spreads));
      }
      if (now.metric().equals("accuracy") && isTold(now, DRIFT, facts)) {
        changes.add(relative(now, then, comparison));
      }
    }
    if (comparison == Comparison.BASELINE && EstimateMeasures.isAnyWritten(facts)) {
      changes.addAll(EstimateMeasures.of(reference, window, spreads, facts));
    }
    return changes;
  }

  private static boolean isTold(Measure now, String change, ColumnFacts facts) {
    return now.classLabel() == null
        && CHANGED.contains(now.metric())
        && facts.written().test(change);
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
    if (now.value() == null || then == null || then.value() == null || then.value() == 0) {
      return undefined(DRIFT, now, then, comparison);
    }
    double fall = (then.value() - now.value()) / then.value();
    return described(Measure.of(DRIFT, comparison, fall), now, then);
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
