package io.leeway.monitor.metrics;

import io.leeway.stats.inference.Overdispersion;
import java.util.List;

/**
 * How much more the counts of a column vary than those of independent rows.
 *
 * @param estimated whether the reference's windows told; if not, the factor was assumed
 */
public record Spread(Overdispersion overdispersion, boolean estimated) {
  /** The mark of values whose interval rests on an assumed factor. */
  public static final String ASSUMED = "INDEPENDENCE_ASSUMED";

  /** A factor taken from the configuration. */
  public static Spread assumed(double designEffect) {
    return new Spread(Overdispersion.given(designEffect), false);
  }

  List<String> flags(boolean approximate) {
    if (approximate) {
      return estimated
          ? List.of(MeasureDraft.APPROXIMATE)
          : List.of(MeasureDraft.APPROXIMATE, ASSUMED);
    }
    return estimated ? List.of() : List.of(ASSUMED);
  }
}
