package io.leeway.monitor.metrics;

import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.performance.Confusion;
import io.leeway.stats.performance.Multiclass;
import io.leeway.stats.performance.RocAuc;
import io.leeway.stats.performance.TrueClassRanks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How good the predictions of one of several classes were. */
final class MulticlassMeasures {
  private static final int MOST_RANKS = 5;

  private final OutcomeSheet sheet;
  private final ProfileBundle bundle;
  private final OutcomeCounts counts;
  private final List<String> classes;

  private MulticlassMeasures(OutcomeSheet sheet, ProfileBundle bundle, OutcomeCounts counts) {
    this.sheet = sheet;
    this.bundle = bundle;
    this.counts = counts;
    this.classes = counts.members().classes();
  }

  static void add(OutcomeSheet sheet, ProfileBundle bundle, OutcomeCounts counts) {
    MulticlassMeasures measures = new MulticlassMeasures(sheet, bundle, counts);
    measures.addCounts();
    measures.addRanks();
    measures.addScores();
    measures.addTopScore();
  }

  private void addCounts() {
    Multiclass matrix = Multiclass.of(classes.size(), counts.classPairs());
    sheet.rate("accuracy", counts.accuracy());
    sheet.rate("base_rate", counts.baseRate());
    sheet.rate("selection_rate", counts.selection());
    sheet.estimate("macro_f1", null, matrix.macroF1(), matrix.n());
    sheet.estimate("weighted_f1", null, matrix.weightedF1(), matrix.n());
    sheet.estimate("macro_recall", null, matrix.macroRecall(), matrix.n());
    BinaryMeasures.measure(sheet, "mcc", matrix.mcc(), matrix.n());
    for (int of = 0; of < classes.size(); of++) {
      String label = classes.get(of);
      Confusion confusion = counts.oneAgainstRest(of);
      count("support", label, confusion.positives());
      count("predicted", label, confusion.predicted());
      sheet.rate("precision", label, confusion.precision());
      sheet.rate("recall", label, confusion.recall());
      sheet.rate("fpr", label, confusion.falsePositiveRate());
      sheet.estimate("f1", label, confusion.f1(), confusion.n());
    }
    // Fairness looks at the favourable class alone.
    Confusion favourable = counts.favourable();
    sheet.rate("precision", favourable.precision());
    sheet.rate("recall", favourable.recall());
    sheet.rate("fpr", favourable.falsePositiveRate());
    sheet.rate("fnr", favourable.falseNegativeRate());
  }

  private void count(String metric, String label, long rows) {
    sheet.add(metric, label, counts.judged(), Outcome.of((double) rows), measure -> {});
  }

  private void addRanks() {
    Optional<CategoricalProfile> profile = bundle.categorical(OutcomeMembers.RANK);
    if (profile.isEmpty()) {
      return;
    }
    long[] rows = new long[classes.size()];
    profile
        .get()
        .byName()
        .forEach(
            (rank, n) -> {
              if (rank != null && rank.matches("[0-9]+") && Integer.parseInt(rank) <= rows.length) {
                rows[Integer.parseInt(rank) - 1] += n;
              }
            });
    TrueClassRanks ranks = TrueClassRanks.of(rows);
    for (int k = 2; k <= Math.min(MOST_RANKS, classes.size() - 1); k++) {
      sheet.rate("top_" + k + "_accuracy", ranks.top(k));
    }
  }

  private void addScores() {
    bundle
        .numeric(OutcomeMembers.LOG_LOSS)
        .ifPresent(of -> BinaryMeasures.loss(sheet, "log_loss", of, Varying.LOG_LOSS));
    bundle
        .numeric(OutcomeMembers.BRIER)
        .ifPresent(of -> BinaryMeasures.loss(sheet, "brier", of, Varying.BRIER));
    List<Outcome<RocAuc>> all = new ArrayList<>();
    for (int of = 0; of < classes.size(); of++) {
      Optional<NumericProfile> is = bundle.numeric(OutcomeMembers.scoreIfIs(of));
      Optional<NumericProfile> not = bundle.numeric(OutcomeMembers.scoreIfNot(of));
      if (is.isPresent() && not.isPresent()) {
        ScoreOutcomes scores = ScoreOutcomes.of(is.get(), not.get());
        Outcome<RocAuc> auc = RocAuc.of(scores.table());
        all.add(auc);
        BinaryMeasures.auc(sheet, "roc_auc_ovr", classes.get(of), auc);
        CalibrationMeasures.addOfClass(sheet, scores, classes.get(of));
      }
    }
    addMacroAuc(all);
  }

  private void addMacroAuc(List<Outcome<RocAuc>> all) {
    int missing =
        IntStream.range(0, all.size())
            .filter(of -> !all.get(of).isDefined())
            .findFirst()
            .orElse(-1);
    if (all.size() < classes.size() || missing >= 0) {
      String why =
          missing < 0
              ? "Not every class has a score."
              : "Class '" + classes.get(missing) + "': " + all.get(missing).reason().orElseThrow();
      sheet.add("roc_auc_ovr_macro", counts.judged(), Outcome.undefined(why), measure -> {});
      return;
    }
    double mean = all.stream().mapToDouble(of -> of.orElseThrow().value()).average().orElseThrow();
    double bound =
        all.stream().mapToDouble(of -> of.orElseThrow().errorBound()).average().orElseThrow();
    sheet.add(
        "roc_auc_ovr_macro",
        all.stream().mapToLong(of -> of.orElseThrow().rarer()).min().orElseThrow(),
        Outcome.of(mean),
        measure -> MeasureDraft.errorBound(measure, bound));
  }

  /** Calibration of the class that scored highest, against whether it happened. */
  private void addTopScore() {
    bundle
        .numeric(OutcomeMembers.TOP_SCORE)
        .ifPresent(scores -> CalibrationMeasures.addTopLabel(sheet, scores));
  }
}
