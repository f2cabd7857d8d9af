package io.leeway.profile;

import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.ScoreCell;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.QuantileRanks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a numeric or score column in one segment: every value with its count while they
 * are few, counts and sums per bin above that. Immutable; equal states are equal objects.
 */
public final class NumericProfile implements Profile<NumericProfile> {
  private static final String NO_VALUES = "There is no finite value.";

  private final NumericGrid grid;
  private final long n;
  private final long nulls;
  private final long nans;
  private final long positiveInfinities;
  private final long negativeInfinities;
  private final double[] values;
  private final long[] counts;
  private final long[] decided;
  private final NumericBins bins;

  /** Either values, counts (and, for scores, decided) or bins are given; the others are null. */
  NumericProfile(
      NumericGrid grid,
      long n,
      long nulls,
      long nans,
      long positiveInfinities,
      long negativeInfinities,
      double[] values,
      long[] counts,
      long[] decided,
      NumericBins bins) {
    this.grid = grid;
    this.n = n;
    this.nulls = nulls;
    this.nans = nans;
    this.positiveInfinities = positiveInfinities;
    this.negativeInfinities = negativeInfinities;
    this.values = values;
    this.counts = counts;
    this.decided = decided;
    this.bins = bins;
  }

  /** The state of no rows. */
  public static NumericProfile empty(NumericGrid grid) {
    return new NumericTally(grid, BinDetail.FINE).profile();
  }

  public NumericGrid grid() {
    return grid;
  }

