package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import java.util.Map;

/**
 * The reference's own statistics of a column in a segment. They stand beside the window's, so that
 * whoever judges the window finds both sides of the contrast in one row.
 */
public final class ReferenceStatistics {
  private static final ReferenceStatistics NONE = new ReferenceStatistics(Map.of());

  private final Map<String, Measure> byMetric;

  private ReferenceStatistics(Map<String, Measure> byMetric) {
    this.byMetric = byMetric;
  }

  /** Where the segment has no reference, or is the reference. */
  public static ReferenceStatistics none() {
    return NONE;
  }

  /** Of the reference's rows of the segment. */
  public static ReferenceStatistics of(Described<?> reference) {
    return new ReferenceStatistics(reference.byMetric());
  }

  /**
   * Adds the reference's value of a metric and the rows it rests on; of a rate or mean its
   * numerator and denominator, too. A value that the reference does not define stays out.
   */
  void addTo(Measure.Builder measure, String metric) {
    Measure reference = byMetric.get(metric);
    if (reference == null) {
      return;
    }
    measure.reference(reference.value(), reference.n());
    if (reference.numerator() != null) {
      measure.referenceFraction(reference.numerator(), reference.denominator());
    }
  }
}
