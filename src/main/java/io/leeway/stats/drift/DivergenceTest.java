package io.leeway.stats.drift;

import io.leeway.stats.inference.ChiSquare;
import io.leeway.stats.inference.FisherF;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.NoncentralChiSquare;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The common test of divergences between two count vectors over B cells: close to equality each is
 * a quadratic form, so the statistic S over {@code k phi}, k = 1/n + 1/m, is noncentral chi-square
 * with B − 1 degrees and noncentrality (true value)/(k phi).
 *
 * <p>{@code S} is on the scale of PSI. All other numbers in and out are in the unit of {@code
 * scale}.
 *
 * @param scale the unit of values and limits
 * @param statistic S, &ge; 0
 * @param cells B after merging, &ge; 2
 * @param nRef m, rows of the reference
 * @param nWin n, rows of the window
 * @see "B. Yurdakul and J. Naranjo (2020), Statistical properties of the population stability
 *     index, Journal of Risk Model Validation 14"
 */
public record DivergenceTest(
    DivergenceScale scale, double statistic, int cells, long nRef, long nWin) {
  private static final double HALF_ALPHA = 0.025;
  private static final double POWER = 0.8;
  private static final double QUIET_TAIL = 0.1;

  /** For so many degrees and one more with each: with few degrees all is known beforehand. */
  private static final List<Quiet> QUIET =
      IntStream.rangeClosed(1, 64).mapToObj(Quiet::of).toList();

  /**
   * A statistic, over k phi, with a p-value of 0.1, and the upper end of the interval that goes
   * with it. Where the end is lower so is the statistic, and p-values are above 0.1.
   */
  private record Quiet(double statistic, double noncentrality) {
    static Quiet of(int degrees) {
      double statistic = NoncentralChiSquare.quantile(QUIET_TAIL, degrees, 0);
      return new Quiet(
          statistic, NoncentralChiSquare.noncentrality(statistic, degrees, 1 - HALF_ALPHA));
    }
  }

  public DivergenceTest {
    Objects.requireNonNull(scale, "scale");
    if (!(statistic >= 0) || Double.isInfinite(statistic) || cells < 2 || nRef < 1 || nWin < 1) {
      throw new IllegalArgumentException(
          "A divergence needs a statistic of at least 0, two cells and rows on both sides, but has "
              + statistic
              + " over "
              + cells
              + " cells of "
              + nRef
              + " and "
              + nWin
              + " rows.");
    }
  }

  /**
   * The test behind a published {@linkplain #interval interval}, had back from its upper end, which
   * is where {@link #pLimit} is 0.975. Where that is 0 the largest statistic that gives it, with
   * which no p-value is below 0.975.
   *
   * @param high the interval's upper end, &ge; 0
   * @param degrees B − 1, &ge; 1
   */
  public static DivergenceTest ofInterval(
      DivergenceScale scale,
      double high,
      int degrees,
      long nRef,
      long nWin,
      Overdispersion overdispersion) {
    DivergenceTest none = new DivergenceTest(scale, 0, degrees + 1, nRef, nWin);
    double unit = none.unit(overdispersion);
    double x = NoncentralChiSquare.quantile(1 - HALF_ALPHA, degrees, none.lambda(high, unit));
    return new DivergenceTest(scale, x * unit, degrees + 1, nRef, nWin);
  }

  /**
   * Whether an interval's upper end shows that p-values of change and of any limit are above 0.1
   * and that the corrected value is within the limit, without the statistic: both ends of what it
   * says depend on the degrees alone.
   */
  public static boolean isSurelyQuiet(
      DivergenceScale scale,
      double high,
      int degrees,
      long nRef,
      long nWin,
      Overdispersion overdispersion,
      double limit) {
    if (degrees > QUIET.size()) {
      return false;
    }
    Quiet quiet = QUIET.get(degrees - 1);
    DivergenceTest none = new DivergenceTest(scale, 0, degrees + 1, nRef, nWin);
    double unit = none.unit(overdispersion);
    if (none.lambda(high, unit) >= quiet.noncentrality) {
      return false;
    }
    DivergenceTest most =
        new DivergenceTest(scale, quiet.statistic * unit, degrees + 1, nRef, nWin);
    boolean isTailHeavier =
        Double.isInfinite(overdispersion.degrees()) || most.pChange(overdispersion) >= QUIET_TAIL;
    return isTailHeavier && most.corrected(overdispersion) <= limit;
  }

  /**
   * The {@linkplain #corrected corrected} value of a statistic that lies so many standard
   * deviations above its mean if nothing has changed: that of {@code deviations k phi sqrt(2 (B -
   * 1))}.
   *
   * <p>That is the spread of windows that vary alike in every direction of their B − 1, which is
   * what a single phi says. Where they vary in one direction alone, as when all values of a window
   * move together, it is {@code sqrt(B - 1)} times that.
   *
   * @param degrees B − 1, &ge; 1
   * @param deviations &ge; 0
   * @return in the unit of the scale
   */
  public static double aboveNoise(
      DivergenceScale scale,
      int degrees,
      long nRef,
      long nWin,
      Overdispersion overdispersion,
      double deviations) {
    DivergenceTest none = new DivergenceTest(scale, 0, degrees + 1, nRef, nWin);
    return none.published(deviations * none.unit(overdispersion) * Math.sqrt(2.0 * degrees));
  }

  /** Degrees of freedom, B − 1. */
  public int degrees() {
    return cells - 1;
  }

  /** The statistic in the unit of the scale, before any correction. */
  public double value() {
    return published(statistic);
  }

  /** What the value would be if nothing had changed: that of S = (B − 1) k phi. */
  public double expected(Overdispersion overdispersion) {
    return published(degrees() * unit(overdispersion));
  }

  /** The value without the part that noise explains: that of max(0, S − (B − 1) k phi). */
  public double corrected(Overdispersion overdispersion) {
    return published(Math.max(0, statistic - degrees() * unit(overdispersion)));
  }

  /**
   * The limits at which {@link #pLimit} is 0.025 and 0.975; an end is 0 where no limit gives that.
   */
  public Interval interval(Overdispersion overdispersion) {
    double unit = unit(overdispersion);
    double x = statistic / unit;
    double low = NoncentralChiSquare.noncentrality(x, degrees(), HALF_ALPHA);
    double high = NoncentralChiSquare.noncentrality(x, degrees(), 1 - HALF_ALPHA);
    return new Interval(published(low * unit), published(Math.max(low, high) * unit));
  }

  /**
   * P-value of "nothing changed": the chi-square tail of S/(k phi); with an estimated phi the tail
   * of F with B − 1 and (R − 1)(B − 1) degrees at S/(k phi (B − 1)).
   */
  public double pChange(Overdispersion overdispersion) {
    double x = statistic / unit(overdispersion);
    return Double.isInfinite(overdispersion.degrees())
        ? ChiSquare.upperTail(x, degrees())
        : FisherF.upperTail(x / degrees(), degrees(), overdispersion.degrees() * degrees());
  }

  /**
   * P-value of "the true value is at most {@code limit}": the tail of the noncentral chi-square.
   *
   * @param limit &ge; 0, in the unit of the scale
   */
  public double pLimit(double limit, Overdispersion overdispersion) {
    if (!(limit >= 0) || Double.isInfinite(limit)) {
      throw new IllegalArgumentException(
          "A limit of a divergence must be finite and not negative, but is " + limit + ".");
    }
    double unit = unit(overdispersion);
    return NoncentralChiSquare.upperTail(statistic / unit, degrees(), lambda(limit, unit));
  }

  /**
   * The true value that has {@link #pLimit} of at most alpha with probability 0.8.
   *
   * @param limit &ge; 0
   * @param alpha in (0, 1)
   */
  public double detectable(double limit, double alpha, Overdispersion overdispersion) {
    double unit = unit(overdispersion);
    double least = NoncentralChiSquare.quantile(alpha, degrees(), lambda(limit, unit));
    return published(NoncentralChiSquare.noncentrality(least, degrees(), POWER) * unit);
  }

  /** The true value whose corrected estimate lies beyond a limit with probability 0.8. */
  public double seenBeyond(double limit, Overdispersion overdispersion) {
    double unit = unit(overdispersion);
    double least = lambda(limit, unit) + degrees();
    return published(NoncentralChiSquare.noncentrality(least, degrees(), POWER) * unit);
  }

  /** The noncentrality of a true value. */
  private double lambda(double value, double unit) {
    return scale.statistic(value, k(), nRef + nWin) / unit;
  }

  private double published(double onThisScale) {
    return scale.value(onThisScale, k(), nRef + nWin);
  }

  private double k() {
    return 1.0 / nRef + 1.0 / nWin;
  }

  private double unit(Overdispersion overdispersion) {
    return k() * overdispersion.phi();
  }
}
