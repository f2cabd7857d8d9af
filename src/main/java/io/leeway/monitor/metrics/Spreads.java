package io.leeway.monitor.metrics;

import io.leeway.stats.inference.Overdispersion;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The spread of each statistic of one column in one segment. */
public final class Spreads {
  /** By their definition in the catalogue they take rows to be independent. */
  private static final Set<String> OF_INDEPENDENT_ROWS =
      Set.of("ks_pvalue", "ks_pvalue_limit", "chi2_pvalue");

  private final EnumMap<Varying, Overdispersion> estimated = new EnumMap<>(Varying.class);
  private final Spread assumed;

  /**
   * Of estimates, and of an assumption where there is none.
   *
   * @param designEffect &ge; 1
   */
  public Spreads(Map<Varying, Overdispersion> estimated, double designEffect) {
    this.estimated.putAll(estimated);
    this.assumed = Spread.assumed(designEffect);
  }

  public Spread of(Varying varying) {
    Overdispersion known = estimated.get(varying);
    return known == null ? assumed : new Spread(known, true);
  }

  Overdispersion overdispersion(Varying varying) {
    return of(varying).overdispersion();
  }

  /** What a metric is published with; empty where no spread is taken into account. */
  Optional<Spread> ofMetric(String metric) {
    return OF_INDEPENDENT_ROWS.contains(metric)
        ? Optional.of(Spread.assumed(1))
        : Varying.of(metric).map(this::of);
  }
}
