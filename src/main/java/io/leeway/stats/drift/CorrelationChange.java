package io.leeway.stats.drift;

import io.leeway.stats.CrossMoments;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.ChiSquareSum;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.NoncentralChiSquare;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Multivariate drift: by how much the correlations between variables have changed, whatever their
 * own distributions did. With r^w and r^r the correlations of window and reference, each about the
 * side's own means, over the P pairs that both sides have,
 *
 * <pre>{@code
 * D        = sum over pairs of (r^w - r^r)²
 * value    = sqrt(D / P)                        the root mean square change, in [0, 2]
 * expected = sqrt(E0 / P), E0 = phi k tr(C)     what it is if nothing has changed, k = 1/n + 1/m
 * }</pre>
 *
 * <p>tr(C) = Σ(1 − r²)², and its {@code nu} degrees, are {@link CorrelationNoise} at the pooled
 * correlation (n r^w + m r^r)/(n + m). {@code D nu / E0} is about noncentral chi-square with nu
 * degrees (usually a fraction) and noncentrality (true D) nu / E0.
 *
 * <p>That serves intervals and limits. "Nothing has changed" is tested by the tail of {@link
 * ChiSquareSum}, which keeps the largest eigenvalue of C: matched by two moments alone, a true tail
 * of 1e-5 would be given as about 1e-7 where variables are correlated.
 *
 * <p>C holds for normal variables, so feed it normal scores; what their joint distribution does
 * besides, and the dependence of rows, is in {@link #overdispersion}. A variable that is constant
 * on a side has no correlations and is left out with all its pairs.
 *
 * @param sumOfSquares D, &ge; 0
 * @param pairs P, &ge; 1
 * @param constant the variables left out, ascending
 * @param largest up to three pairs that contribute most to D, largest first
 * @param trace tr(C), &gt; 0
 * @param degrees nu, in [1, P]
 * @param noise D k⁻¹ if nothing has changed and rows are independent
 * @param nRef m, rows of the reference, &ge; 2
 * @param nWin n, rows of the window, &ge; 2
 */
public record CorrelationChange(
    double sumOfSquares,
    int pairs,
    List<Integer> constant,
    List<Pair> largest,
    double trace,
    double degrees,
    ChiSquareSum noise,
    long nRef,
    long nWin) {
  private static final double HALF_ALPHA = 0.025;
  private static final int LARGEST = 3;

  /** The correlation of two variables on both sides, first &lt; second. */
  public record Pair(int first, int second, double before, double after) {
    double square() {
      return (after - before) * (after - before);
    }

    /** Of all rows, of which {@code share} are the window's. */
    double pooled(double share) {
      return share * after + (1 - share) * before;
    }
  }

  public CorrelationChange {
    if (!(sumOfSquares >= 0) || pairs < 1 || !(trace > 0) || !(degrees > 0)) {
      throw new IllegalArgumentException(
          "A change of correlations needs squares of at least 0 over a pair or more, and noise, but "
              + "has "
              + sumOfSquares
              + " over "
              + pairs
              + " with "
              + trace
              + " and "
              + degrees
              + " degrees.");
    }
    constant = List.copyOf(constant);
    largest = List.copyOf(largest);
  }

  /**
   * Undefined where a side has fewer than two rows, where fewer than two variables vary on both
   * sides, and where all pairs are perfectly correlated, which leaves no noise to compare with.
   */
  public static Outcome<CorrelationChange> of(CrossMoments reference, CrossMoments window) {
    reference.requireSameVariables(window);
    if (reference.rows() < 2 || window.rows() < 2) {
      return Outcome.undefined(
          "Correlations need two rows on each side, but there are "
              + window.rows()
              + " and "
              + reference.rows()
              + " in the reference.");
    }
    int p = reference.variables();
    boolean[] varies = varying(reference, window);
    List<Pair> pairs = pairs(varies, reference, window);
    if (pairs.isEmpty()) {
      return Outcome.undefined(
          "Fewer than two of " + p + " variables vary both in the window and in the reference.");
    }
    CorrelationNoise noise = CorrelationNoise.of(matrix(varies, pairs, share(reference, window)));
    if (!(noise.squared() > 0)) {
      return Outcome.undefined("All variables are perfectly correlated with each other.");
    }
    List<Pair> largest =
        pairs.stream()
            .sorted(Comparator.comparingDouble(Pair::square).reversed())
            .limit(LARGEST)
            .toList();
    return Outcome.of(
        new CorrelationChange(
            squares(pairs),
            pairs.size(),
            IntStream.range(0, p).filter(i -> !varies[i]).boxed().toList(),
            largest,
            noise.trace(),
            noise.degrees(),
            ChiSquareSum.of(noise.trace(), noise.squared(), noise.largest()),
            reference.rows(),
            window.rows()));
  }

  /**
   * By how much D varies more between the reference's own windows than independent normal rows
   * would make it: the mean over windows of {@code D_w / (k_w tr(C))}, D_w the change of the window
   * against all windows together, which hold it, hence k_w = 1/n_w − 1/m, C theirs. At least 1;
   * windows that have no correlations of their own do not count.
   *
   * @param windows of the reference, disjoint
   */
  public static Outcome<Overdispersion> overdispersion(List<CrossMoments> windows) {
    double sum = 0;
    int used = 0;
    CrossMoments all = CrossMoments.sum(windows);
    for (CrossMoments window : windows) {
      if (window.rows() > 1 && window.rows() < all.rows()) {
        List<Pair> pairs = pairs(varying(all, window), all, window);
        double trace = CorrelationNoise.trace(pairs.stream().mapToDouble(Pair::before));
        double k = 1.0 / window.rows() - 1.0 / all.rows();
        sum += trace > 0 ? squares(pairs) / (k * trace) : 0;
        used += trace > 0 ? 1 : 0;
      }
    }
    return used < 2
        ? Outcome.undefined(
            "Overdispersion of correlations needs two reference windows that have some, but there "
                + "are "
                + used
                + ".")
        : Outcome.of(new Overdispersion(Math.max(1, sum / used), used - 1.0));
  }

  /** The root mean square change of a correlation. */
  public double value() {
    return rms(sumOfSquares);
  }

  /** What the value is if nothing has changed. */
  public double expected(Overdispersion overdispersion) {
    return rms(ofNoise(overdispersion));
  }

  /** The value without the part that noise explains, √(max(0, D − E0)/P). */
  public double corrected(Overdispersion overdispersion) {
    return rms(Math.max(0, sumOfSquares - ofNoise(overdispersion)));
  }

  /**
   * P-value of "no correlation has changed": the tail of the noise at D/(phi k); an estimated phi
   * varies as a chi-square with (R − 1) nu degrees over these.
   */
  public double pChange(Overdispersion overdispersion) {
    double x = sumOfSquares / (overdispersion.phi() * k());
    return noise.upperTail(x, overdispersion.degrees() * degrees);
  }

  /**
   * P-value of "the true change is at most {@code limit}": the tail of the noncentral chi-square.
   *
   * @param limit &ge; 0, a root mean square
   */
  public double pLimit(double limit, Overdispersion overdispersion) {
    if (!(limit >= 0) || Double.isInfinite(limit)) {
      throw new IllegalArgumentException(
          "A limit of a change must be finite and not negative, but is " + limit + ".");
    }
    double unit = ofNoise(overdispersion) / degrees;
    return NoncentralChiSquare.upperTail(
        sumOfSquares / unit, degrees, limit * limit * pairs / unit);
  }

  /** The limits at which {@link #pLimit} is 0.025 and 0.975; an end is 0 where none gives that. */
  public Interval interval(Overdispersion overdispersion) {
    double unit = ofNoise(overdispersion) / degrees;
    double x = sumOfSquares / unit;
    double low = NoncentralChiSquare.noncentrality(x, degrees, HALF_ALPHA);
    double high = NoncentralChiSquare.noncentrality(x, degrees, 1 - HALF_ALPHA);
    return new Interval(rms(low * unit), rms(Math.max(low, high) * unit));
  }

  /** E0. */
  private double ofNoise(Overdispersion overdispersion) {
    return overdispersion.phi() * k() * trace;
  }

  private double k() {
    return 1.0 / nWin + 1.0 / nRef;
  }

  private double rms(double squares) {
    return Math.sqrt(squares / pairs);
  }

  private static double squares(List<Pair> pairs) {
    return pairs.stream().mapToDouble(Pair::square).sum();
  }

  private static double share(CrossMoments reference, CrossMoments window) {
    return (double) window.rows() / (window.rows() + reference.rows());
  }

  /** Which variables are constant on neither side. */
  private static boolean[] varying(CrossMoments reference, CrossMoments window) {
    boolean[] varies = new boolean[reference.variables()];
    for (int i = 0; i < varies.length; i++) {
      varies[i] = !reference.isConstant(i) && !window.isConstant(i);
    }
    return varies;
  }

  /** The pairs of the variables that vary, ordered by the first variable, then the second. */
  private static List<Pair> pairs(boolean[] varies, CrossMoments reference, CrossMoments window) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < varies.length; i++) {
      for (int j = i + 1; j < varies.length; j++) {
        if (varies[i] && varies[j]) {
          pairs.add(new Pair(i, j, reference.correlation(i, j), window.correlation(i, j)));
        }
      }
    }
    return pairs;
  }

  /** The pooled correlations of the variables that vary, without gaps. */
  private static double[][] matrix(boolean[] varies, List<Pair> pairs, double share) {
    int[] place = new int[varies.length];
    int size = 0;
    for (int i = 0; i < varies.length; i++) {
      place[i] = size;
      size += varies[i] ? 1 : 0;
    }
    double[][] r = new double[size][size];
    for (int i = 0; i < size; i++) {
      r[i][i] = 1;
    }
    for (Pair pair : pairs) {
      double of = pair.pooled(share);
      r[place[pair.first]][place[pair.second]] = of;
      r[place[pair.second]][place[pair.first]] = of;
    }
    return r;
  }
}
