package io.leeway.monitor.metrics;

import io.leeway.profile.Moment;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.performance.AveragePrecision;
import io.leeway.stats.performance.Confusion;
import io.leeway.stats.performance.Lift;
import io.leeway.stats.performance.LogitInterval;
import io.leeway.stats.performance.Measure;
import io.leeway.stats.performance.RocAuc;
import io.leeway.stats.performance.ScoreTable;
import io.leeway.stats.performance.Separation;
import java.util.Optional;
import java.util.function.Function;

/** How good the predictions of one of two outcomes were. */
final class BinaryMeasures {
  private static final double TOP = 0.1;
  private static final double ROUNDINGS = 4 * Math.ulp(1.0);

  private BinaryMeasures() {}

  static void add(OutcomeSheet sheet, ProfileBundle bundle, OutcomeCounts counts) {
    Confusion confusion = counts.favourable();
    sheet.count("tp", confusion.tp());
    sheet.count("fp", confusion.fp());
    sheet.count("tn", confusion.tn());
    sheet.count("fn", confusion.fn());
    sheet.rate("accuracy", counts.accuracy());
    addRates(sheet, confusion);
    sheet.rate("base_rate", counts.baseRate());
    sheet.rate("selection_rate", counts.selection());
    scores(bundle)
        .ifPresent(
            scores -> {
              addRanking(sheet, scores.table());
              addLosses(sheet, bundle, scores);
              CalibrationMeasures.add(sheet, scores);
            });
  }

  /** Labelled rows by their scores. */
  static Optional<ScoreOutcomes> scores(ProfileBundle bundle) {
    Optional<NumericProfile> negatives = bundle.numeric(OutcomeMembers.scoreIf(1));
    return bundle
        .numeric(OutcomeMembers.scoreIf(0))
        .flatMap(positives -> negatives.map(others -> ScoreOutcomes.of(positives, others)));
  }

  /** What follows from the counts of a class against the rest. */
  static void addRates(OutcomeSheet sheet, Confusion confusion) {
    sheet.rate("precision", confusion.precision());
    sheet.rate("recall", confusion.recall());
    sheet.rate("specificity", confusion.specificity());
    sheet.rate("fpr", confusion.falsePositiveRate());
    sheet.rate("fnr", confusion.falseNegativeRate());
    sheet.rate("npv", confusion.negativePredictiveValue());
    sheet.estimate("f1", null, confusion.f1(), confusion.n());
    sheet.estimate("balanced_accuracy", null, confusion.balancedAccuracy(), confusion.n());
    measure(sheet, "mcc", confusion.mcc(), confusion.n());
  }

  /** A value that may stand in the place of an undefined one. */
  static void measure(OutcomeSheet sheet, String metric, Outcome<Measure> found, long rows) {
    if (found.value().filter(of -> !of.estimate().isDefined()).isPresent()) {
      Measure known = found.orElseThrow();
      String why = known.estimate().reason().orElseThrow();
      sheet.add(
          metric,
          rows,
          Outcome.of(known.value()),
          measure -> {
            if (known.byConvention()) {
              measure.convention(why);
            } else {
              measure.note(why);
            }
          });
    } else {
      sheet.estimate(metric, null, found.flatMap(Measure::estimate), rows);
    }
  }

  private static void addRanking(OutcomeSheet sheet, ScoreTable table) {
    auc(sheet, "roc_auc", null, RocAuc.of(table));
    Outcome<AveragePrecision> precision = AveragePrecision.of(table);
    sheet.add(
        "pr_auc",
        table.positives(),
        precision.map(AveragePrecision::value),
        measure -> {
          AveragePrecision found = precision.orElseThrow();
          MeasureDraft.errorBound(measure, found.errorBound());
          logit(measure, found::interval, found.estimate(), sheet.phi(Varying.AVERAGE_PRECISION));
        });
    Outcome<Separation> separation = Separation.of(table);
    sheet.add(
        "ks_separation",
        Math.min(table.positives(), table.negatives()),
        separation.map(of -> of.estimate().value()),
        measure -> {
          Estimate found = separation.orElseThrow().estimate();
          MeasureDraft.errorBound(measure, found.errorBound());
          measure.stdError(found.standardError() * Math.sqrt(sheet.phi(Varying.ROC_AUC).phi()));
        });
    Outcome<Lift> lift = Lift.of(table, TOP);
    sheet.add(
        "lift_top_decile",
        table.rows(),
        lift.map(Lift::value),
        measure -> MeasureDraft.errorBound(measure, lift.orElseThrow().errorBound()));
  }

  static void auc(OutcomeSheet sheet, String metric, String classLabel, Outcome<RocAuc> auc) {
    sheet.add(
        metric,
        classLabel,
        auc.value().map(RocAuc::rarer).orElse(0L),
        auc.map(RocAuc::value),
        measure -> {
          RocAuc found = auc.orElseThrow();
          MeasureDraft.errorBound(measure, found.errorBound());
          measure.fraction((double) found.positives(), (double) found.negatives());
          logit(measure, found::interval, found.estimate(), sheet.phi(Varying.ROC_AUC));
        });
  }

  private static void logit(
      io.leeway.domain.Measure.Builder measure,
      Function<Overdispersion, Outcome<LogitInterval>> interval,
      Outcome<Estimate> estimate,
      Overdispersion phi) {
    interval
        .apply(phi)
        .value()
        .ifPresent(
            of -> {
              measure.interval(of.interval().low(), of.interval().high());
              if (of.heuristic()) {
                measure.flag("HEURISTIC_INTERVAL");
              }
            });
    estimate.value().ifPresent(of -> measure.stdError(of.standardError() * Math.sqrt(phi.phi())));
  }

  private static void addLosses(OutcomeSheet sheet, ProfileBundle bundle, ScoreOutcomes scores) {
    bundle
        .numeric(OutcomeMembers.LOG_LOSS)
        .ifPresent(losses -> loss(sheet, "log_loss", losses, Varying.LOG_LOSS));
    long n = scores.rows();
    if (n == 0) {
      sheet.add("brier", 0, Outcome.undefined("No labelled row has a score."), measure -> {});
      sheet.add("mean_score", 0, Outcome.undefined("No labelled row has a score."), of -> {});
      return;
    }
    double brier = scores.brier();
    Outcome<MeanInterval> mean =
        MeanInterval.of(brier, scores.brierDeviation(), n, sheet.phi(Varying.BRIER));
    sheet.add(
        "brier",
        n,
        Outcome.of(brier),
        measure -> mean.value().ifPresent(of -> OutcomeSheet.mean(measure, of, ROUNDINGS)));
    sheet.add("mean_score", n, Outcome.of(scores.sumScore() / n), measure -> {});
  }

  /** The mean of a loss of every row. */
  static void loss(OutcomeSheet sheet, String metric, NumericProfile losses, Varying varying) {
    sheet.add(
        metric,
        losses.n(),
        losses.meanWithBound().map(Moment::value),
        measure -> {
          Moment mean = losses.meanWithBound().orElseThrow();
          MeasureDraft.errorBound(measure, mean.errorBound());
          measure.fraction(mean.value() * losses.n(), (double) losses.n());
          losses
              .deviation()
              .flatMap(
                  of -> MeanInterval.of(mean.value(), of.value(), losses.n(), sheet.phi(varying)))
              .value()
              .ifPresent(of -> OutcomeSheet.mean(measure, of, mean.errorBound()));
        });
  }
}
