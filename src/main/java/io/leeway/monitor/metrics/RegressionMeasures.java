package io.leeway.monitor.metrics;

import io.leeway.profile.Moment;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import io.leeway.stats.performance.RegressionErrors;
import io.leeway.stats.performance.RegressionErrors.Errors;
import io.leeway.stats.performance.RegressionErrors.Labels;
import io.leeway.stats.performance.RegressionErrors.Relative;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** How far predicted numbers were off. */
final class RegressionMeasures {
  private static final Map<String, Double> QUANTILES =
      Map.of("median_ae", 0.5, "p90_ae", 0.9, "p95_ae", 0.95);

  private RegressionMeasures() {}

  static void add(OutcomeSheet sheet, ProfileBundle bundle) {
    NumericProfile error = bundle.numeric(OutcomeMembers.ERROR).orElse(null);
    NumericProfile absolute = bundle.numeric(OutcomeMembers.ABSOLUTE_ERROR).orElse(null);
    if (error == null || absolute == null) {
      return;
    }
    if (error.n() == 0) {
      for (String metric : new String[] {"mae", "mse", "rmse", "bias", "r2", "mape", "median_ae"}) {
        sheet.add(
            metric, 0, Outcome.undefined("No row has a label and a prediction."), measure -> {});
      }
      sheet.add("mape_n", 0, Outcome.of(0.0), measure -> {});
      return;
    }
    if (!areSummed(bundle)) {
      sheet.add(
          "mae",
          error.n(),
          Outcome.undefined("Some errors are too large to be added up."),
          measure -> {});
      return;
    }
    RegressionErrors errors = errors(bundle, error, absolute);
    long n = error.n();
    BinaryMeasures.measure(sheet, "mae", errors.mae(), n);
    BinaryMeasures.measure(sheet, "mse", errors.mse(), n);
    BinaryMeasures.measure(sheet, "rmse", errors.rmse(), n);
    BinaryMeasures.measure(sheet, "bias", errors.bias(), n);
    BinaryMeasures.measure(sheet, "r2", errors.r2(), n);
    BinaryMeasures.measure(sheet, "mape", errors.mape(), errors.relative().rows());
    BinaryMeasures.measure(sheet, "wape", errors.wape(), n);
    sheet.add("mape_n", n, Outcome.of((double) errors.relative().rows()), measure -> {});
    QUANTILES.forEach((metric, share) -> addQuantile(sheet, metric, absolute, share));
    Outcome<Estimate> spread =
        error.deviation().map(Moment::value).map(of -> Estimate.exact(of, of / Math.sqrt(2.0 * n)));
    sheet.estimate("error_std", null, spread, n);
  }

  /** Whether every number and square that is needed fits the sums. */
  private static boolean areSummed(ProfileBundle bundle) {
    return Stream.of(
                OutcomeMembers.ERROR,
                OutcomeMembers.ABSOLUTE_ERROR,
                OutcomeMembers.RELATIVE_ERROR,
                OutcomeMembers.LABEL,
                OutcomeMembers.ABSOLUTE_LABEL)
            .map(name -> bundle.numeric(name).orElseThrow())
            .allMatch(of -> Double.isFinite(of.total()))
        && Stream.of(OutcomeMembers.ERROR, OutcomeMembers.LABEL)
            .map(name -> bundle.numeric(name).orElseThrow())
            .allMatch(of -> of.n() < 2 || Double.isFinite(of.variance()))
        && Double.isFinite(bundle.numeric(OutcomeMembers.ERROR).orElseThrow().squares());
  }

  private static RegressionErrors errors(
      ProfileBundle bundle, NumericProfile error, NumericProfile absolute) {
    NumericProfile label = bundle.numeric(OutcomeMembers.LABEL).orElseThrow();
    NumericProfile relative = bundle.numeric(OutcomeMembers.RELATIVE_ERROR).orElseThrow();
    NumericProfile absoluteLabel = bundle.numeric(OutcomeMembers.ABSOLUTE_LABEL).orElseThrow();
    return new RegressionErrors(
        new Errors(
            error.n(), error.total(), absolute.total(), error.squares(), OptionalDouble.empty()),
        // About the labels' own mean nothing is left of their sum.
        new Labels(
            absoluteLabel.total(), 0, label.n() < 2 ? 0 : label.variance() * (label.n() - 1)),
        new Relative(relative.n(), relative.total()));
  }

  private static void addQuantile(
      OutcomeSheet sheet, String metric, NumericProfile absolute, double share) {
    absolute
        .quantile(share)
        .ifPresent(
            found ->
                sheet.add(
                    metric,
                    absolute.n(),
                    Outcome.of(found.value()),
                    measure -> MeasureDraft.errorBound(measure, found.errorBound())));
  }
}
