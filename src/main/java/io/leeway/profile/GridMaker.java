package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a grid of what is known of the reference's values: equal-mass edges, the exact deciles, a
 * point bin for every heavy value, least and greatest value; for scores in [0, 1] also tenths and a
 * ladder in logit towards both ends. An operational column has a {@link LogLadder} in place of the
 * equal-mass edges.
 *
 * <p>Where a grid is in force, the new one refines it: it has all its edges besides, as long as
 * both together are at most {@value #MOST_EDGES}, a fixed ladder apart. Above that the equal-mass
 * edges are left out, then the point bins; what stays is without what numbers would be wrong, and
 * not merely less sharp: deciles, least and greatest value, tenths of scores. The scales of the
 * sums stay those in force while they fit the new reference, so that sums on both grids add up.
 */
final class GridMaker {
  static final int COARSE_BINS = 32;
  private static final int SUM_BITS = 46;
  private static final int SQUARE_BITS = 42;

  private static final double LADDER_STEP = 0.5;
  private static final double LADDER_END = 1e-6;

  /** Of a grid that refines another. */
  private static final int MOST_EDGES = 1024;

  /** At each end one value in so many is left out of what is ordinary. */
  private static final int TAIL = 200;

  /** A value is heavy from one row in so many on. */
  static final int HEAVY = 512;

  private final ColumnKind kind;
  private final int exactLimit;
  private final List<KeyRange> ranges;
  private final long rows;
  private final double minimum;
  private final double maximum;
  private final int fineBins;
  private final Optional<NumericGrid> inForce;
  private final TreeSet<Double> edges = new TreeSet<>();

  GridMaker(
      ColumnKind kind,
      int exactLimit,
      List<KeyRange> ranges,
      long rows,
      double minimum,
      double maximum,
      int fineBins,
      Optional<NumericGrid> inForce) {
    this.kind = kind;
    this.exactLimit = exactLimit;
    this.ranges = ranges;
    this.rows = rows;
    this.minimum = minimum;
    this.maximum = maximum;
    this.fineBins = fineBins;
    this.inForce = inForce;
  }

  NumericGrid grid() {
    double[] deciles = deciles();
    addEdges(deciles);
    double[] ascending = edges.stream().mapToDouble(Double::doubleValue).toArray();
    Optional<NumericGrid> scales = inForce.filter(this::hasFittingScales);
    double center = scales.map(NumericGrid::center).orElseGet(this::center);
    return new NumericGrid(
        kind,
        ascending,
        deciles,
        coarse(ascending),
        center,
        scales.map(NumericGrid::sumExponent).orElseGet(sumScale()::exponent),
        scales.map(NumericGrid::squareExponent).orElseGet(squareScale(center)::exponent),
        exactLimit);
  }

  private void addEdges(double[] deciles) {
    boolean probabilities = kind == ColumnKind.SCORE && minimum >= 0 && maximum <= 1;
    inForce.ifPresent(grid -> Arrays.stream(grid.edges()).forEach(edges::add));
    Arrays.stream(deciles).forEach(edges::add);
    edges.add(minimum);
    addAbove(maximum);
    if (probabilities) {
      addTenths();
    }
    if (kind == ColumnKind.OPERATIONAL) {
      Arrays.stream(LogLadder.edges()).forEach(edges::add);
    }
    Set<Double> indispensable = Set.copyOf(edges);
    addHeavyValues();
    Set<Double> withHeavyValues = Set.copyOf(edges);
    if (kind != ColumnKind.OPERATIONAL) {
      addEqualMass();
    }
    if (probabilities) {
      addLadder();
    }
    int most = MOST_EDGES + (kind == ColumnKind.OPERATIONAL ? LogLadder.SIZE : 0);
    if (inForce.isPresent() && edges.size() > most) {
      edges.retainAll(withHeavyValues.size() > most ? indispensable : withHeavyValues);
    }
  }

  /** A grid without deciles saw no reference, so its scales mean nothing. */
  private boolean hasFittingScales(NumericGrid grid) {
    return grid.deciles().length > 0
        && sumScale().accepts(grid.sumExponent())
        && squareScale(grid.center()).accepts(grid.squareExponent());
  }

  private void addEqualMass() {
    long before = 0;
    long next = 1;
    for (KeyRange range : ranges) {
      for (int i = 0; i < range.points(); i++) {
        long here = range.count(i);
        long target = next * rows / fineBins;
        if (before + here > target && next < fineBins) {
          edges.add(range.value(i));
          while (next < fineBins && before + here > next * rows / fineBins) {
            next++;
          }
        }
        before += here;
      }
    }
  }

  private void addHeavyValues() {
    for (KeyRange range : ranges) {
      for (int i = 0; range.isKnown() && i < range.points(); i++) {
        if (range.count(i) * HEAVY >= rows) {
          edges.add(range.value(i));
          addAbove(range.value(i));
        }
      }
    }
  }

  /** An edge that leaves {@code value} just below it; none where no finite one exists. */
  private void addAbove(double value) {
    if (value < Double.MAX_VALUE) {
      edges.add(Math.nextUp(value) + 0.0);
    }
  }

  /** For k = 1 … 9 the least p with floor(10 p) = k in double arithmetic, and the ends 0 and 1. */
  private void addTenths() {
    edges.add(0.0);
    addAbove(1);
    for (int k = 1; k <= 9; k++) {
      edges.add(tenth(k));
    }
  }

  /** The least p with floor(10 p) = k in double arithmetic. */
  static double tenth(int k) {
    double edge = k / 10.0;
    while (Math.floor(10 * edge) < k) {
      edge = Math.nextUp(edge);
    }
    while (Math.floor(10 * Math.nextDown(edge)) >= k) {
      edge = Math.nextDown(edge);
    }
    return edge;
  }

  private void addLadder() {
    double end = StrictMath.log((1 - LADDER_END) / LADDER_END);
    for (double logit = end; logit > 0; logit -= LADDER_STEP) {
      edges.add(1 / (1 + StrictMath.exp(logit)));
      edges.add(1 / (1 + StrictMath.exp(-logit)));
    }
  }

  /** Quantiles 0.1 … 0.9 by linear interpolation at position (n − 1) q, duplicates removed. */
  private double[] deciles() {
    TreeSet<Double> deciles = new TreeSet<>();
    for (int k = 1; k <= 9; k++) {
      double position = (rows - 1) * (k / 10.0);
      long below = (long) Math.floor(position);
      double low = valueAt(below);
      double high = valueAt(Math.min(rows - 1, below + 1));
      deciles.add(NumericQuantile.interpolate(low, high, position - below) + 0.0);
    }
    return deciles.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The value of a zero-based rank, which must lie in a known range. */
  private double valueAt(long rank) {
    long before = 0;
    for (KeyRange range : ranges) {
      if (rank >= before + range.rows()) {
        before += range.rows();
        continue;
      }
      for (int i = 0; i < range.points(); i++) {
        before += range.count(i);
        if (rank < before) {
          return range.value(i);
        }
      }
    }
    throw new IllegalArgumentException("There is no rank " + rank + " among " + rows + " values.");
  }

  /** A value near the middle of the mass: squares about it stay small. */
  private double center() {
    long before = 0;
    for (KeyRange range : ranges) {
      before += range.rows();
      if (2 * before >= rows) {
        double middle = range.value(range.points() / 2);
        return Math.max(minimum, Math.min(maximum, middle));
      }
    }
    return minimum;
  }

  private SumScale sumScale() {
    return new SumScale(distance(0, tail()), distance(0, 0), SUM_BITS);
  }

  /** By squared distances to the centre; by the value itself where there is only one. */
  private SumScale squareScale(double center) {
    double from = distance(center, 0) > 0 ? center : 0;
    double ordinary = distance(from, tail());
    double greatest = distance(from, 0);
    return new SumScale(ordinary * ordinary, greatest * greatest, SQUARE_BITS);
  }

  /** Values to leave out at either end: none of fewer than {@value #TAIL}. */
  private long tail() {
    return rows / TAIL;
  }

  /** The greatest distance from a point, once so many values are left out at either end. */
  private double distance(double from, long tail) {
    return Math.max(Math.abs(leastBeyond(tail) - from), Math.abs(greatestBefore(tail) - from));
  }

  /** The value of a zero-based rank, or the least that its range can hold. */
  private double leastBeyond(long rank) {
    long before = 0;
    for (KeyRange range : ranges) {
      for (int i = 0; i < range.points(); i++) {
        before += range.count(i);
        if (rank < before) {
          return Math.max(minimum, range.value(i));
        }
      }
    }
    return minimum;
  }

  /** The value of a zero-based rank from above, or the greatest that its range can hold. */
  private double greatestBefore(long rank) {
    long after = 0;
    for (int r = ranges.size() - 1; r >= 0; r--) {
      KeyRange range = ranges.get(r);
      for (int i = range.points() - 1; i >= 0; i--) {
        after += range.count(i);
        if (rank < after) {
          double value = range.isKnown() ? range.value(i) : OrderedKey.value(range.last());
          return Math.min(maximum, value);
        }
      }
    }
    return maximum;
  }

  /** Runs of fine bins with about equal mass of the reference, at most {@value #COARSE_BINS}. */
  private int[] coarse(double[] ascending) {
    long[] counts = new long[ascending.length + 1];
    BinLookup lookup = new BinLookup(ascending);
    for (KeyRange range : ranges) {
      for (int i = 0; i < range.points(); i++) {
        counts[lookup.bin(range.value(i))] += range.count(i);
      }
    }
    int[] coarse = new int[counts.length];
    long before = 0;
    int current = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      int wanted = (int) Math.min(COARSE_BINS - 1, before * COARSE_BINS / rows);
      if (bin > 0 && wanted > current) {
        current++;
      }
      coarse[bin] = current;
      before += counts[bin];
    }
    return coarse;
  }
}
