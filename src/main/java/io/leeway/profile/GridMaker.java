package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Makes a grid of what is known of the reference's values: equal-mass edges, the exact deciles, a
 * point bin for every heavy value, least and greatest value; for scores in [0, 1] also tenths and a
 * ladder in logit towards both ends.
 */
final class GridMaker {
  private static final int COARSE_BINS = 32;
  private static final int SUM_BITS = 46;
  private static final int SQUARE_BITS = 42;

  /** Where all values are 0 and so give no scale: sums to 1.5e-11, values up to 6.7e7. */
  private static final int UNSCALED_BITS = 36;

  private static final double LADDER_STEP = 0.5;
  private static final double LADDER_END = 1e-6;

  /** A value is heavy from one row in so many on. */
  static final int HEAVY = 512;

  private final ColumnKind kind;
  private final int exactLimit;
  private final List<KeyRange> ranges;
  private final long rows;
  private final double minimum;
  private final double maximum;
  private final int fineBins;
  private final TreeSet<Double> edges = new TreeSet<>();

  GridMaker(
      ColumnKind kind,
      int exactLimit,
      List<KeyRange> ranges,
      long rows,
      double minimum,
      double maximum,
      int fineBins) {
    this.kind = kind;
    this.exactLimit = exactLimit;
    this.ranges = ranges;
    this.rows = rows;
    this.minimum = minimum;
    this.maximum = maximum;
    this.fineBins = fineBins;
  }

  NumericGrid grid() {
    addEqualMass();
    addHeavyValues();
    edges.add(minimum);
    addAbove(maximum);
    if (kind == ColumnKind.SCORE && minimum >= 0 && maximum <= 1) {
      addTenths();
      addLadder();
    }
    double[] deciles = deciles();
    Arrays.stream(deciles).forEach(edges::add);
    double[] ascending = edges.stream().mapToDouble(Double::doubleValue).toArray();
    double center = center();
    return new NumericGrid(
        kind,
        ascending,
        deciles,
        coarse(ascending),
        center,
        sumExponent(),
        squareExponent(center),
        exactLimit);
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

  /** For k = 1 … 9 the least p with floor(10 p) = k in double arithmetic. */
  private void addTenths() {
    for (int k = 1; k <= 9; k++) {
      double edge = k / 10.0;
      while (Math.floor(10 * edge) < k) {
        edge = Math.nextUp(edge);
      }
      while (Math.floor(10 * Math.nextDown(edge)) >= k) {
        edge = Math.nextDown(edge);
      }
      edges.add(edge);
    }
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

  private double magnitude() {
    return Math.max(Math.abs(minimum), Math.abs(maximum));
  }

  private int sumExponent() {
    return magnitude() == 0 ? UNSCALED_BITS : FixedPoint.exponentFor(magnitude(), SUM_BITS);
  }

  /** By the greatest distance to the centre; by the value itself where there is only one. */
  private int squareExponent(double center) {
    double spread = Math.max(maximum - center, center - minimum);
    double size = spread > 0 ? spread : magnitude();
    return size == 0 ? UNSCALED_BITS : FixedPoint.exponentFor(size * size, SQUARE_BITS);
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
