package io.leeway.monitor.metrics;

import io.leeway.profile.AlignedScores;
import io.leeway.profile.NumericProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.calibration.BrierDecomposition;
import io.leeway.stats.calibration.CalibrationInTheLarge;
import io.leeway.stats.calibration.CalibrationOffset;
import io.leeway.stats.calibration.CumulativeCalibrationError;
import io.leeway.stats.calibration.ExpectedCalibrationError;
import io.leeway.stats.calibration.LogisticCalibration;
import io.leeway.stats.calibration.MaximumCalibrationError;
import io.leeway.stats.calibration.ObservedExpected;
import io.leeway.stats.calibration.ReliabilityBin;
import io.leeway.stats.calibration.ReliabilityTable;
import io.leeway.stats.calibration.SquaredCalibrationError;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.performance.Share;
import java.util.ArrayList;
import java.util.List;

/** Whether as much comes as the scores promise. */
final class CalibrationMeasures {
  /** A tenth with fewer rows says nothing of the greatest error. */
  private static final long LEAST_IN_BIN = 30;

  /** What a walk over all scores tells. */
  private static final String[] CUMULATIVE = {"ecce", "ecce_scaled", "ecce_pvalue"};

  /** What a line through all scores tells, whose fit takes many walks. */
  private static final String[] LINE = {
    "calibration_slope", "calibration_intercept", "calibration_line_pvalue", "calibration_offset"
  };

  private final OutcomeSheet sheet;
  private final ScoreOutcomes scores;
  private final Overdispersion phi;

  private CalibrationMeasures(OutcomeSheet sheet, ScoreOutcomes scores) {
    this.sheet = sheet;
    this.scores = scores;
    this.phi = sheet.phi(Varying.CALIBRATION);
  }

  static void add(OutcomeSheet sheet, ScoreOutcomes scores) {
    if (!scores.areProbabilities()) {
      String why =
          scores.rows() == 0
              ? "No labelled row has a score."
              : "Some scores lie outside [0, 1], so they promise nothing.";
      sheet.add("ece", scores.rows(), Outcome.undefined(why), measure -> {});
      return;
    }
    CalibrationMeasures measures = new CalibrationMeasures(sheet, scores);
    ReliabilityTable coarse = scores.coarse();
    measures.addBinned(coarse);
    measures.addSigned(coarse);
    measures.addCurve(coarse.tenths());
    if (sheet.isAnyWritten(CUMULATIVE)) {
      measures.addCumulative(scores.fine());
    }
    if (sheet.isAnyWritten(LINE)) {
      measures.addLine(scores.fine());
    }
  }

  /** Of one class against the rest, what does not grow with noise. */
  static void addOfClass(OutcomeSheet sheet, ScoreOutcomes scores, String label) {
    if (scores.areProbabilities()) {
      Overdispersion phi = sheet.phi(Varying.CALIBRATION);
      Outcome<CalibrationInTheLarge> large = CalibrationInTheLarge.of(scores.coarse(), phi);
      sheet.add(
          "calibration_in_the_large",
          label,
          scores.rows(),
          large.map(CalibrationInTheLarge::value),
          measure -> {
            MeasureDraft.interval(measure).accept(large.orElseThrow().interval());
            measure.stdError(large.orElseThrow().standardError());
          });
      Outcome<ExpectedCalibrationError> error =
          ExpectedCalibrationError.of(scores.coarse().tenths(), phi);
      sheet.add(
          "ece",
          label,
          scores.rows(),
          error.map(ExpectedCalibrationError::value),
          measure ->
              measure
                  .expected(error.orElseThrow().expected())
                  .stdError(error.orElseThrow().standardError()));
    }
  }

