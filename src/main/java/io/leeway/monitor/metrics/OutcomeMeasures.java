package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.performance.Share;
import java.util.List;

/** What labels tell of the predictions of one segment. */
final class OutcomeMeasures {
  private OutcomeMeasures() {}

  static List<Measure> of(
      ProfileBundle bundle, ReferenceStatistics reference, Spreads spreads, ColumnFacts facts) {
    OutcomeMembers members = facts.members().orElseThrow();
    OutcomeCounts counts = OutcomeCounts.of(bundle, members);
    OutcomeSheet sheet = new OutcomeSheet(reference, spreads, counts, facts);
    addLabels(sheet, counts, facts.late());
    switch (members.task()) {
      case BINARY -> BinaryMeasures.add(sheet, bundle, counts);
      case MULTICLASS -> MulticlassMeasures.add(sheet, bundle, counts);
      case REGRESSION -> RegressionMeasures.add(sheet, bundle);
      case TELEMETRY -> throw new IllegalStateException("Telemetry has no labels.");
    }
    return sheet.measures();
  }

  /** How many labels there are, and what is odd about them. */
  private static void addLabels(OutcomeSheet sheet, OutcomeCounts counts, LateLabels late) {
    sheet.add("n_labelled", counts.rows(), Outcome.of((double) counts.labelled()), measure -> {});
    sheet.rate("label_coverage", counts.coverage());
    sheet.count("labels_assumed", counts.inState(OutcomeMembers.ASSUMED));
    sheet.count("labels_outside_classes", counts.inState(OutcomeMembers.OUTSIDE));
    sheet.count("labels_early", counts.marked(OutcomeMembers.EARLY));
    sheet.count("labels_repeated", counts.marked(OutcomeMembers.REPEATED));
    int classes = counts.classes();
    List<String> names = counts.members().classes();
    for (int decided = 0; decided < classes; decided++) {
      long all = counts.decided(decided);
      long unknown = counts.pairs()[classes][decided];
      sheet.rate("label_coverage_decided", names.get(decided), new Share(all - unknown, all));
    }
    for (int of = 0; of < late.known().size() && !late.byAge(); of++) {
      double known = late.known().get(of);
      sheet.add(
          "label_share_expected", names.get(of), counts.rows(), Outcome.of(known), measure -> {});
    }
    if (classes > 0 && counts.labelled() < counts.rows()) {
      addBounds(sheet, counts);
    }
  }

  /** Between what accuracy can still end up, whatever the missing labels turn out to be. */
  private static void addBounds(OutcomeSheet sheet, OutcomeCounts counts) {
    int classes = counts.classes();
    long correct = counts.accuracy().numerator();
    long unlabelled = 0;
    for (int decided = 0; decided < classes; decided++) {
      unlabelled += counts.pairs()[classes][decided];
    }
    long rows = counts.judged() + unlabelled;
    if (rows > 0) {
      sheet.add("accuracy_least", rows, Outcome.of((double) correct / rows), measure -> {});
      sheet.add(
          "accuracy_most", rows, Outcome.of((double) (correct + unlabelled) / rows), measure -> {});
    }
  }
}
