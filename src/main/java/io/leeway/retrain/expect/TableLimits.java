package io.leeway.retrain.expect;

import io.leeway.config.ExpectationsConfig;

/**
 * What is allowed of a batch as a whole, and of each column alike.
 *
 * @param minRows rows with a label
 * @param maxDuplicates share of the rows
 * @param labelRateChange of a class's share
 * @param maxFeatureDrift of a bin's or category's share
 * @param leakage how well one feature may tell the label, in [0.5, 1]
 * @param minCoverage labelled share of the predictions
 */
public record TableLimits(
    long minRows,
    double maxDuplicates,
    double labelRateChange,
    double maxFeatureDrift,
    double leakage,
    double minCoverage) {

  static TableLimits of(ExpectationsConfig config) {
    return new TableLimits(
        config.minRows(),
        config.maxDuplicates(),
        config.labelRateChange(),
        config.maxFeatureDrift(),
        config.leakageAuc(),
        config.minCoverage());
  }
}
