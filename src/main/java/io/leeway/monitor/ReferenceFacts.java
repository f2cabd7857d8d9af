package io.leeway.monitor;

import io.leeway.monitor.metrics.ValueRange;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of the reference besides its profiles.
 *
 * @param versions those with rows in it, empty for none
 * @param inherits whether a version without a reference takes that of the last one by name
 * @param length how long it is
 * @param ranges of its numeric columns, all versions together
 * @param spreads how much statistics vary between its windows
 * @param volumes how many rows its windows have
 */
record ReferenceFacts(
    TreeSet<String> versions,
    boolean inherits,
    Duration length,
    HashMap<String, ValueRange> ranges,
    SpreadTable spreads,
    ReferenceVolumes volumes)
    implements Serializable {

  static ReferenceFacts of(
      Set<String> versions,
      boolean inherits,
      Duration length,
      Map<String, ValueRange> ranges,
      SpreadTable spreads,
      ReferenceVolumes volumes) {
    return new ReferenceFacts(
        new TreeSet<>(versions), inherits, length, new HashMap<>(ranges), spreads, volumes);
  }

  /**
   * The version whose reference rows a version is held against: its own, or, if it has none and
   * inherits, the last one by name.
   *
   * @param version empty for none
   */
  String versionFor(String version) {
    return inherits && !versions.contains(version) && !versions.isEmpty()
        ? versions.last()
        : version;
  }

  Optional<ValueRange> range(String column) {
    return Optional.ofNullable(ranges.get(column));
  }
}
