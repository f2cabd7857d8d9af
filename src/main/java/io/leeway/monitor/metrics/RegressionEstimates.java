package io.leeway.monitor.metrics;

import io.leeway.profile.AlignedScores;
import io.leeway.profile.JointProfile;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.ErrorBin;
import io.leeway.stats.estimate.EstimatedErrors;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How far predicted numbers ought to be off, by the errors that such predictions had in the
 * reference; bins are the coarse ones of the prediction.
 */
final class RegressionEstimates {
  /** What is estimated. */
  static final List<String> METRICS = List.of("mae", "rmse", "bias");

  private RegressionEstimates() {}

  /** Nothing where a side was counted without what it takes. */
  static void add(
      EstimateSheet sheet, ProfileBundle reference, ProfileBundle window, Spreads spreads) {
    Optional<JointProfile> errors = reference.joint(OutcomeMembers.ERROR_BY_PREDICTION);
    Optional<JointProfile> sizes = reference.joint(OutcomeMembers.ABSOLUTE_ERROR_BY_PREDICTION);
    Optional<NumericProfile> fourth = reference.numeric(OutcomeMembers.ABSOLUTE_ERROR);
    Optional<NumericProfile> before = reference.numeric(OutcomeMembers.PREDICTION);
    Optional<NumericProfile> now = window.numeric(OutcomeMembers.PREDICTION);
    boolean known = errors.isPresent() && sizes.isPresent() && fourth.isPresent();
    if (!known || before.isEmpty() || now.isEmpty()) {
      return;
    }
    sheet.restsOn(errors.get().n());
    Outcome<List<ErrorBin>> bins =
        !before.get().grid().equals(now.get().grid())
            ? Outcome.undefined("MIXED_BINS: the reference was counted on other bins.")
            : errors.get().overflows() + sizes.get().overflows() > 0
                ? Outcome.undefined("Some errors of the reference are too large to be added up.")
                : Outcome.of(bins(errors.get(), sizes.get(), now.get()));
    double fourthPowers = fourthPowers(fourth.get());
    Function<Varying, Outcome<EstimatedErrors>> found =
        varying ->
            bins.flatMap(
                of -> EstimatedErrors.of(of, fourthPowers, spreads.overdispersion(varying)));
    Outcome<EstimatedErrors> bySize = found.apply(Varying.MEAN_ABSOLUTE_ERROR);
    bySize.value().ifPresent(of -> sheet.extrapolated(of.extrapolatedShare()));
    add(sheet, "mae", bySize.map(EstimatedErrors::mae), EstimateSheet.SIZE, sizes.get());
    add(sheet, "rmse", bySize.map(EstimatedErrors::rmse), EstimateSheet.SIZE, sizes.get());
    add(
        sheet,
        "bias",
        found.apply(Varying.BIAS).map(EstimatedErrors::bias),
        EstimateSheet.NUMBER,
        errors.get());
  }

  /** Each error was rounded once, so no mean of them and no root is off by more than that. */
  private static void add(
      EstimateSheet sheet,
      String metric,
      Outcome<MeanInterval> estimate,
      Interval range,
      JointProfile from) {
    sheet.add(metric, estimate, range, OptionalDouble.of(from.grid().outputUnit() / 2));
  }

  private static List<ErrorBin> bins(
      JointProfile errors, JointProfile sizes, NumericProfile predictions) {
    List<AlignedScores.Sum> window =
        AlignedScores.sums(predictions, predictions.grid().coarseEdges());
    double[] rows = errors.groupRows(0);
    double[] sums = errors.groupSums(0);
    double[] absolute = sizes.groupSums(0);
    double[] squares = sizes.groupSquares(0);
    double center = errors.grid().outputCenter();
    List<ErrorBin> bins = new ArrayList<>();
    for (int bin = 0; bin < window.size(); bin++) {
      bins.add(
          new ErrorBin(
              (long) rows[bin],
              sums[bin] + rows[bin] * center,
              absolute[bin],
              squares[bin],
              window.get(bin).rows()));
    }
    return bins;
  }

  /** Σe⁴, each error within half a percent. */
  private static double fourthPowers(NumericProfile sizes) {
    return AlignedScores.of(List.of(sizes)).stream()
        .mapToDouble(cell -> cell.rows()[0] * Math.pow(cell.middle(), 4))
        .sum();
  }
}
