package io.leeway.monitor;

import io.leeway.domain.Subject;
import io.leeway.scan.MonitoredColumn;
import io.leeway.store.Stamp;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tasks need to know to compute metrics, besides the profiles.
 *
 * <p>Everything is kept in serializable collections of small values, since it is sent to every task
 * once.
 */
final class MetricContext implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * In slices of more than one column only these are written, unless the configuration names more.
   */
  private static final Set<String> OF_CROSSES =
      Set.of("n", "null_rate", "mean", "psi", "psi_corrected", "ks_statistic");

  final String model;
  final ArrayList<Target.Shape> targets;
  final HashMap<String, MonitoredColumn> columns = new HashMap<>();
  final String firstColumn;
  final HashSet<String> ofCrosses;
  final SpreadTable spreads;
  final HashSet<String> referenceVersions;
  final boolean inherits;
  final StampValues stamp;

  /**
   * Versions with rows, by granularity and start of the target; {@code null} where they name none.
   */
  final HashMap<String, ArrayList<String>> versionsAt;

  MetricContext(
      String model,
      List<Target> targets,
      List<MonitoredColumn> monitored,
      Set<String> storeMetrics,
      SpreadTable spreads,
      boolean inherits,
      Set<String> referenceVersions,
      Map<Target, List<String>> versions,
      Stamp stamp) {
    this.model = model;
    this.targets = new ArrayList<>(targets.stream().map(Target::shape).toList());
    monitored.forEach(column -> columns.put(column.name(), column));
    this.firstColumn = monitored.get(0).name();
    this.ofCrosses = new HashSet<>(OF_CROSSES);
    this.ofCrosses.addAll(storeMetrics);
    this.spreads = spreads;
    this.inherits = inherits;
    this.referenceVersions = new HashSet<>(referenceVersions);
    this.versionsAt = new HashMap<>();
    versions.forEach((target, of) -> versionsAt.put(key(target.shape()), new ArrayList<>(of)));
    this.stamp = StampValues.of(stamp);
  }

  static String key(Target.Shape target) {
    return target.granularity() + "@" + target.start();
  }

  /**
   * The version whose reference rows a version is held against: its own, or, if it has none and
   * inherits, the last one by name.
   *
   * @param version empty for none
   */
  String referenceVersion(String version) {
    return inherits && !referenceVersions.contains(version)
        ? referenceVersions.stream().max(String::compareTo).orElse(version)
        : version;
  }

  /** Whether a metric of a subject is written. */
  boolean isWritten(Subject subject, String metric) {
    return subject.segment().slice().columns().size() <= 1 || ofCrosses.contains(metric);
  }

  /** A stamp in serializable form. */
  record StampValues(
      String binsId, String baselineId, String runId, String attemptId, long computedAtMillis)
      implements Serializable {
    static StampValues of(Stamp stamp) {
      return new StampValues(
          stamp.binsId(),
          stamp.baselineId(),
          stamp.runId(),
          stamp.attemptId(),
          stamp.computedAt().toEpochMilli());
    }

    Stamp stamp() {
      return new Stamp(
          binsId,
          baselineId,
          runId,
          attemptId,
          java.time.Instant.ofEpochMilli(computedAtMillis),
          null);
    }
  }
}
