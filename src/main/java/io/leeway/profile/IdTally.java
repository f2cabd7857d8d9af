package io.leeway.profile;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the rows of the identifiers with the smallest hashes. Not safe for several threads. */
public final class IdTally implements Tally<IdSample> {
  private final IdGrid grid;
  private final TreeMap<Double, Long> rowsByHash = new TreeMap<>();
  private double greatest = Double.POSITIVE_INFINITY;
  private long n;
  private long nulls;
  private boolean settled;

  IdTally(IdGrid grid) {
    this.grid = grid;
  }

  /** Adds a row without an identifier. */
  public void addNull() {
    nulls++;
  }

  /** Adds a row by the hash of its identifier. */
  public void add(double hash) {
    n++;
    if (hash <= greatest) {
      keep(hash, 1);
    }
  }

  private void keep(double hash, long rows) {
    rowsByHash.merge(hash, rows, Long::sum);
    if (rowsByHash.size() > grid.kept()) {
      rowsByHash.pollLastEntry();
    }
    if (rowsByHash.size() == grid.kept()) {
      greatest = rowsByHash.lastKey();
    }
  }

  @Override
  public void addAll(IdSample profile) {
    if (!grid.equals(profile.grid())) {
      throw new IllegalArgumentException("Samples of other sizes do not add up.");
    }
    n += profile.n();
    nulls += profile.nulls();
    settled |= profile.isSettled();
    profile.rowsByHash().forEach(this::keep);
  }

  @Override
  public IdSample profile() {
    SortedMap<Double, Long> kept = settled ? new TreeMap<>() : rowsByHash;
    return new IdSample(grid, n, nulls, settled, kept, new TreeMap<>(), Double.NaN);
  }

  /** Heap held by this tally, in bytes, roughly. */
  public long bytes() {
    return 200 + 80L * rowsByHash.size();
  }
}
