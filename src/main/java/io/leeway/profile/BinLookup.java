package io.leeway.profile;

import java.util.Arrays;

/**
 * Finds the bin of a value: how many of the ascending edges lie at or below it.
 *
 * <p>A table of slots over the range of the edges says where to start; from there the edges are
 * walked, or, in a crowded slot, searched by halving. Slots are cut evenly along the numbers, or
 * along their bit patterns, which suits long tails: whichever leaves fewer edges to be walked. The
 * slot of a value and the slot of an edge come from the same arithmetic, which rises with its
 * argument, so rounding cannot put a value on the wrong side of an edge.
 */
final class BinLookup {
  private static final int SLOTS = 4096;
  private static final int CROWDED = 8;
  private static final int FEW = 8;

  /** Ascending, and one more that no finite value reaches. */
  private final double[] edges;

  private final double origin;
  private final double slotsPerUnit;
  private final long originBits;
  private final long lastBits;
  private final int shift;
  private final boolean byBits;

  /** Edges in slots before this one, for every slot and one beyond. */
  private final int[] before;

  /** The same, but -1 for a crowded slot. */
  private final int[] start = new int[SLOTS];

  BinLookup(double[] edges) {
    this.edges = Arrays.copyOf(edges, edges.length + 1);
    this.edges[edges.length] = Double.POSITIVE_INFINITY;
    double first = edges.length == 0 ? 0 : edges[0];
    double last = edges.length == 0 ? 0 : edges[edges.length - 1];
    boolean usable = edges.length > FEW && last > first && Double.isFinite(last - first);
    double scale = usable ? (SLOTS - 1) / (last - first) : 0;
    this.origin = first;
    this.slotsPerUnit = Double.isFinite(scale) ? scale : 0;
    this.originBits = bits(first);
    this.lastBits = bits(last);
    this.shift = shift(lastBits - originBits);
    int[] evenly = before(false);
    int[] alongBits = before(true);
    this.byBits = edges.length > FEW && walked(alongBits) < walked(evenly);
    this.before = byBits ? alongBits : evenly;
    for (int slot = 0; slot < SLOTS; slot++) {
      start[slot] = before[slot + 1] - before[slot] > CROWDED ? -1 : before[slot];
    }
  }

  /** So many bits to be cut that the range, as an unsigned number, fits the slots. */
  private static int shift(long range) {
    int shift = 0;
    while (Long.compareUnsigned(range >>> shift, SLOTS) >= 0) {
      shift++;
    }
    return shift;
  }

  private int[] before(boolean alongBits) {
    int[] counts = new int[SLOTS + 1];
    int edge = 0;
    for (int slot = 0; slot <= SLOTS; slot++) {
      while (edge < edges.length - 1 && slot(edges[edge], alongBits) < slot) {
        edge++;
      }
      counts[slot] = edge;
    }
    return counts;
  }

  /** Each bin holds about as many values, so slots are met as often as they have edges. */
  private static long walked(int[] before) {
    long walked = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      long edges = before[slot + 1] - (long) before[slot];
      walked += edges * edges;
    }
    return walked;
  }

  /** Number of edges at or below {@code value}, which must be finite. */
  int bin(double value) {
    int slot = slot(value, byBits);
    int bin = start[slot];
    if (bin < 0) {
      return halve(value, before[slot], before[slot + 1]);
    }
    while (edges[bin] <= value) {
      bin++;
    }
    return bin;
  }

  private int halve(double value, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Values beyond the edges land in the first or the last slot. */
  private int slot(double value, boolean alongBits) {
    if (alongBits) {
      long bits = bits(value);
      if (bits <= originBits) {
        return 0;
      }
      return bits >= lastBits ? SLOTS - 1 : (int) ((bits - originBits) >>> shift);
    }
    // The cast cuts at the ends of int.
    int slot = (int) ((value - origin) * slotsPerUnit);
    return slot < 0 ? 0 : Math.min(slot, SLOTS - 1);
  }

  /** Rises with the value. */
  private static long bits(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
