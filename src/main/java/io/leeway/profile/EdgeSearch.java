package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the edges of a column exactly, at any size, in two or three passes over the rows, six at
 * most where values crowd about a few places: each pass counts parts of the ranges in which a
 * quantile may still lie or which hold too many rows, until every quantile that must be exact is
 * one of a handful of known values. Since counts alone steer it, the result does not depend on how
 * rows are spread.
 */
public final class EdgeSearch {
  private static final int FIRST_PART_BITS = 16;
  private static final int FIRST_DISTINCT = 4096;
  private static final int LEAST_DISTINCT = 64;

  /** Parts and distinct values that a later pass may count over all ranges, roughly. */
  private static final int BUDGET_BITS = 16;

  private static final int LEAST_PART_BITS = 3;
  private static final int MOST_PART_BITS = 14;

  /** So that 64 bits are used up after five passes: 16 + 4 · 12. */
  private static final int RANK_PART_BITS = 12;

  /** So that 64 bits are used up after six passes: 16 + 5 · 10. */
  private static final int HEAVY_PART_BITS = 10;

  /** Ranges that are merely crowded, which costs some sharpness only, are not split further. */
  private static final int CROWDED_PASSES = 5;

  private final ColumnKind kind;
  private final int exactLimit;
  private final Optional<NumericGrid> inForce;
  private List<KeyRange> ranges = List.of(KeyRange.all());
  private List<Integer> asked = List.of();
  private int passes;
  private long rows;
  private long nulls;
  private long nonFinite;
  private double minimum;
  private double maximum;

  public EdgeSearch(ColumnKind kind, int exactLimit) {
    this(kind, exactLimit, Optional.empty());
  }

  /**
   * For a grid that refines another.
   *
   * @param inForce the grid whose edges are to be kept
   * @throws IllegalArgumentException if it is of another kind
   */
  public EdgeSearch(ColumnKind kind, int exactLimit, Optional<NumericGrid> inForce) {
    this.kind = kind;
    this.exactLimit = exactLimit;
    this.inForce = inForce;
    if (inForce.isPresent() && inForce.get().kind() != kind) {
      throw new IllegalArgumentException(
          "A grid of kind " + kind + " cannot refine one of kind " + inForce.get().kind() + ".");
    }
  }

  /** What to count in the next pass, or nothing if the edges are known. */
  public Optional<KeyProbe> next() {
    if (passes == 0) {
      asked = List.of(0);
      return Optional.of(
          new KeyProbe(ranges, new int[] {FIRST_PART_BITS}, Math.max(FIRST_DISTINCT, exactLimit)));
    }
    List<Integer> open = open();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    asked = open;
    List<KeyRange> probed = open.stream().map(ranges::get).toList();
    return Optional.of(new KeyProbe(probed, partBits(open), distinctLimit(open.size())));
  }

  private static int distinctLimit(int ranges) {
    return Math.max(LEAST_DISTINCT, Math.min(FIRST_DISTINCT, (1 << BUDGET_BITS) / ranges));
  }

