package io.leeway.stats.performance;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;

/**
 * Average precision, the metric {@code pr_auc}: the mean over positives of the precision at the
 * threshold that is their own score. Equal scores are one threshold, nothing is interpolated. With
 * T_b positives and A_b rows in bins at or above b, P_b positives in b, N rows and the share π of
 * positives,
 *
 * <pre>{@code
 * AP  = sum P_b (T_b / A_b) / p
 * U_b = sum over j at or below b of P_j / A_j,   V_b = the same of P_j T_j / A_j²
 * influence of a positive (-AP + T_b / A_b + U_b - V_b) / π,  of a negative -V_b / π
 * Var = mean of the squared influences / N
 * }</pre>
 *
 * <p>Influences have the mean 0. The number of positives counts as random: rows are drawn, not
 * classes.
 *
 * <p>The rows of a bin count as one threshold. In a bin of more than one score AP of the rows is
 * lowest where its negatives come first and its positives follow one by one, {@code sum over i of
 * (T + i) / (A + N_b + i)}, T and A being those above the bin; and highest where its positives come
 * first <em>with one score</em>, {@code P_b (T + P_b) / (A + P_b)}: one by one, each would have
 * only the positives before it for its precision.
 *
 * @param value AP, in (0, 1]
 * @param variance of AP, &ge; 0; undefined without negatives, where every order gives 1
 * @param bounds where AP of the rows lies; contains the value
 * @param positives p, &gt; 0
 * @param negatives &ge; 0
 * @see "A. W. van der Vaart (1998), Asymptotic Statistics, 20.1, on influence functions"
 */
public record AveragePrecision(
    double value, Outcome<Double> variance, Interval bounds, long positives, long negatives) {

  /** Undefined without positives. */
  public static Outcome<AveragePrecision> of(ScoreTable table) {
    if (table.rows() == 0) {
      return Outcome.undefined("No row has a score and a label.");
    }
    return table.positives() == 0
        ? Outcome.undefined("All labels are negative.")
        : Outcome.of(ofPositives(table));
  }

  private static AveragePrecision ofPositives(ScoreTable table) {
    List<ScoreBin> bins = table.bins();
    double[] precision = new double[bins.size()];
    double[] rowsAtOrAbove = new double[bins.size()];
    double positives = 0;
    double rows = 0;
    double value = 0;
    double least = 0;
    double most = 0;
    for (int b = bins.size() - 1; b >= 0; b--) {
      ScoreBin bin = bins.get(b);
      double tied = bin.positives() * (positives + bin.positives()) / (rows + bin.rows());
      value += tied;
      least += bin.isOneScore() ? tied : negativesFirst(bin, positives, rows);
      most += bin.isOneScore() ? tied : positivesFirst(bin, positives, rows);
      positives += bin.positives();
      rows += bin.rows();
      precision[b] = positives / rows;
      rowsAtOrAbove[b] = rows;
    }
    value /= positives;
    return new AveragePrecision(
        value,
        table.negatives() == 0
            ? Outcome.undefined("All labels are positive, so every order has an AP of 1.")
            : Outcome.of(variance(bins, precision, rowsAtOrAbove, value, positives / rows)),
        // Rounding must not leave the value outside.
        new Interval(Math.min(value, least / positives), Math.max(value, most / positives)),
        table.positives(),
        table.negatives());
  }

  private static double negativesFirst(ScoreBin bin, double positives, double rows) {
    double sum = 0;
    for (long i = 1; i <= bin.positives(); i++) {
      sum += (positives + i) / (rows + bin.negatives() + i);
    }
    return sum;
  }

  private static double positivesFirst(ScoreBin bin, double positives, double rows) {
    return bin.positives() == 0
        ? 0
        : bin.positives() * (positives + bin.positives()) / (rows + bin.positives());
  }

  private static double variance(
      List<ScoreBin> bins, double[] precision, double[] rowsAtOrAbove, double value, double share) {
    double u = 0;
    double v = 0;
    double squares = 0;
    double rows = 0;
    for (int b = 0; b < precision.length; b++) {
      ScoreBin bin = bins.get(b);
      u += bin.positives() / rowsAtOrAbove[b];
      v += bin.positives() * precision[b] / rowsAtOrAbove[b];
      double ofPositive = (-value + precision[b] + u - v) / share;
      double ofNegative = -v / share;
      squares += bin.positives() * ofPositive * ofPositive;
      squares += bin.negatives() * ofNegative * ofNegative;
      rows += bin.rows();
    }
    return squares / rows / rows;
  }

  /** How far the AP of the rows may lie from the value. */
  public double errorBound() {
    return Math.max(bounds.high() - value, value - bounds.low());
  }

  /** With the root of the variance as standard error. */
  public Outcome<Estimate> estimate() {
    return variance.map(of -> new Estimate(value, Math.sqrt(of), errorBound()));
  }

  /** The 95 % interval on the logit scale. It leaves out the bounds. */
  public Outcome<LogitInterval> interval(Overdispersion overdispersion) {
    return variance.map(
        of ->
            LogitInterval.of(value, Math.sqrt(of), Math.min(positives, negatives), overdispersion));
  }
}
