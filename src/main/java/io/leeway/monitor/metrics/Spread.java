package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.stats.inference.Overdispersion;

/**
 * How much more a statistic varies than independent rows would make it.
 *
 * @param estimated whether the reference's windows told; if not, the factor was assumed
 */
public record Spread(Overdispersion overdispersion, boolean estimated) {
  /** The mark of values whose interval and p-values rest on an assumed factor. */
  static final String ASSUMED = "INDEPENDENCE_ASSUMED";

  static Spread assumed(double factor) {
    return new Spread(Overdispersion.given(factor), false);
  }

  void addTo(Measure.Builder measure) {
    double degrees = overdispersion.degrees();
    measure.overdispersion(overdispersion.phi(), Double.isInfinite(degrees) ? null : degrees);
    if (!estimated) {
      measure.flag(ASSUMED);
    }
  }
}