  /**
   * Of the highest score of each row.
   *
   * @param scores their decision being whether the class happened
   */
  static void addTopLabel(OutcomeSheet sheet, NumericProfile scores) {
    if (scores.n() == 0) {
      sheet.add("ece", 0, Outcome.undefined("No labelled row has all scores."), measure -> {});
      return;
    }
    Outcome<ExpectedCalibrationError> error =
        ExpectedCalibrationError.of(topTenths(scores), sheet.phi(Varying.CALIBRATION));
    sheet.add(
        "ece",
        scores.n(),
        error.map(ExpectedCalibrationError::value),
        measure ->
            measure
                .expected(error.orElseThrow().expected())
                .stdError(error.orElseThrow().standardError()));
  }

  private static ReliabilityTable topTenths(NumericProfile scores) {
    double[] edges = scores.grid().coarseEdges();
    long[] hits = new long[edges.length + 1];
    long[] all = new long[edges.length + 1];
    for (AlignedScores.Cell cell : AlignedScores.of(List.of(scores))) {
      int tenth = 0;
      while (tenth < edges.length && edges[tenth] <= cell.low()) {
        tenth++;
      }
      hits[tenth] += cell.decided()[0];
      all[tenth] += cell.rows()[0];
    }
    List<AlignedScores.Sum> sums = AlignedScores.sums(scores, edges);
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int tenth = 0; tenth <= edges.length; tenth++) {
      if (all[tenth] > 0) {
        AlignedScores.Sum sum = sums.get(tenth);
        double mean = sum.sum() / all[tenth];
        bins.add(
            new ReliabilityBin(
                sum.least(),
                sum.greatest(),
                all[tenth],
                hits[tenth],
                sum.sum(),
                sum.sum() * mean,
                hits[tenth] * mean));
      }
    }
    return ReliabilityTable.of(bins);
  }

  private void addBinned(ReliabilityTable coarse) {
    addExpected("ece", coarse.tenths());
    addExpected("ece_equal_mass", coarse.groupedBy(scores.referenceTenths(coarse)));
    Outcome<MaximumCalibrationError> most =
        MaximumCalibrationError.of(coarse.tenths(), LEAST_IN_BIN);
    sheet.add(
        "mce",
        most.value().map(of -> of.bin().n()).orElse(0L),
        most.map(MaximumCalibrationError::value),
        measure -> {
          ReliabilityBin bin = most.orElseThrow().bin();
          measure.note(
              "Among scores from " + (float) bin.low() + " to " + (float) bin.high() + ".");
        });
    Outcome<SquaredCalibrationError> squared = SquaredCalibrationError.of(coarse.tenths());
    sheet.add("calibration_error_l2", rows(), squared.map(SquaredCalibrationError::root), of -> {});
    sheet.add(
        "calibration_error_l2_squared",
        rows(),
        squared.map(SquaredCalibrationError::square),
        of -> {});
    Outcome<BrierDecomposition> parts = BrierDecomposition.of(coarse.tenths());
    sheet.add("brier_reliability", rows(), parts.map(BrierDecomposition::reliability), of -> {});
    sheet.add("brier_resolution", rows(), parts.map(BrierDecomposition::resolution), of -> {});
    sheet.add("brier_uncertainty", rows(), parts.map(BrierDecomposition::uncertainty), of -> {});
  }

  private long rows() {
    return scores.rows();
  }

  private void addExpected(String metric, ReliabilityTable table) {
    Outcome<ExpectedCalibrationError> error = ExpectedCalibrationError.of(table, phi);
    sheet.add(
        metric,
        rows(),
        error.map(ExpectedCalibrationError::value),
        measure -> {
          ExpectedCalibrationError found = error.orElseThrow();
          measure.expected(found.expected()).stdError(found.standardError());
          Floor.CALIBRATION_CLASS.objection(scores.rarer()).ifPresent(measure::lowSupport);
        });
    sheet.add(
        metric + "_corrected", rows(), error.map(ExpectedCalibrationError::corrected), of -> {});
  }

  private void addSigned(ReliabilityTable table) {
    Outcome<CalibrationInTheLarge> large = CalibrationInTheLarge.of(table, phi);
    sheet.add(
        "calibration_in_the_large",
        rows(),
        large.map(CalibrationInTheLarge::value),
        measure -> {
          CalibrationInTheLarge found = large.orElseThrow();
          MeasureDraft.interval(measure).accept(found.interval());
          measure.stdError(found.standardError());
        });
    sheet.add(
        "calibration_in_the_large_pvalue",
        rows(),
        large.map(CalibrationInTheLarge::pChange),
        measure -> {});
    Outcome<ObservedExpected> ratio = ObservedExpected.of(table, phi);
    sheet.add(
        "observed_expected",
        rows(),
        ratio.map(ObservedExpected::ratio),
        measure -> {
          MeasureDraft.interval(measure).accept(ratio.orElseThrow().interval());
          measure.fraction((double) table.positives(), table.sumScore());
        });
  }

  /** One measure a tenth: what came, beside what was promised. */
  private void addCurve(ReliabilityTable tenths) {
    for (ReliabilityBin bin : tenths.bins()) {
      if (bin.n() > 0) {
        int tenth = (int) Math.min(9, Math.floor(10 * bin.low()));
        Share share = new Share(bin.positives(), bin.n());
        sheet.add(
            "reliability_" + tenth,
            bin.n(),
            share.value(),
            measure -> {
              measure
                  .expected(bin.sumScore() / bin.n())
                  .fraction((double) bin.positives(), (double) bin.n());
              share.interval(phi).value().ifPresent(MeasureDraft.interval(measure));
            });
      }
    }
  }

  private void addCumulative(ReliabilityTable fine) {
    Outcome<CumulativeCalibrationError> error = CumulativeCalibrationError.of(fine, phi);
    double ofMiddles = ofMiddles(fine);
    sheet.add(
        "ecce",
        rows(),
        error.map(CumulativeCalibrationError::value),
        measure -> MeasureDraft.errorBound(measure, error.orElseThrow().bound() + ofMiddles));
    sheet.add("ecce_scaled", rows(), error.flatMap(CumulativeCalibrationError::z), of -> {});
    sheet.add("ecce_pvalue", rows(), error.flatMap(CumulativeCalibrationError::pChange), of -> {});
  }

  /** How far the running sum of scores may be off where scores stand for the middle of bins. */
  private static double ofMiddles(ReliabilityTable fine) {
    return fine.bins().stream().mapToDouble(bin -> bin.n() * (bin.high() - bin.low()) / 2).sum()
        / Math.max(1, fine.n());
  }

  private void addLine(ReliabilityTable fine) {
    Outcome<LogisticCalibration> line = LogisticCalibration.of(fine, phi);
    addTerm(
        "calibration_slope",
        line.map(LogisticCalibration::slope),
        line.value().map(LogisticCalibration::slopeBound).orElse(0.0));
    addTerm(
        "calibration_intercept",
        line.map(LogisticCalibration::intercept),
        line.value().map(LogisticCalibration::interceptBound).orElse(0.0));
    sheet.add("calibration_line_pvalue", rows(), line.map(LogisticCalibration::pChange), of -> {});
    Outcome<CalibrationOffset> offset = CalibrationOffset.of(fine, phi);
    addTerm(
        "calibration_offset",
        offset.map(CalibrationOffset::intercept),
        offset.value().map(CalibrationOffset::bound).orElse(0.0));
  }

  private void addTerm(String metric, Outcome<MeanInterval> term, double bound) {
    sheet.add(
        metric,
        rows(),
        term.map(MeanInterval::mean),
        measure -> {
          if (Double.isFinite(bound)) {
            MeasureDraft.errorBound(measure, bound);
          } else {
            measure.withoutErrorBound().flag(MeasureDraft.APPROXIMATE);
          }
          OutcomeSheet.mean(measure, term.orElseThrow(), Double.isFinite(bound) ? bound : 0);
        });
  }
}
