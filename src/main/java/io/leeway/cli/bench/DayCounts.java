package io.leeway.cli.bench;

/** What one day, or several, has in every segment: rows, right predictions, rows per bin. */
final class DayCounts {
  private final long[] rows;
  private final long[] right;
  private final long[][][] bins;

  DayCounts(int parts, int features) {
    rows = new long[parts];
    right = new long[parts];
    bins = new long[parts][features][];
  }

  void addRows(int part, long more) {
    rows[part] += more;
  }

  void addRight(int part, long more) {
    right[part] += more;
  }

  void addBins(int part, int feature, long[] more, int times) {
    if (bins[part][feature] == null) {
      bins[part][feature] = new long[more.length];
    }
    for (int bin = 0; bin < more.length; bin++) {
      bins[part][feature][bin] += times * more[bin];
    }
  }

  long rows(int part) {
    return rows[part];
  }

  long right(int part) {
    return right[part];
  }

  /** Not to be changed. */
  long[] bins(int part, int feature) {
    return bins[part][feature];
  }
}
