package io.leeway.stats.estimate;

import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.ScoreChangeByFeature.Scores;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.List;

/**
 * The change of a mean from reference to window by the bins of one feature, as {@link
 * RelationShift} has it for rates: labels of a regression, or how far its predictions were off.
 *
 * <p>A bin of n_b rows on one side with squares Q_b about its own mean takes its rows to vary by
 *
 * <pre>{@code v = (Q_b + S²)/n_b,   S² = sum of Q_b / sum of (n_b - 1)}</pre>
 *
 * <p>S² over all bins of the side that have rows: unbiased where all vary alike, and a single row
 * is no certainty. The variance of its mean is {@code v/n_b}; that of the side's overall mean comes
 * from all its rows, divisor n − 1.
 */
public final class MeanShift {
  private final List<Scores> reference;
  private final List<Scores> window;
  private final double withinReference;
  private final double withinWindow;

  private MeanShift(List<Scores> reference, List<Scores> window) {
    this.reference = List.copyOf(reference);
    this.window = List.copyOf(window);
    this.withinReference = within(reference);
    this.withinWindow = within(window);
  }

  /**
   * Undefined where a side has no bin of two rows, so that nothing tells how rows vary.
   *
   * @param reference per bin
   * @param window per bin, the same bins
   */
  public static Outcome<MeanShift> of(List<Scores> reference, List<Scores> window) {
    if (reference.size() != window.size()) {
      throw new IllegalArgumentException(
          "Both sides need the same bins, but have "
              + reference.size()
              + " and "
              + window.size()
              + ".");
    }
    if (rowsToSpare(window) == 0 || rowsToSpare(reference) == 0) {
      return Outcome.undefined(
          rowsToSpare(window) == 0
              ? "No bin has two labelled rows of the window."
              : "No bin has two labelled rows of the reference.");
    }
    return Outcome.of(new MeanShift(reference, window));
  }

  /** What other inputs make of the change, and what a changed relation does. */
  public RelationShift parts(Overdispersion overdispersion) {
    List<RelationShift.Means> bins = new ArrayList<>();
    for (int b = 0; b < window.size(); b++) {
      Scores now = window.get(b);
      Scores then = reference.get(b);
      if (now.rows() + then.rows() > 0) {
        bins.add(
            new RelationShift.Means(
                now.rows(),
                now.rows() > 0 ? now.mean() : then.mean(),
                then.rows(),
                then.rows() > 0 ? then.mean() : now.mean(),
                ofMean(now, withinWindow) + ofMean(then, withinReference)));
      }
    }
    return RelationShift.split(
        bins, mean(window) - mean(reference), ofMean(window) + ofMean(reference), overdispersion);
  }

  /**
   * The change of the mean in one bin, by Student's t with the degrees of the smaller side;
   * undefined where a side has fewer than two rows there.
   */
  public Outcome<MeanContrast> inBin(int bin, Overdispersion overdispersion) {
    Scores now = window.get(bin);
    Scores then = reference.get(bin);
    long fewer = Math.min(now.rows(), then.rows());
    if (fewer < 2) {
      return Outcome.undefined("A change of means in a bin needs two rows on each side.");
    }
    double phi = overdispersion.phi();
    double degrees = Math.min(fewer - 1.0, overdispersion.degrees());
    return Outcome.of(
        MeanContrast.of(
            new MeanInterval(now.mean(), Math.sqrt(phi * ofMean(now, withinWindow)), degrees),
            new MeanInterval(then.mean(), Math.sqrt(phi * ofMean(then, withinReference)), degrees),
            0,
            1));
  }

  /** The variance of a bin's mean; 0 without rows, where the other side's stands for it. */
  private static double ofMean(Scores bin, double within) {
    double n = bin.rows();
    return n == 0 ? 0 : (bin.variance() + within / n) / n;
  }

  /** S². */
  private static double within(List<Scores> side) {
    double squares = 0;
    for (Scores bin : side) {
      squares += bin.rows() > 0 ? bin.rows() * bin.variance() : 0;
    }
    return squares / rowsToSpare(side);
  }

  /** Rows beyond the first of each bin. */
  private static long rowsToSpare(List<Scores> side) {
    return side.stream().mapToLong(bin -> Math.max(0, bin.rows() - 1)).sum();
  }

  private static double mean(List<Scores> side) {
    double n = side.stream().mapToLong(Scores::rows).sum();
    return side.stream().mapToDouble(Scores::sum).sum() / n;
  }

  /** The variance of the mean of all rows of a side, of which there are two or more. */
  private static double ofMean(List<Scores> side) {
    double n = side.stream().mapToLong(Scores::rows).sum();
    double mean = mean(side);
    double squares = 0;
    for (Scores bin : side) {
      if (bin.rows() > 0) {
        double off = bin.mean() - mean;
        squares += bin.rows() * (bin.variance() + off * off);
      }
    }
    return squares / (n - 1) / n;
  }
}
