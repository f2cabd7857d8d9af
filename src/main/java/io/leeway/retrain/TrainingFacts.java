package io.leeway.retrain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the training rows are, for their lineage.
 *
 * @param labelled predictions of the period, and of scenarios before it, that have a label, before
 *     some were left out
 * @param labelledOfPeriod of them those of the period that are in no scenario, or are held out
 * @param rows of the labelled that are there; of the period, and of scenarios before it, at most as
 *     many as configured each
 * @param rowsByPart of these: {@code fit}, {@code calibration}, {@code holdout} and {@code
 *     scenario}
 * @param rowsByClass of these by label, in the order of the classes; of a regression none
 * @param contentHash the sum of the rows' 64-bit hashes modulo 2^64: equal for equal rows in
 *     whatever order
 */
public record TrainingFacts(
    long labelled,
    long labelledOfPeriod,
    long rows,
    Map<String, Long> rowsByPart,
    Map<String, Long> rowsByClass,
    long contentHash) {
  public TrainingFacts {
    rowsByPart = Collections.unmodifiableMap(new LinkedHashMap<>(rowsByPart));
    rowsByClass = Collections.unmodifiableMap(new LinkedHashMap<>(rowsByClass));
    if (rows > labelled
        || labelledOfPeriod > labelled
        || rowsByPart.values().stream().mapToLong(of -> of).sum() != rows) {
      throw new IllegalArgumentException(
          "Of " + labelled + " rows there are " + rows + ", in parts " + rowsByPart + ".");
    }
  }

  /** Rows that are fitted or calibrated by. */
  public long trainingRows() {
    return rowsByPart.getOrDefault(TrainingRows.FIT, 0L)
        + rowsByPart.getOrDefault(TrainingRows.CALIBRATION, 0L);
  }
}
