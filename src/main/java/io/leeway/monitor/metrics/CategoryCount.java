package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.CategoricalComparison;

/**
 * How many new or missing categories there are: counted where all are named, else estimated from a
 * sample of categories by hash, in which there is a Poisson number of them about.
 *
 * @param stdError of an estimate; 0 where there is none
 * @param errorBound of an estimate: what is left between those named, all that there can be, and
 *     five of the true number's own standard errors to either side; 0 where exact
 */
record CategoryCount(double value, double stdError, double errorBound) {
  /**
   * @param named of the kind, all of them
   */
  static CategoryCount of(int named, CategoricalComparison.Unnamed unnamed) {
    if (unnamed.most() == 0) {
      return new CategoryCount(named, 0, 0);
    }
    double each = unnamed.perSampled();
    if (Double.isInfinite(each)) {
      return new CategoryCount(named, 0, (double) unnamed.most());
    }
    double sampled = (double) unnamed.sampled();
    double estimate = (double) unnamed.certain() + sampled * each;
    double all = (double) named + unnamed.most();
    double value = Math.max(named, Math.min(all, estimate));
    // The greatest number t with t - x <= 5 sqrt(t), given x.
    double five = (12.5 + 5 * Math.sqrt(sampled + 6.25)) * each;
    double least = Math.max(named, estimate - five);
    double most = Math.min(all, estimate + five);
    return new CategoryCount(
        value, Math.sqrt(Math.max(1, sampled)) * each, Math.max(value - least, most - value));
  }

  void addTo(Measure.Builder measure) {
    if (stdError > 0) {
      measure.stdError(stdError);
    }
    MeasureDraft.errorBound(measure, errorBound);
  }
}
