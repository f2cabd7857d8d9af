package io.leeway.stats.estimate;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;

/**
 * The change of the mean score, split by the bins of one feature into what the feature's own change
 * explains and what it does not. With w_b and r_b the shares of rows, m_b^w and m_b^r the mean
 * scores in bin b of window and reference,
 *
 * <pre>{@code
 * explained   = sum of (w_b - r_b) m_b^r
 * unexplained = sum of w_b (m_b^w - m_b^r)
 * }</pre>
 *
 * <p>They add up to the total change. Of a bin without reference rows m_b^r is taken to be the
 * reference's mean over all bins, so that whatever its rows do differently is unexplained; their
 * share is {@code extrapolated}.
 *
 * <p>Standard errors are those of two independent samples by the delta method. A row with score s
 * in bin b, x the extrapolated share and m the reference's mean, has the influence
 *
 * <pre>{@code
 *               explained                                          unexplained
 * window        m_b^r                                              s - m_b^r
 * reference     (w_b/r_b - 1 + x)(s - m_b^r) - (1 - x)(m_b^r - m)  -(w_b/r_b + x)(s - m_b^r) - x (m_b^r - m)
 * }</pre>
 *
 * @param explained in units of the score
 * @param unexplained in units of the score
 * @param explainedError standard error, before any factor of dependence
 * @param unexplainedError standard error, before any factor of dependence
 * @param extrapolated share of the window's rows in bins without reference rows, in [0, 1]
 * @see "E. M. Kitagawa (1955), Components of a difference between two rates, Journal of the
 *     American Statistical Association 50"
 */
public record ScoreChangeByFeature(
    double explained,
    double unexplained,
    double explainedError,
    double unexplainedError,
    double extrapolated) {
  /**
   * The scores of one side in one bin.
   *
   * @param rows &ge; 0
   * @param sum of the scores
   * @param squares sum of (score − c)² about one c for all bins of both sides
   * @param centre c
   */
  public record Scores(long rows, double sum, double squares, double centre) {
    public Scores {
      if (rows < 0 || !(squares >= 0) || !Double.isFinite(sum)) {
        throw new IllegalArgumentException(
            "Scores have rows, a finite sum and squares of at least 0, but are "
                + rows
                + ", "
                + sum
                + ", "
                + squares
                + ".");
      }
    }

    double mean() {
      return sum / rows;
    }

    /** Divisor n. */
    double variance() {
      double off = mean() - centre;
      return Math.max(0, squares / rows - off * off);
    }
  }

  /**
   * Undefined where a side has fewer than two rows.
   *
   * @param reference per bin
   * @param window per bin, the same bins
   */
  public static Outcome<ScoreChangeByFeature> of(List<Scores> reference, List<Scores> window) {
    if (reference.size() != window.size()) {
      throw new IllegalArgumentException(
          "Both sides need the same bins, but have "
              + reference.size()
              + " and "
              + window.size()
              + ".");
    }
    double m = reference.stream().mapToLong(Scores::rows).sum();
    double n = window.stream().mapToLong(Scores::rows).sum();
    if (m < 2 || n < 2) {
      return Outcome.undefined("A change of mean scores needs two rows on each side.");
    }
    double mean = reference.stream().mapToDouble(Scores::sum).sum() / m;
    double x = 0;
    for (int b = 0; b < window.size(); b++) {
      x += reference.get(b).rows == 0 ? window.get(b).rows / n : 0;
    }
    double explained = 0;
    double unexplained = 0;
    double spread = 0;
    double rest = 0;
    double ofReference = 0;
    double restOfReference = 0;
    for (int b = 0; b < window.size(); b++) {
      Scores before = reference.get(b);
      Scores after = window.get(b);
      double w = after.rows / n;
      double r = before.rows / m;
      // About the reference's mean: shares sum to one on both sides, so it cancels.
      double expected = before.rows == 0 ? 0 : before.mean() - mean;
      explained += (w - r) * expected;
      spread += w * expected * expected;
      if (after.rows > 0) {
        double off = after.mean() - mean - expected;
        unexplained += w * off;
        rest += w * (after.variance() + off * off);
      }
      if (before.rows > 0) {
        double v = before.variance();
        double weight = w / r;
        ofReference += r * (square(weight - 1 + x) * v + square((1 - x) * expected));
        restOfReference += r * (square(weight + x) * v + square(x * expected));
      }
    }
    // The window's mean of what is expected is the explained part: the reference's own is 0.
    return Outcome.of(
        new ScoreChangeByFeature(
            explained,
            unexplained,
            error(spread - explained * explained, n, ofReference, m),
            error(rest - unexplained * unexplained, n, restOfReference, m),
            x));
  }

  /** The change of the mean score. */
  public double total() {
    return explained + unexplained;
  }

  /** Standard error of the explained part, rows being as dependent as stated. */
  public double explainedError(Overdispersion overdispersion) {
    return explainedError * Math.sqrt(overdispersion.phi());
  }

  /** Standard error of the unexplained part, rows being as dependent as stated. */
  public double unexplainedError(Overdispersion overdispersion) {
    return unexplainedError * Math.sqrt(overdispersion.phi());
  }

  private static double error(double ofWindow, double n, double ofReference, double m) {
    return Math.sqrt(Math.max(0, ofWindow) / n + ofReference / m);
  }

  private static double square(double x) {
    return x * x;
  }
}
