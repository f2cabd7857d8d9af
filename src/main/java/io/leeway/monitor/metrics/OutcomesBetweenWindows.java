package io.leeway.monitor.metrics;

import io.leeway.profile.NumericProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.calibration.CalibrationInTheLarge;
import io.leeway.stats.inference.Estimate;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.performance.AveragePrecision;
import io.leeway.stats.performance.RocAuc;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How much what labels tell of a segment varies between the reference's base windows: rates, losses
 * and errors by their sums; AUC, average precision and calibration in the large of a binary model
 * by the estimate of each window that has 30 positives and 30 negatives.
 *
 * <p>AUC and average precision are taken on the logit scale, as their intervals are: near 1 an
 * estimate that happens to be high has a small standard error, too, so on their own scale they seem
 * to vary more than they do.
 */
final class OutcomesBetweenWindows {
  /** Of what a column of the outcome is the mean. */
  private static final Map<Varying, String> MEANS =
      Map.of(
          Varying.LOG_LOSS, OutcomeMembers.LOG_LOSS,
          Varying.BRIER, OutcomeMembers.BRIER,
          Varying.MEAN_ABSOLUTE_ERROR, OutcomeMembers.ABSOLUTE_ERROR,
          Varying.BIAS, OutcomeMembers.ERROR);

  private final List<ProfileBundle> windows;
  private final WindowFactors factors;
  private final EnumMap<Varying, Outcome<Overdispersion>> found = new EnumMap<>(Varying.class);

  private OutcomesBetweenWindows(List<ProfileBundle> windows, WindowFactors factors) {
    this.windows = windows;
    this.factors = factors;
  }

  static Map<Varying, Outcome<Overdispersion>> of(
      OutcomeMembers members,
      ProfileBundle whole,
      List<ProfileBundle> windows,
      WindowFactors factors) {
    OutcomesBetweenWindows between = new OutcomesBetweenWindows(windows, factors);
    between.addRates(members);
    between.addMeans(whole);
    BinaryMeasures.scores(whole).ifPresent(between::addScores);
    return between.found;
  }

  private void addRates(OutcomeMembers members) {
    List<OutcomeCounts> counts =
        windows.stream().map(window -> OutcomeCounts.of(window, members)).toList();
    OutcomeCounts.RATES.forEach(
        (varying, rate) ->
            found.put(
                varying,
                factors.ofRates(
                    counts.stream().mapToLong(of -> rate.apply(of).numerator()).toArray(),
                    counts.stream().mapToLong(of -> rate.apply(of).denominator()).toArray())));
  }

  private void addMeans(ProfileBundle whole) {
    MEANS.forEach(
        (varying, name) ->
            whole
                .numeric(name)
                .ifPresent(of -> found.put(varying, factors.ofMeans(of, ofWindows(name)))));
  }

  private List<NumericProfile> ofWindows(String name) {
    return windows.stream().flatMap(window -> window.numeric(name).stream()).toList();
  }

  private void addScores(ScoreOutcomes whole) {
    List<ScoreOutcomes> scores =
        windows.stream().flatMap(window -> BinaryMeasures.scores(window).stream()).toList();
    found.put(
        Varying.BRIER,
        factors.ofMeans(
            scores.stream().mapToDouble(ScoreOutcomes::brier).toArray(),
            scores.stream().mapToLong(ScoreOutcomes::rows).toArray(),
            whole.brierDeviation()));
    List<ScoreOutcomes> enough =
        scores.stream().filter(of -> Floor.AUC.objection(of.rarer()).isEmpty()).toList();
    found.put(
        Varying.ROC_AUC,
        ofEstimates(
            enough,
            of -> RocAuc.of(of.table()).flatMap(RocAuc::estimate).flatMap(Estimate::logit)));
    found.put(
        Varying.AVERAGE_PRECISION,
        ofEstimates(
            enough,
            of ->
                AveragePrecision.of(of.table())
                    .flatMap(AveragePrecision::estimate)
                    .flatMap(Estimate::logit)));
    found.put(
        Varying.CALIBRATION,
        whole.areProbabilities()
            ? ofEstimates(enough, OutcomesBetweenWindows::calibration)
            : Outcome.undefined("Some scores lie outside [0, 1], so they promise nothing."));
  }

  private static Outcome<Estimate> calibration(ScoreOutcomes of) {
    return CalibrationInTheLarge.of(of.coarse(), Overdispersion.NONE)
        .map(found -> Estimate.exact(found.value(), found.standardErrorIfRight()));
  }

  /** One window without an estimate and there is no factor: it would be one of the farthest. */
  private Outcome<Overdispersion> ofEstimates(
      List<ScoreOutcomes> enough, Function<ScoreOutcomes, Outcome<Estimate>> estimate) {
    if (enough.size() < factors.leastWindows()) {
      return Outcome.undefined(
          "The reference has %d windows with %d positives and as many negatives; an estimate needs %d."
              .formatted(enough.size(), Floor.AUC.least(), factors.leastWindows()));
    }
    List<Estimate> estimates = new ArrayList<>();
    for (ScoreOutcomes window : enough) {
      Outcome<Estimate> found = estimate.apply(window);
      Optional<String> why = found.reason();
      if (why.isPresent()) {
        return Outcome.undefined(why.get());
      }
      estimates.add(found.orElseThrow());
    }
    return Overdispersion.ofEstimates(estimates);
  }
}
