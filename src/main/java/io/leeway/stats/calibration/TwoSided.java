package io.leeway.stats.calibration;

import io.leeway.stats.inference.MeanContrast;

/** Two-sided p-values from one-sided ones. */
final class TwoSided {
  private TwoSided() {}

  static double p(MeanContrast contrast) {
    return Math.min(1, 2 * Math.min(contrast.pFall(), contrast.pRise()));
  }
}