  @Override
  public long rows() {
    return n + nulls + nans + positiveInfinities + negativeInfinities;
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public long nulls() {
    return nulls;
  }

  public long nans() {
    return nans;
  }

  public long positiveInfinities() {
    return positiveInfinities;
  }

  public long negativeInfinities() {
    return negativeInfinities;
  }

  /** Whether every distinct value is known with its count. */
  public boolean isExact() {
    return bins == null;
  }

  /**
   * Number of distinct values.
   *
   * @throws IllegalStateException if the profile is not exact
   */
  public int distinct() {
    if (bins != null) {
      throw new IllegalStateException("Distinct values are known only of an exact profile.");
    }
    return values.length;
  }

  /**
   * Rows of the most frequent value; 0 without values.
   *
   * @throws IllegalStateException if the profile is not exact
   */
  public long greatestCount() {
    return distinct() == 0 ? 0 : Arrays.stream(counts).max().orElseThrow();
  }

  double valueAt(int index) {
    return values[index];
  }

  long countAt(int index) {
    return counts[index];
  }

  long decidedAt(int index) {
    return decided[index];
  }

  /**
   * The values with their counts, ascending; null if the profile is not exact. Not to be changed.
   */
  double[] values() {
    return values;
  }

  long[] counts() {
    return counts;
  }

  /** Null for columns that are not split by decision, too. */
  long[] decided() {
    return decided;
  }

  NumericBins binned() {
    return bins;
  }

  /** Least value; NaN without values. */
  public double minimum() {
    if (n == 0) {
      return Double.NaN;
    }
    return bins == null ? values[0] : bins.minimum;
  }

  /** Greatest value; NaN without values. */
  public double maximum() {
    if (n == 0) {
      return Double.NaN;
    }
    return bins == null ? values[values.length - 1] : bins.maximum;
  }

  /** Rows of every fine bin. */
  public long[] binCounts() {
    if (bins != null) {
      return bins.counts.clone();
    }
    long[] perBin = new long[grid.bins()];
    for (int i = 0; i < values.length; i++) {
      perBin[grid.bin(values[i])] += counts[i];
    }
    return perBin;
  }

  /**
   * Values outside a range, exactly: those below {@code least}, or at or above {@code above}.
   *
   * @param least an edge of the grid
   * @param above an edge of the grid, above {@code least}
   */
  public long outside(double least, double above) {
    long[] between = countsBetween(new double[] {least, above});
    return between[0] + between[2];
  }

  /**
   * Rows below the first cut, from each cut to the next, and from the last cut on: one more than
   * cuts.
   *
   * @param cuts ascending; edges of the grid, unless the profile is exact
   * @throws IllegalArgumentException if the profile is binned and a cut is no edge
   */
  public long[] countsBetween(double[] cuts) {
    long[] between = new long[cuts.length + 1];
    BinLookup lookup = new BinLookup(cuts);
    if (bins == null) {
      for (int i = 0; i < values.length; i++) {
        between[lookup.bin(values[i])] += counts[i];
      }
      return between;
    }
    for (double cut : cuts) {
      if (!grid.hasEdge(cut)) {
        throw new IllegalArgumentException(
            "A binned profile cannot be cut at " + cut + ", which is no edge of its grid.");
      }
    }
    between[0] = bins.counts[0];
    for (int bin = 1; bin < bins.counts.length; bin++) {
      between[lookup.bin(grid.low(bin))] += bins.counts[bin];
    }
    return between;
  }

  /**
   * The share of the values that are no greater than a bound; of a binned profile that of the bins
   * up to the one that holds it. NaN without values.
   */
  public double shareUpTo(double bound) {
    long below = 0;
    if (bins == null) {
      for (int i = 0; i < values.length && values[i] <= bound; i++) {
        below += counts[i];
      }
    } else {
      for (int bin = 0; bin <= grid.bin(bound); bin++) {
        below += bins.counts[bin];
      }
    }
    return n == 0 ? Double.NaN : (double) below / n;
  }

  /**
   * How many values are too large for the sums on the bins; while there are any, mean and deviation
   * of a binned profile are unknown.
   */
  public long overflows() {
    return sums().overflows();
  }

  /** Arithmetic mean; NaN without values, or if binned with {@linkplain #overflows overflows}. */
  public double mean() {
    if (n == 0) {
      return Double.NaN;
    }
    return bins == null ? ExactMoments.mean(values, counts, n) : sums().mean(grid, n);
  }

  /**
   * Variance with divisor n − 1, not below 0; NaN below two values, if no double can hold it, or if
   * binned with a value whose square is too large for the sums.
   *
   * <p>Binned, from the sum of squares about the grid's centre c: (Σ(x−c)² − n(mean−c)²) / (n−1).
   */
  public double variance() {
    if (n < 2) {
      return Double.NaN;
    }
    double variance =
        bins == null ? ExactMoments.variance(values, counts, n) : sums().variance(grid, n);
    return Double.isFinite(variance) ? variance : Double.NaN;
  }

  /**
   * The mean with a bound of its error; undefined without values, or if binned with {@linkplain
   * #overflows overflows}.
   */
  public Outcome<Moment> meanWithBound() {
    double mean = mean();
    if (n == 0) {
      return Outcome.undefined(NO_VALUES);
    }
    if (Double.isNaN(mean)) {
      return Outcome.undefined(overflows() + " values are too large to be summed.");
    }
    double bound = bins == null ? 0 : sums().meanBound(grid, n);
    double size = Math.max(Math.abs(mean), orZero(Math.sqrt(variance())));
    return Outcome.of(Moment.of(mean, bound, size));
  }

  /**
   * The square root of {@link #variance} with a bound of its error; undefined where that is, and
   * where the values were rounded too coarsely for it.
   */
  public Outcome<Moment> deviation() {
    double variance = variance();
    if (n < 2) {
      return Outcome.undefined("A deviation needs two values.");
    }
    if (Double.isNaN(variance)) {
      return Outcome.undefined(
          bins == null || hasSquares()
              ? "The deviation is too large for a number."
              : "Some values are too far away for their squares to be summed.");
    }
    return bins == null
        ? Outcome.of(Moment.of(Math.sqrt(variance), 0, 0))
        : Moment.root(variance, sums().varianceBound(grid, n));
  }

  private boolean hasSquares() {
    return sums().squaresKnown() && sums().overflows() == 0;
  }

  private static double orZero(double number) {
    return Double.isNaN(number) ? 0 : number;
  }

  /** Sum of all values; NaN if no double can hold it, or if binned with overflows. */
  public double total() {
    double total = bins == null ? ExactMoments.total(values, counts) : sums().total(grid);
    return Double.isFinite(total) ? total : Double.NaN;
  }

  /**
   * Sum of the squares of all values; NaN if no double can hold it, or if binned with a value whose
   * square is too large for the sums.
   */
  public double squares() {
    if (bins != null && n > 0) {
      double mean = mean();
      double about = n < 2 ? 0 : (n - 1) * variance();
      return about + n * mean * mean;
    }
    double squares = ExactMoments.squares(values, counts);
    return Double.isFinite(squares) ? squares : Double.NaN;
  }

  NumericSums sums() {
    return bins == null ? NumericSums.of(grid, values, counts) : NumericSums.of(bins);
  }

  /**
   * The same rows in this detail. An exact profile holds every value and so has any detail; one
   * that turns to bins in {@link #merge} takes the detail of the other side, or fine if both are
   * exact: ask for the detail that the slice is kept in before storing.
   *
   * @throws IllegalArgumentException if fine detail is asked of coarse sums
   */
  public NumericProfile atDetail(BinDetail detail) {
    if (bins == null || bins.detail() == detail) {
      return this;
    }
    if (detail == BinDetail.FINE) {
      throw new IllegalArgumentException("Coarse sums cannot be told apart into fine ones.");
    }
    return new NumericProfile(
        grid,
        n,
        nulls,
        nans,
        positiveInfinities,
        negativeInfinities,
        null,
        null,
        null,
        bins.coarsened(grid));
  }

  /**
   * The quantile of a share {@code q} with a bound of its error; empty without values.
   *
   * @throws IllegalArgumentException if {@code q} is not in [0, 1]
   * @see NumericQuantile
   */
  public Optional<NumericQuantile> quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("A quantile's share lies in [0, 1], but is " + q + ".");
    }
    return n == 0 ? Optional.empty() : Optional.of(NumericQuantile.of(this, q));
  }

  /**
   * What surely holds the values between two of the ordered ones: from the least that the one of
   * rank {@code lower} can be to the greatest that the one of rank {@code upper} can be; exact
   * where every value is kept, else by the ends of bins.
   *
   * @param ranks counted from 1, at most {@link #n()}
   */
  public Interval between(QuantileRanks ranks) {
    return new Interval(
        NumericQuantile.least(this, ranks.lower() - 1),
        NumericQuantile.greatest(this, ranks.upper() - 1));
  }

  /**
   * Rows with a positive decision.
   *
   * @throws IllegalStateException if the column is not a score
   */
  public long decidedRows() {
    if (!grid.splitByDecision()) {
      throw new IllegalStateException("Only the profile of a score counts decisions.");
    }
    return Arrays.stream(bins == null ? decided : bins.decided).sum();
  }

  @Override
  public NumericProfile merge(NumericProfile other) {
    NumericTally tally = new NumericTally(grid, detailWith(other));
    tally.addAll(this);
    tally.addAll(other);
    return tally.profile();
  }

  @Override
  public Outcome<NumericProfile> mergeOnCommon(NumericProfile other) {
    return grid.common(other.grid).map(common -> over(common).merge(other.over(common)));
  }

  /** The same rows on a grid with fewer edges; an exact profile stays one within its limit. */
  private NumericProfile over(NumericGrid to) {
    if (grid.equals(to)) {
      return this;
    }
    return new NumericProfile(
        to,
        n,
        nulls,
        nans,
        positiveInfinities,
        negativeInfinities,
        values,
        counts,
        decided,
        bins == null ? null : bins.over(grid, to));
  }

  private BinDetail detailWith(NumericProfile other) {
    boolean coarse =
        Stream.of(bins, other.bins)
            .anyMatch(state -> state != null && state.detail() == BinDetail.COARSE);
    return coarse ? BinDetail.COARSE : BinDetail.FINE;
  }

  @Override
  public StoredProfile stored() {
    return StoredNumeric.write(this);
  }

  /** The decisions on the scores of a score column, ascending: by value, or by bin. */
  public List<ScoreCell> scoreCells() {
    List<ScoreCell> cells = new ArrayList<>();
    for (int i = 0; bins == null && i < values.length; i++) {
      cells.add(new ScoreCell(values[i], values[i], counts[i], decided[i]));
    }
    for (int bin = 0; bins != null && bin < bins.counts.length; bin++) {
      if (bins.counts[bin] > 0) {
        double low = bins.lows == null ? Math.max(minimum(), grid.low(bin)) : bins.lows[bin];
        double high = bins.highs == null ? Math.min(maximum(), grid.high(bin)) : bins.highs[bin];
        cells.add(new ScoreCell(low, high, bins.counts[bin], bins.decided[bin]));
      }
    }
    return cells;
  }

  /**
   * Rebuilds a profile from its stored form.
   *
   * @throws IllegalArgumentException if the form is of a later format or does not fit the grid
   */
  public static NumericProfile of(NumericGrid grid, StoredProfile stored) {
    return StoredNumeric.read(grid, stored);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof NumericProfile other
        && grid.equals(other.grid)
        && n == other.n
        && nulls == other.nulls
        && nans == other.nans
        && positiveInfinities == other.positiveInfinities
        && negativeInfinities == other.negativeInfinities
        && Arrays.equals(values, other.values)
        && Arrays.equals(counts, other.counts)
        && Arrays.equals(decided, other.decided)
        && Objects.equals(bins, other.bins);
  }

  @Override
  public int hashCode() {
    return Objects.hash(n, nulls, nans, Arrays.hashCode(values), Arrays.hashCode(counts), bins);
  }
}
