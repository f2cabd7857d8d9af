package io.leeway.cli.conformance;

import io.leeway.cli.conformance.DistinctValues.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether values are as exact as is promised: exact in numeric columns wherever both sides hold at
 * most {@value DistinctValues#EXACT_LIMIT} distinct values, and everywhere in categories.
 *
 * @param values how many published values there are
 * @param exact how many of them claim an error bound of 0, or are undefined
 * @param broken values that should be exact, but claim a bound above 0
 */
record ExactnessCheck(long values, long exact, List<String> broken) {
  ExactnessCheck {
    broken = List.copyOf(broken);
  }

  static ExactnessCheck of(
      Map<ValueKey, PublishedValue> published, FolderSchema schema, DistinctValues distinct) {
    FileMetrics metrics = new FileMetrics(schema);
    List<String> broken = new ArrayList<>();
    long exact = 0;
    for (Map.Entry<ValueKey, PublishedValue> entry : new TreeMap<>(published).entrySet()) {
      ValueKey key = entry.getKey();
      if (entry.getValue().isExact()) {
        exact++;
      } else if (mustBeExact(key, schema, metrics, distinct)) {
        broken.add(key + ": error bound " + entry.getValue().bound());
      }
    }
    return new ExactnessCheck(published.size(), exact, broken);
  }

  private static boolean mustBeExact(
      ValueKey key, FolderSchema schema, FileMetrics metrics, DistinctValues distinct) {
    Group ofReference = new Group(schema.reference(), key.segmentColumn(), key.segmentValue());
    boolean twoSided = metrics.isDrift(key.feature(), key.metric());
    return distinct.isFew(key.group(), key.feature())
        && (!twoSided || distinct.isFew(ofReference, key.feature()));
  }

  /** Exact values among all, in [0, 1]; 1 where there are none. */
  double share() {
    return values == 0 ? 1 : (double) exact / values;
  }
}
