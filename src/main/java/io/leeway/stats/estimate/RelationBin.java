package io.leeway.stats.estimate;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;

/**
 * Labelled rows of window and reference in one bin of a feature, and the events among them:
 * positives of a label rate, hits of an accuracy.
 *
 * @param windowRows &ge; 0
 * @param windowEvents in [0, windowRows]
 * @param referenceRows &ge; 0
 * @param referenceEvents in [0, referenceRows]
 */
public record RelationBin(
    long windowRows, long windowEvents, long referenceRows, long referenceEvents) {
  public RelationBin {
    if (windowEvents < 0
        || windowEvents > windowRows
        || referenceEvents < 0
        || referenceEvents > referenceRows) {
      throw new IllegalArgumentException(
          "A bin has "
              + windowEvents
              + " events in "
              + windowRows
              + " rows and "
              + referenceEvents
              + " in "
              + referenceRows
              + " in the reference.");
    }
  }

  /**
   * Newcombe's 95 % interval of the window's rate minus the reference's; undefined without rows.
   */
  public Outcome<Interval> interval(Overdispersion overdispersion) {
    return Newcombe.difference(
        windowEvents, windowRows, referenceEvents, referenceRows, overdispersion);
  }

  /** Test of "the rate has not changed in this bin"; undefined without rows on a side. */
  public Outcome<RateTest> test(Overdispersion overdispersion) {
    return RateTest.againstReference(
        windowEvents, windowRows, referenceEvents, referenceRows, 0, 1, overdispersion);
  }

  /** Rate of the window, that of the reference where the window has no rows. */
  double windowRate() {
    return windowRows > 0
        ? (double) windowEvents / windowRows
        : (double) referenceEvents / referenceRows;
  }

  /** Rate of the reference, that of the window where the reference has no rows. */
  double referenceRate() {
    return referenceRows > 0
        ? (double) referenceEvents / referenceRows
        : (double) windowEvents / windowRows;
  }
}
