package io.leeway.profile;

/**
 * The values of one column in a block of rows, and where they fall on its grid; the same object is
 * turned to one column after the other. Places are found once, however many tallies count the
 * values, and not at all while each of them still keeps its distinct values.
 */
public final class PlacedValues {
  /** The bin of a row that has no finite value. */
  static final short NOWHERE = -1;

  double[] values = {};
  boolean[] missing = {};

  /** 1 for rows whose decision is the positive one, else 0. */
  int[] positive = {};

  private NumericGrid grid;
  private int from;
  private int to;
  private boolean found;
  private short[] bins = {};

  /**
   * Turns to the values of a column; the arrays are read, not copied.
   *
   * @param missing whether a row has no value
   * @param positive 1 for rows whose decision is the positive one, else 0
   * @param from the first row that may be counted
   * @param to one beyond the last
   */
  public void turnTo(
      NumericGrid grid, double[] values, boolean[] missing, int[] positive, int from, int to) {
    this.grid = grid;
    this.values = values;
    this.missing = missing;
    this.positive = positive;
    this.from = from;
    this.to = to;
    this.found = false;
  }

  /** The first row that may be counted. */
  int from() {
    return from;
  }

  /** One beyond the last row. */
  int to() {
    return to;
  }

  /** The bin of each row, or {@link #NOWHERE}. */
  short[] bins() {
    if (!found) {
      find();
    }
    return bins;
  }

  private void find() {
    if (bins.length < to) {
      bins = new short[values.length];
    }
    for (int i = from; i < to; i++) {
      double value = values[i];
      bins[i] = missing[i] || !Double.isFinite(value) ? NOWHERE : (short) grid.bin(value);
    }
    found = true;
  }
}
