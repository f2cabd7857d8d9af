package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import io.leeway.stats.Outcome;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often identifiers occur: of those with the smallest hashes, the rows of each. No identifier
 * leaves the scan: once all rows of a window have come together, the sample is {@linkplain #settled
 * settled} and tells only how many identifiers have how many rows. Settled samples of several
 * windows cannot tell what they have in common, so their sum tells nothing but its rows.
 */
public final class IdSample implements Profile<IdSample> {
  private final IdGrid grid;
  private final long n;
  private final long nulls;
  private final boolean settled;
  private final SortedMap<Double, Long> rowsByHash;
  private final SortedMap<Long, Long> idsByRows;
  private final double reach;

  IdSample(
      IdGrid grid,
      long n,
      long nulls,
      boolean settled,
      SortedMap<Double, Long> rowsByHash,
      SortedMap<Long, Long> idsByRows,
      double reach) {
    this.grid = grid;
    this.n = n;
    this.nulls = nulls;
    this.settled = settled;
    this.rowsByHash = Collections.unmodifiableSortedMap(rowsByHash);
    this.idsByRows = Collections.unmodifiableSortedMap(idsByRows);
    this.reach = reach;
  }

  IdGrid grid() {
    return grid;
  }

  SortedMap<Double, Long> rowsByHash() {
    return rowsByHash;
  }

  /** Whether no identifier can be told any more. */
  boolean isSettled() {
    return settled;
  }

  @Override
  public long rows() {
    return n + nulls;
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public long nulls() {
    return nulls;
  }

  /** By number of rows, how many sampled identifiers have it; empty where that is not known. */
  public SortedMap<Long, Long> idsByRows() {
    return settled ? idsByRows : counted();
  }

  private SortedMap<Long, Long> counted() {
    SortedMap<Long, Long> ids = new TreeMap<>();
    rowsByHash.values().forEach(rows -> ids.merge(rows, 1L, Long::sum));
    return ids;
  }

  /**
   * The greatest hash of the sample as a share of all hashes, in (0, 1], to 24 bits; NaN without
   * identifiers.
   */
  public double reach() {
    return settled || rowsByHash.isEmpty() ? reach : (float) ((rowsByHash.lastKey() + 1) * 0x1p-53);
  }

  /** Whether the sample is all identifiers. */
  public boolean isComplete() {
    return idsByRows().entrySet().stream().mapToLong(of -> of.getKey() * of.getValue()).sum() == n;
  }

  @Override
  public IdSample settled() {
    return settled ? this : new IdSample(grid, n, nulls, true, new TreeMap<>(), counted(), reach());
  }

  @Override
  public IdSample merge(IdSample other) {
    IdTally tally = grid.tally();
    tally.addAll(this);
    tally.addAll(other);
    return tally.profile();
  }

  @Override
  public Outcome<IdSample> mergeOnCommon(IdSample other) {
    return grid.equals(other.grid)
        ? Outcome.of(merge(other))
        : Outcome.undefined("Samples of other sizes do not add up.");
  }

  /**
   * {@code values} are hashes and {@code n} their rows; settled, rows and {@code n} identifiers.
   * {@code maximum} is {@link #reach}.
   */
  @Override
  public StoredProfile stored() {
    StoredProfile.Builder stored = new StoredProfile.Builder(ColumnKind.IDS);
    stored.rows = rows();
    stored.n = n;
    stored.nulls = nulls;
    stored.exact = !settled;
    stored.maximum = reach();
    if (settled) {
      stored.values = idsByRows.keySet().stream().mapToDouble(Long::doubleValue).toArray();
      stored.valueCounts = idsByRows.values().stream().mapToLong(Long::longValue).toArray();
    } else {
      stored.values = rowsByHash.keySet().stream().mapToDouble(Double::doubleValue).toArray();
      stored.valueCounts = rowsByHash.values().stream().mapToLong(Long::longValue).toArray();
    }
    return stored.build();
  }

  static IdSample of(IdGrid grid, StoredProfile stored) {
    if (stored.kind != ColumnKind.IDS) {
      throw new IllegalArgumentException(
          "A stored profile of kind " + stored.kind + " is no sample of identifiers.");
    }
    SortedMap<Double, Long> byHash = new TreeMap<>();
    SortedMap<Long, Long> byRows = new TreeMap<>();
    for (int i = 0; i < stored.values.length; i++) {
      if (stored.exact) {
        byHash.put(stored.values[i], stored.valueCounts[i]);
      } else {
        byRows.put((long) stored.values[i], stored.valueCounts[i]);
      }
    }
    return new IdSample(
        grid, stored.n, stored.nulls, !stored.exact, byHash, byRows, stored.maximum);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof IdSample other
        && grid.equals(other.grid)
        && n == other.n
        && nulls == other.nulls
        && settled == other.settled
        && rowsByHash.equals(other.rowsByHash)
        && idsByRows.equals(other.idsByRows)
        && Double.compare(reach(), other.reach()) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(grid, n, nulls, settled, rowsByHash, idsByRows);
  }
}
