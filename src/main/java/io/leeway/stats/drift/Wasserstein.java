package io.leeway.stats.drift;

import io.leeway.stats.Outcome;

/**
 * The Wasserstein distance of order one, {@code integral of |F - G| dx}, F and G the empirical
 * distribution functions of reference and window; in the units of the column, not divided by a
 * spread.
 *
 * <p>Between cells F − G is constant, so that part is exact. Inside a cell of width w, with
 * reference mass a and window mass b, let h = F − G run from h₀ to h₁ = h₀ + a − b. The sums of the
 * values give {@code J = integral of h dx} exactly, and h stays within [l, u] = [h₀ − b, h₀ + a].
 *
 * <ul>
 *   <li>If l ≥ 0 or u ≤ 0, h keeps its sign and the part is |J|: exact.
 *   <li>Otherwise it is at least |J|, and at most the smaller of two bounds. Chord: |h| lies below
 *       the line from (l, −l) to (u, u), whose integral depends on J only. Transport: the part is
 *       the cost of carrying the reference's mass of the cell, with h₀ entering at its low end and
 *       h₁ leaving at its high end, to the window's; no plan is cheaper than the best, the plan
 *       that pairs independently costs at most what it costs once each side's mass is spread to the
 *       two ends of the cell about its mean.
 *   <li>Without the sums J is only known to lie in an interval, and the part is at most w max(u,
 *       −l).
 * </ul>
 *
 * <p>The value is the middle between the sums of lower and of upper bounds, the error bound half
 * their distance: {@code |value - truth| <= errorBound} always, up to rounding.
 *
 * @param value &ge; 0
 * @param errorBound 0 where exact
 * @param nRef rows of the reference, &ge; 1
 * @param nWin rows of the window, &ge; 1
 */
public record Wasserstein(double value, double errorBound, long nRef, long nWin) {

  /** Undefined where a side has no rows. */
  public static Outcome<Wasserstein> of(AlignedCounts counts) {
    long m = counts.nRef();
    long n = counts.nWin();
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    double least = 0;
    double most = 0;
    long below = 0;
    long belowInWindow = 0;
    for (int i = 0; i < counts.cells(); i++) {
      double f = (double) below / m;
      double g = (double) belowInWindow / n;
      if (i > 0) {
        double gap = Math.abs(f - g) * (counts.low(i) - counts.high(i - 1));
        least += gap;
        most += gap;
      }
      if (!counts.holdsOneValue(i)) {
        Cell cell = Cell.of(counts, i, f, g);
        double atLeast = cell.least();
        least += atLeast;
        most += Math.max(atLeast, cell.most());
      }
      below += counts.reference(i);
      belowInWindow += counts.window(i);
    }
    return Outcome.of(new Wasserstein(least + (most - least) / 2, (most - least) / 2, m, n));
  }

  /**
   * The value in units of a spread, for limits that do not depend on the column's unit.
   *
   * @param spread of the reference, &gt; 0: a standard deviation, or the interquartile range /
   *     1.349
   */
  public double scaled(double spread) {
    return value / positive(spread);
  }

  /** The error bound of {@link #scaled}. */
  public double scaledErrorBound(double spread) {
    return errorBound / positive(spread);
  }

  private static double positive(double spread) {
    if (!(spread > 0) || Double.isInfinite(spread)) {
      throw new IllegalArgumentException("A spread must be positive, but is " + spread + ".");
    }
    return spread;
  }

  /**
   * One cell that may hold several values. {@code areaA} and {@code areaB} are the integrals over
   * the cell of the mass that each side has gathered within it: {@code (count * high - sum) /
   * rows}.
   */
  private record Cell(
      double width,
      double h0,
      double a,
      double b,
      double leastAreaA,
      double mostAreaA,
      double leastAreaB,
      double mostAreaB) {

    static Cell of(AlignedCounts counts, int i, double f, double g) {
      double width = counts.high(i) - counts.low(i);
      double a = (double) counts.reference(i) / counts.nRef();
      double b = (double) counts.window(i) / counts.nWin();
      double areaA = area(counts.high(i), counts.reference(i), counts.referenceSum(i), a, width);
      double areaB = area(counts.high(i), counts.window(i), counts.windowSum(i), b, width);
      boolean knownA = !Double.isNaN(areaA);
      boolean knownB = !Double.isNaN(areaB);
      return new Cell(
          width,
          f - g,
          a,
          b,
          knownA ? areaA : 0,
          knownA ? areaA : a * width,
          knownB ? areaB : 0,
          knownB ? areaB : b * width);
    }

    private static double area(double high, long count, double sum, double share, double width) {
      if (count == 0) {
        return 0;
      }
      // The mean first: high − mean loses less than count * high − sum.
      double toTheEnd = high - sum / count;
      return share * Math.min(Math.max(0, toTheEnd), width);
    }

    double least() {
      double low = h0 * width + leastAreaA - mostAreaB;
      double high = h0 * width + mostAreaA - leastAreaB;
      return low > 0 ? low : high < 0 ? -high : 0;
    }

    double most() {
      double l = h0 - b;
      double u = h0 + a;
      double low = h0 * width + leastAreaA - mostAreaB;
      double high = h0 * width + mostAreaA - leastAreaB;
      if (l >= 0 || u <= 0) {
        return Math.max(Math.abs(low), Math.abs(high));
      }
      if (leastAreaA < mostAreaA || leastAreaB < mostAreaB) {
        return width * Math.max(u, -l);
      }
      return Math.min(chord(l, u, low), transport());
    }

    private double chord(double l, double u, double j) {
      return ((u * width - j) * -l + (j - l * width) * u) / (u - l);
    }

    private double transport() {
      double h1 = h0 + a - b;
      double mass = a + Math.max(h0, 0) + Math.max(-h1, 0);
      // A mass whose gathered area is A sits, once spread, with the share A/width at the low end.
      double lowA = leastAreaA / width + Math.max(h0, 0);
      double lowB = leastAreaB / width + Math.max(-h0, 0);
      return width * (lowA * (mass - lowB) + (mass - lowA) * lowB) / mass;
    }
  }
}
