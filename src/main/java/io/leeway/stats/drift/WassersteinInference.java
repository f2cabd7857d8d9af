package io.leeway.stats.drift;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;

/**
 * How much of a Wasserstein distance is noise, and whether the rest passes a limit.
 *
 * <p>With F̄ the pooled share below x, k = 1/n + 1/m, {@code s(x) = sqrt(F̄(1 - F̄) k phi)} and
 * {@code t = |F - G| / s}:
 *
 * <pre>{@code
 * bias     = integral of s [2 density(t) - 2 t P(Z > t)] dx
 * expected = sqrt(2/pi) * integral of s dx                    (if nothing had changed)
 * SE       = sqrt(phi (sd_w^2 / n + sd_r^2 / m))
 * }</pre>
 *
 * <p>Inside cells F and G are taken as straight lines and the integral by Simpson's rule. Use
 * counts cut at the reference's 0.5 and 99.5 % quantiles ({@link AlignedCounts#cutAtReference}) and
 * standard deviations of the values cut likewise: one far value would otherwise rule both. For
 * "nothing changed" use {@link KolmogorovSmirnov#pChange}.
 *
 * @param distance of the counts that were given
 * @param bias expected excess of the distance over the true one, &ge; 0
 * @param expected what the distance would be on average if nothing had changed
 * @param standardError &ge; 0
 */
public record WassersteinInference(
    Wasserstein distance, double bias, double expected, double standardError) {

  /**
   * Undefined where a side has no rows.
   *
   * @param sdReference standard deviation of the reference's values, &ge; 0
   * @param sdWindow standard deviation of the window's values, &ge; 0
   */
  public static Outcome<WassersteinInference> of(
      AlignedCounts counts, double sdReference, double sdWindow, Overdispersion overdispersion) {
    if (!(sdReference >= 0 && sdWindow >= 0)) {
      throw new IllegalArgumentException(
          "Standard deviations must not be negative, but are "
              + sdReference
              + " and "
              + sdWindow
              + ".");
    }
    return Wasserstein.of(counts)
        .map(distance -> of(counts, distance, sdReference, sdWindow, overdispersion));
  }

  private static WassersteinInference of(
      AlignedCounts counts,
      Wasserstein distance,
      double sdReference,
      double sdWindow,
      Overdispersion overdispersion) {
    double m = counts.nRef();
    double n = counts.nWin();
    double unit = (1 / n + 1 / m) * overdispersion.phi();
    double bias = 0;
    double spread = 0;
    double r = 0;
    double w = 0;
    for (int i = 0; i < counts.cells(); i++) {
      if (i > 0) {
        double gap = counts.low(i) - counts.high(i - 1);
        double s = deviation(r, w, m, n, unit);
        bias += gap * excess(r / m - w / n, s);
        spread += gap * s;
      }
      double nextR = r + counts.reference(i);
      double nextW = w + counts.window(i);
      double width = counts.high(i) - counts.low(i);
      if (width > 0) {
        double middleR = (r + nextR) / 2;
        double middleW = (w + nextW) / 2;
        double s0 = deviation(r, w, m, n, unit);
        double s1 = deviation(middleR, middleW, m, n, unit);
        double s2 = deviation(nextR, nextW, m, n, unit);
        bias +=
            width
                / 6
                * (excess(r / m - w / n, s0)
                    + 4 * excess(middleR / m - middleW / n, s1)
                    + excess(nextR / m - nextW / n, s2));
        spread += width / 6 * (s0 + 4 * s1 + s2);
      }
      r = nextR;
      w = nextW;
    }
    double variance = sdWindow * sdWindow / n + sdReference * sdReference / m;
    return new WassersteinInference(
        distance,
        bias,
        Math.sqrt(2 / Math.PI) * spread,
        Math.sqrt(overdispersion.phi() * variance));
  }

  /** The distance without its bias, at least 0. */
  public double corrected() {
    return Math.max(0, distance.value() - bias);
  }

  /**
   * P-value of "the true distance is at most {@code limit}": {@code P(Z > (W - e - bias - limit) /
   * SE)}, e the distance's error bound, which is 0 where the distance is exact.
   *
   * @param limit &gt; 0, in the units of the column
   */
  public double pLimit(double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "A limit of the Wasserstein distance must be positive, but is " + limit + ".");
    }
    double beyond = distance.value() - distance.errorBound() - bias - limit;
    if (standardError == 0) {
      return beyond > 0 ? 0 : 1;
    }
    return Normal.upperTail(beyond / standardError);
  }

  /**
   * The limits that neither {@link #pLimit} nor its mirror image rejects at 0.025: {@code W - bias
   * ± (1.96 SE + e)}, cut at 0.
   */
  public Interval interval() {
    double middle = distance.value() - bias;
    double half = Normal.Z95 * standardError + distance.errorBound();
    return new Interval(middle - half, middle + half).cut(0, Double.POSITIVE_INFINITY);
  }

  private static double deviation(double r, double w, double m, double n, double unit) {
    double pooled = (r + w) / (m + n);
    return Math.sqrt(Math.max(0, pooled * (1 - pooled) * unit));
  }

  /** Mean of |N(h, s²)| − |h|. */
  static double excess(double h, double s) {
    if (s == 0) {
      return 0;
    }
    double t = Math.abs(h) / s;
    return s * Math.max(0, 2 * Normal.density(t) - 2 * t * Normal.upperTail(t));
  }
}