  /** Takes what the probe of {@link #next} has counted over all rows. */
  public void take(KeyProbe counted) {
    if (passes == 0) {
      nulls = counted.nulls();
      nonFinite = counted.nonFinite();
      minimum = counted.minimum();
      maximum = counted.maximum();
    }
    List<KeyRange> refined = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < ranges.size(); i++) {
      if (next < asked.size() && asked.get(next) == i) {
        refined.addAll(counted.found(next++));
      } else {
        refined.add(ranges.get(i));
      }
    }
    ranges = refined;
    rows = ranges.stream().mapToLong(KeyRange::rows).sum();
    passes++;
  }

  /** Finite values seen. */
  public long rows() {
    return rows;
  }

  public long nulls() {
    return nulls;
  }

  /** Rows that are NaN or infinite. */
  public long nonFinite() {
    return nonFinite;
  }

  /**
   * The value at a share of the ordered ones: exact where it is known, else the least of those
   * counted together with it, about a thousandth of all.
   *
   * @throws IllegalStateException if there are no values
   */
  public double valueNear(double share) {
    long left = (long) ((rows - 1) * share);
    for (KeyRange range : ranges) {
      for (int i = 0; i < range.points(); i++) {
        left -= range.count(i);
        if (left < 0) {
          return Math.max(minimum, range.value(i));
        }
      }
    }
    throw new IllegalStateException("There are no values.");
  }

  /** Whether all finite values are one and the same. */
  public boolean isConstant() {
    return rows > 0 && minimum == maximum;
  }

  /** Least finite value; positive infinity without values. */
  public double minimum() {
    return minimum;
  }

  /** Greatest finite value; negative infinity without values. */
  public double maximum() {
    return maximum;
  }

  /** How many passes were taken. */
  public int passes() {
    return passes;
  }

  /** By its share of the open rows, and enough for the promised number of passes. */
  private int[] partBits(List<Integer> open) {
    long openRows = open.stream().mapToLong(i -> ranges.get(i).rows()).sum();
    Set<Integer> withRank = new HashSet<>(withRank());
    return open.stream()
        .mapToInt(
            i -> {
              KeyRange range = ranges.get(i);
              int least =
                  withRank.contains(i)
                      ? RANK_PART_BITS
                      : mayHoldHeavy(range) ? HEAVY_PART_BITS : LEAST_PART_BITS;
              int share = BUDGET_BITS + Math.getExponent((double) range.rows() / openRows);
              return Math.min(range.bits(), Math.max(least, Math.min(MOST_PART_BITS, share)));
            })
        .toArray();
  }

  private boolean mayHoldHeavy(KeyRange range) {
    return range.rows() * GridMaker.HEAVY >= rows;
  }

  private List<Integer> open() {
    Set<Integer> open = new TreeSet<>(withRank());
    long crowded = rows / (4L * fineBins());
    for (int i = 0; i < ranges.size(); i++) {
      KeyRange range = ranges.get(i);
      boolean split = range.rows() > crowded && passes < CROWDED_PASSES;
      if (!range.isKnown() && (split || mayHoldHeavy(range))) {
        open.add(i);
      }
    }
    return List.copyOf(open);
  }

  /** Places of the ranges that hold a rank of the deciles and are not known. */
  private List<Integer> withRank() {
    long[] ranks = decileRanks();
    List<Integer> withRank = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < ranges.size(); i++) {
      KeyRange range = ranges.get(i);
      long after = before + range.rows();
      if (!range.isKnown() && holdsRank(ranks, before, after)) {
        withRank.add(i);
      }
      before = after;
    }
    return withRank;
  }

  private static boolean holdsRank(long[] ranks, long from, long to) {
    int position = Arrays.binarySearch(ranks, from);
    int first = position >= 0 ? position : -position - 1;
    return first < ranks.length && ranks[first] < to;
  }

  /** Zero-based ranks between which the deciles are interpolated, ascending. */
  private long[] decileRanks() {
    long[] ranks = new long[18];
    for (int k = 1; k <= 9; k++) {
      double position = (rows - 1) * (k / 10.0);
      ranks[2 * k - 2] = (long) Math.floor(position);
      ranks[2 * k - 1] = Math.min(rows - 1, ranks[2 * k - 2] + 1);
    }
    return Arrays.stream(ranks).distinct().sorted().toArray();
  }

  private int fineBins() {
    return kind == ColumnKind.SCORE ? 1024 : 256;
  }

  /**
   * The edges found, as a grid; those of the grid in force are among them.
   *
   * @throws IllegalStateException if another pass is needed, or if there are no values
   */
  public NumericGrid grid() {
    if (rows == 0 || !open().isEmpty()) {
      throw new IllegalStateException(
          "The edges are not known: " + rows + " values after " + passes + " passes.");
    }
    return new GridMaker(kind, exactLimit, ranges, rows, minimum, maximum, fineBins(), inForce)
        .grid();
  }
}
