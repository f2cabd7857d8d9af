package io.leeway.cli.bench;

import java.util.SplittableRandom;

/**
 * A made-up model: what its rows of a day are drawn from. Features are independent of one another
 * and of whether the model was right.
 */
final class SimulatedModel {
  /** The shares of a feature's bins in a cell on a day; the reference's days are negative. */
  @FunctionalInterface
  interface Bins {
    Shares of(int feature, int cell, int day);
  }

  /** The shares of wrong and right predictions in a cell on a day. */
  @FunctionalInterface
  interface Outcomes {
    Shares of(int cell, int day);
  }

  private final Layout layout;
  private final int features;
  private final double[] sizes;
  private final int rowsPerEntity;
  private final boolean categorical;
  private final Bins bins;
  private final Outcomes outcomes;

  /**
   * Of a layout.
   *
   * @param sizes rows that a cell has on average in a day
   * @param rowsPerEntity rows that are alike in everything; entities are independent
   * @param categorical whether features are categories, not ordered bins
   */
  SimulatedModel(
      Layout layout,
      int features,
      double[] sizes,
      int rowsPerEntity,
      boolean categorical,
      Bins bins,
      Outcomes outcomes) {
    this.layout = layout;
    this.features = features;
    this.sizes = sizes.clone();
    this.rowsPerEntity = rowsPerEntity;
    this.categorical = categorical;
    this.bins = bins;
    this.outcomes = outcomes;
  }

  Layout layout() {
    return layout;
  }

  int features() {
    return features;
  }

  boolean isCategorical() {
    return categorical;
  }

  /** The shares of wrong and right predictions in a cell on a day. */
  Shares outcomes(int cell, int day) {
    return outcomes.of(cell, day);
  }

  /** The shares of a feature's bins in a cell on a day. */
  Shares bins(int feature, int cell, int day) {
    return bins.of(feature, cell, day);
  }

  /**
   * A day.
   *
   * @param share of the model's rows that are drawn
   */
  DayCounts draw(int day, double share, SplittableRandom random) {
    DayCounts counts = new DayCounts(layout.parts().size(), features);
    for (int cell = 0; cell < layout.cells(); cell++) {
      long entities = entities(cell, share, random);
      for (int part : layout.partsOf(cell)) {
        counts.addRows(part, entities * rowsPerEntity);
      }
      long right = rowsPerEntity * outcomes.of(cell, day).draw(random, entities)[1];
      for (int part : layout.partsOf(cell)) {
        counts.addRight(part, right);
      }
      for (int feature = 0; feature < features; feature++) {
        long[] drawn = bins.of(feature, cell, day).draw(random, entities);
        for (int part : layout.partsOf(cell)) {
          counts.addBins(part, feature, drawn, rowsPerEntity);
        }
      }
    }
    return counts;
  }

  /** Poisson; rows without a value of a slice are missing altogether on half of the days. */
  private long entities(int cell, double share, SplittableRandom random) {
    if (layout.isMissing(cell) && random.nextBoolean()) {
      return 0;
    }
    return poisson(sizes[cell] * share / rowsPerEntity, random);
  }

  /** How many arrivals of rate 1 there are in a time. */
  static long poisson(double time, SplittableRandom random) {
    long arrivals = -1;
    for (double at = 0; at <= time; at -= Math.log(1 - random.nextDouble())) {
      arrivals++;
    }
    return arrivals;
  }
}
