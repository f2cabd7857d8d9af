package io.leeway.stats.fairness;

import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;

/**
 * Any estimate with a standard error, of one group.
 *
 * @param group its name
 * @param estimate with its standard error and degrees
 * @param rows that it rests on, at least 1
 */
public record GroupEstimate(String group, MeanInterval estimate, long rows) {
  public GroupEstimate {
    if (rows < 1) {
      throw new IllegalArgumentException(
          "An estimate of group '" + group + "' needs rows, but has " + rows + ".");
    }
  }

  /**
   * By how much more than {@code limit} this one is above another, with Welch's degrees, but no
   * more than either has: both may rest on one estimate of how much windows vary.
   */
  MeanContrast above(GroupEstimate other, double limit) {
    double v = estimate.standardError() * estimate.standardError();
    double w = other.estimate.standardError() * other.estimate.standardError();
    double uncertain = v * v / estimate.degrees() + w * w / other.estimate.degrees();
    double welch = uncertain > 0 ? (v + w) * (v + w) / uncertain : Double.POSITIVE_INFINITY;
    double degrees = Math.min(welch, Math.max(estimate.degrees(), other.estimate.degrees()));
    return new MeanContrast(
        estimate.mean() - other.estimate.mean() - limit, Math.sqrt(v + w), degrees);
  }
}
