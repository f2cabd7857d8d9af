package io.leeway.profile;

/**
 * Counts values into a {@link NumericProfile}: the one mutable place in which rows and profiles are
 * added up.
 *
 * <p>While at most {@link NumericGrid#exactLimit} distinct values were seen, each is kept with its
 * count; with one more, all go to the bins and stay there. Which of the two holds depends on the
 * set of values alone, never on their order. Not safe for use by several threads.
 */
public final class NumericTally implements Tally<NumericProfile> {
  private final NumericGrid grid;
  private final BinDetail detail;

  private long n;
  private long nulls;
  private long nans;
  private long positiveInfinities;
  private long negativeInfinities;

  /** Null once values go to {@link #bins}, which is null before. */
  private SortedCounts exact;

  private BinnedTally bins;

  public NumericTally(NumericGrid grid, BinDetail detail) {
    this.grid = grid;
    this.detail = detail;
    this.exact = new SortedCounts(grid.splitByDecision(), grid.exactLimit());
  }

  /** Whether every distinct value is still kept. */
  public boolean isExact() {
    if (exact != null && exact.isOverLimit()) {
      toBins();
    }
    return exact != null;
  }

  public void addNull() {
    nulls++;
  }

  /** Adds one row whose number is NaN or infinite. */
  public void addNonFinite(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      positiveInfinities++;
    } else if (value == Double.NEGATIVE_INFINITY) {
      negativeInfinities++;
    } else {
      nans++;
    }
  }

  /**
   * Adds one row, whatever its value.
   *
   * @param positive 1 if the model's decision for the row is the positive one, else 0
   */
  public void add(double value, int positive) {
    if (!Double.isFinite(value)) {
      addNonFinite(value);
    } else {
      n++;
      if (exact == null) {
        bins.add(value + 0.0, 1, positive);
      } else if (exact.add(value + 0.0, positive)) {
        toBins();
      }
    }
  }

  /**
   * Adds rows of a block.
   *
   * @param rows their places in the block, from {@code from} on, up to {@code to}
   */
  public void add(PlacedValues block, int[] rows, int from, int to) {
    int next = from;
    while (exact != null && next < to) {
      int i = rows[next++];
      if (block.missing[i]) {
        nulls++;
      } else {
        add(block.values[i], block.positive[i]);
      }
    }
    if (next < to) {
      int placed = bins.add(block, rows, next, to);
      n += placed;
      if (placed < to - next) {
        countUnplaced(block, rows, next, to);
      }
    }
  }

  private void countUnplaced(PlacedValues block, int[] rows, int from, int to) {
    for (int k = from; k < to; k++) {
      int i = rows[k];
      if (block.missing[i]) {
        nulls++;
      } else if (!Double.isFinite(block.values[i])) {
        addNonFinite(block.values[i]);
      }
    }
  }

  /**
   * Adds all rows of a profile. One of fine detail may be added to a coarse tally.
   *
   * @throws IllegalArgumentException if it was counted on another grid or in less detail
   */
  @Override
  public void addAll(NumericProfile profile) {
    if (!grid.equals(profile.grid())) {
      throw new IllegalArgumentException(
          "Profiles on different grids do not add up; compare them on common edges.");
    }
    nulls += profile.nulls();
    nans += profile.nans();
    positiveInfinities += profile.positiveInfinities();
    negativeInfinities += profile.negativeInfinities();
    n += profile.n();
    if (profile.isExact()) {
      addExact(profile);
    } else {
      if (exact != null) {
        toBins();
      }
      bins.addAll(profile.binned());
    }
  }

  private void addExact(NumericProfile profile) {
    if (exact == null) {
      for (int i = 0; i < profile.distinct(); i++) {
        long positive = grid.splitByDecision() ? profile.decidedAt(i) : 0;
        bins.add(profile.valueAt(i), profile.countAt(i), positive);
      }
      return;
    }
    exact.addAll(
        profile.values(),
        profile.counts(),
        grid.splitByDecision() ? profile.decided() : null,
        profile.distinct());
    if (exact.isOverLimit()) {
      toBins();
    }
  }

  private void toBins() {
    bins = new BinnedTally(grid, detail);
    exact.forEach(bins::add);
    exact = null;
  }

  @Override
  public NumericProfile profile() {
    if (isExact()) {
      return new NumericProfile(
          grid,
          n,
          nulls,
          nans,
          positiveInfinities,
          negativeInfinities,
          exact.values(),
          exact.rows(),
          exact.decided(),
          null);
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
        bins.bins());
  }

  /** Heap held by this tally, in bytes, to within a tenth. */
  public long bytes() {
    return 100 + (exact != null ? exact.bytes() : bins.bytes());
  }
}
