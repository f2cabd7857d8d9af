package io.leeway.monitor;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.monitor.metrics.Spread;
import io.leeway.stats.inference.Overdispersion;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Overdispersion per model version, column and segment, as the reference's windows showed it. A
 * segment without an estimate takes the largest one among the segments of its version with one
 * column fewer, and so on up to all rows; failing that, the configured design effect, marked as
 * assumed. One version's estimate never stands in for another's.
 */
final class SpreadTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final char SEPARATOR = 0;

  private final HashMap<String, Double> factors = new HashMap<>();
  private final HashMap<String, Double> degrees = new HashMap<>();
  private final double designEffect;

  SpreadTable(double designEffect) {
    this.designEffect = designEffect;
  }

  /**
   * Adds the estimate of a segment, named by the texts of its slice and of itself.
   *
   * @param version of the reference's rows, empty for none
   */
  void put(
      String version,
      String column,
      String slice,
      String segment,
      double factor,
      double degreesOfFreedom) {
    String key = key(version, column, slice, segment);
    factors.put(key, factor);
    degrees.put(key, degreesOfFreedom);
  }

  /**
   * What holds for a segment of a column.
   *
   * @param version whose reference rows it is held against, empty for none
   */
  Spread of(String version, String column, Segment segment) {
    return find(version, column, segment)
        .map(found -> new Spread(found, true))
        .orElseGet(() -> Spread.assumed(designEffect));
  }

  private Optional<Overdispersion> find(String version, String column, Segment segment) {
    String key = key(version, column, segment.slice().toString(), segment.toString());
    if (factors.containsKey(key)) {
      return Optional.of(new Overdispersion(factors.get(key), degrees.get(key)));
    }
    return parents(segment).stream()
        .map(parent -> find(version, column, parent))
        .flatMap(Optional::stream)
        .max(Comparator.comparingDouble(Overdispersion::phi));
  }

  private static List<Segment> parents(Segment segment) {
    List<Segment> parents = new ArrayList<>();
    List<String> columns = segment.slice().columns();
    for (int left = 0; left < columns.size(); left++) {
      List<String> names = new ArrayList<>(columns);
      List<String> values = new ArrayList<>(segment.values());
      names.remove(left);
      values.remove(left);
      parents.add(new Segment(new Slice(names), values));
    }
    return parents;
  }

  private static String key(String version, String column, String slice, String segment) {
    return version + SEPARATOR + column + SEPARATOR + slice + SEPARATOR + segment;
  }
}
