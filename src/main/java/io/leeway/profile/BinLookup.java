package io.leeway.profile;

/**
 * Finds the bin of a value: how many of the ascending edges lie at or below it.
 *
 * <p>A table over the range of the edges narrows the search to the few edges of one slot; crowded
 * slots are searched by halving. The slot of a value and the slot of an edge come from the same
 * arithmetic, which rises with its argument, so rounding cannot put a value on the wrong side of an
 * edge.
 */
final class BinLookup {
  private static final int SLOTS = 2048;
  private static final int SCAN = 8;

  private final double[] edges;
  private final double origin;
  private final double slotsPerUnit;

  /** Edges in slots before this one, for every slot and one beyond. */
  private final int[] before;

  BinLookup(double[] edges) {
    this.edges = edges;
    double range = edges.length == 0 ? 0 : edges[edges.length - 1] - edges[0];
    boolean usable = edges.length > SCAN && range > 0 && Double.isFinite(range);
    this.origin = edges.length == 0 ? 0 : edges[0];
    double scale = usable ? (SLOTS - 1) / range : 0;
    this.slotsPerUnit = Double.isFinite(scale) ? scale : 0;
    this.before = new int[SLOTS + 1];
    int edge = 0;
    for (int slot = 0; slot <= SLOTS; slot++) {
      while (edge < edges.length && slot(edges[edge]) < slot) {
        edge++;
      }
      before[slot] = edge;
    }
  }

  /** Number of edges at or below {@code value}, which must be finite. */
  int bin(double value) {
    int slot = slot(value);
    int low = before[slot];
    int high = before[slot + 1];
    if (high - low > SCAN) {
      return halve(value, low, high);
    }
    while (low < high && edges[low] <= value) {
      low++;
    }
    return low;
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

  /**
   * Casting cuts at the ends of {@code int}, so values far outside land in the first or the last
   * slot.
   */
  private int slot(double value) {
    int slot = (int) ((value - origin) * slotsPerUnit);
    return slot < 0 ? 0 : Math.min(slot, SLOTS - 1);
  }
}
