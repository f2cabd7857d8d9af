package io.leeway.stats.performance;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import java.util.List;

/**
 * Matthews' correlation of true and predicted class, for K classes. With c rows classified right of
 * s, p_k rows predicted as k and t_k rows that are k,
 *
 * <pre>{@code mcc = (c s - sum p_k t_k) / sqrt(A B),  A = s² - sum p_k²,  B = s² - sum t_k²}</pre>
 *
 * <p>In [−1, 1]; with two classes it is {@code (tp tn - fp fn) /
 * sqrt((tp+fp)(tp+fn)(tn+fp)(tn+fn))}. Where all rows have one true or one predicted class the root
 * is 0, and so is mcc by convention.
 *
 * <p>Standard error by the delta method over the counts of the cells: one row more in the cell of
 * true i and predicted j changes mcc by
 *
 * <pre>{@code
 * g_ij = ([i = j] s + c - t_j - p_i) / sqrt(A B) - mcc ((s - p_j) / A + (s - t_i) / B)
 * }</pre>
 *
 * and, as mcc depends on shares alone, {@code SE² = sum n_ij g_ij²}.
 *
 * @see <a href="https://doi.org/10.1016/j.compbiolchem.2004.09.006">Gorodkin (2004)</a>
 */
final class Matthews {
  private Matthews() {}

  /**
   * Undefined without rows.
   *
   * @param classes K, more than any index of {@code cells}
   */
  static Outcome<Measure> of(int classes, List<ClassPair> cells) {
    double[] predicted = new double[classes];
    double[] actual = new double[classes];
    double hits = 0;
    double rows = 0;
    for (ClassPair cell : cells) {
      predicted[cell.predictedClass()] += cell.rows();
      actual[cell.trueClass()] += cell.rows();
      hits += cell.hit() ? cell.rows() : 0;
      rows += cell.rows();
    }
    if (rows == 0) {
      return Outcome.undefined("No row has a label.");
    }
    // As sums of products of counts, these are exactly 0 where they are to be.
    double a = 0;
    double b = 0;
    double numerator = 0;
    for (int k = 0; k < classes; k++) {
      a += predicted[k] * (rows - predicted[k]);
      b += actual[k] * (rows - actual[k]);
      numerator -= predicted[k] * actual[k];
    }
    numerator += hits * rows;
    if (a == 0 || b == 0) {
      return Outcome.of(
          Measure.byConvention(
              0,
              b == 0
                  ? "All labels are of one class, so nothing can correlate with them."
                  : "All predictions are of one class, so they correlate with nothing."));
    }
    double root = Math.sqrt(a) * Math.sqrt(b);
    double mcc = numerator / root;
    double variance = 0;
    for (ClassPair cell : cells) {
      int i = cell.trueClass();
      int j = cell.predictedClass();
      double change =
          ((cell.hit() ? rows : 0) + hits - actual[j] - predicted[i]) / root
              - mcc * ((rows - predicted[j]) / a + (rows - actual[i]) / b);
      variance += cell.rows() * change * change;
    }
    return Outcome.of(Measure.of(Estimate.exact(mcc, Math.sqrt(variance))));
  }
}
