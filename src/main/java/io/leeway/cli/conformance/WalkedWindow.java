package io.leeway.cli.conformance;

import io.leeway.config.Task;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.paired.PairedAuc;
import io.leeway.stats.paired.PairedDifference;
import io.leeway.stats.paired.PairedMean;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/**
 * A line of the table that compares a retrained model with the published one: log loss and AUC of
 * two classes, absolute error of numbers; differences with intervals of 95 % by paired rows.
 */
final class WalkedWindow {
  private static final double CONFIDENCE = 0.95;
  private static final double LEAST = 0x1p-52;

  private WalkedWindow() {}

  static List<String> header(Task task) {
    return task == Task.BINARY
        ? List.of(
            "| window from | rows | log loss published | retrained | difference (95 %) | AUC published | retrained | difference (95 %) |",
            "|---|---|---|---|---|---|---|---|")
        : List.of(
            "| window from | rows | MAE published | retrained | difference (95 %) |",
            "|---|---|---|---|---|");
  }

  static String line(Task task, String name, Sides sides) {
    DoubleBinaryOperator loss =
        task == Task.BINARY ? WalkedWindow::logLoss : (label, score) -> Math.abs(label - score);
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %.4f | %.4f | %s |",
            name.replace("T00:00:00Z", ""),
            sides.size(),
            sides.publishedLoss(loss),
            sides.retrainedLoss(loss),
            PairedMean.of(sides.differences(loss))
                .fold(of -> words(of.difference(), of.interval(CONFIDENCE)), why -> "–")));
    if (task == Task.BINARY) {
      line.append(
          PairedAuc.of(sides.positives(), sides.published(), sides.retrained())
              .fold(WalkedWindow::auc, why -> " – | – | – |"));
    }
    return line.toString();
  }

  private static String auc(PairedAuc auc) {
    PairedDifference difference = auc.difference().negated();
    return String.format(
        Locale.ROOT,
        " %.4f | %.4f | %s |",
        auc.first(),
        auc.second(),
        words(difference.difference(), difference.interval(CONFIDENCE)));
  }

  private static String words(double estimate, Interval interval) {
    return String.format(
        Locale.ROOT, "%+.4f (%+.4f to %+.4f)", estimate, interval.low(), interval.high());
  }

  /** As METRICS defines it: a probability is clipped to [2^-52, 1 - 2^-52]. */
  private static double logLoss(double label, double score) {
    double clipped = Math.min(Math.max(score, LEAST), 1 - LEAST);
    return -Math.log(label == 1 ? clipped : 1 - clipped);
  }
}
