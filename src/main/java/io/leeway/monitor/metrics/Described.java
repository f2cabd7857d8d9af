package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One side of a comparison: a profile, and what it tells by itself, so that nothing that a
 * comparison takes from there is worked out again.
 *
 * @param profile of a column in a segment
 * @param statistics that {@link ColumnMeasures#statistics} tells of it
 */
public record Described<P extends Profile<P>>(P profile, List<Measure> statistics) {
  public Described {
    statistics = List.copyOf(statistics);
  }

  /** What is told of the whole, not of one class, by metric. */
  Map<String, Measure> byMetric() {
    Map<String, Measure> byMetric = new HashMap<>();
    for (Measure measure : statistics) {
      if (measure.classLabel() == null) {
        byMetric.put(measure.metric(), measure);
      }
    }
    return byMetric;
  }
}
