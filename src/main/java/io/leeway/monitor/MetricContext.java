package io.leeway.monitor;

import io.leeway.domain.ColumnRole;
import io.leeway.domain.ColumnRole.Scope;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.monitor.metrics.LateLabels;
import io.leeway.monitor.metrics.OutcomeMembers;
import io.leeway.scan.FoldedCount;
import io.leeway.scan.MonitoredColumn;
import io.leeway.store.Stamp;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      Set.of(
          "n",
          SegmentMeasures.SEGMENTS_FOLDED,
          "null_rate",
          "mean",
          "psi",
          "psi_corrected",
          "ks_statistic",
          "failure_rate",
          "cost_per_prediction",
          "business_mean",
          "business_mean_capped",
          "business_ratio",
          "label_coverage",
          "accuracy",
          "roc_auc",
          "log_loss",
          "brier",
          "mae",
          "bias",
          "selection_rate",
          "recall",
          "fpr",
          "fnr",
          "precision",
          "calibration_in_the_large");

  /** Of latency this, too. */
  private static final String OF_LATENCY = "p95";

  /** Gaps of the catalogue that are stored only where the configuration names them. */
  private static final List<String> PLAIN_GAPS =
      List.of(
          "demographic_parity_difference",
          "demographic_parity_ratio",
          "equalized_odds_difference",
          "equalized_odds_ratio",
          "equal_opportunity_difference");

  private static final List<String> INFERRED =
      List.of("_supported", "_change", "_corrected", "_pvalue", "_detectable", "_least", "_most");

  final String model;
  final Part.Kind part;

  /** Where labels are involved, else {@code null}. */
  private final OutcomeContext outcome;

  final ArrayList<Target.Shape> targets;
  final HashMap<String, MonitoredColumn> columns = new HashMap<>();

  /** Columns by name as other baselines counted them, by the grid's name. */
  private final HashMap<String, HashMap<String, MonitoredColumn>> onOtherBins = new HashMap<>();

  final ReferenceFacts reference;
  final String firstColumn;
  final HashSet<String> ofCrosses;
  final StampValues stamp;
  private final String baseGranularity;
  private final HashMap<ScanTally.Place, FoldedCount> folded;
  private final HashMap<String, WholeSlices> whole;

  final int maxSegments;

  /** What roll-ups add up, and what they are compared with; of no version yet. */
  final ArrayList<Stretch> unions;

  /**
   * Versions with rows, by granularity and start of the target; {@code null} where they name none.
   */
  final HashMap<String, ArrayList<String>> versionsAt;

  /**
   * @param outcome what is known of labels; empty where none are involved
   * @param monitored as it is measured
   * @param onOtherBins what other baselines monitored, by the grid's name
   * @param folded how many segments marked ones stand for, by base window
   * @param whole which slices are whole, of targets of which not all are
   * @param maxSegments how many segments of a slice keep their name besides admitted ones
   */
  MetricContext(
      String model,
      Part.Kind part,
      Optional<OutcomeContext> outcome,
      String baseGranularity,
      List<Target> targets,
      List<MonitoredColumn> monitored,
      Map<String, List<MonitoredColumn>> onOtherBins,
      ReferenceFacts reference,
      Map<ScanTally.Place, FoldedCount> folded,
      int maxSegments,
      Set<String> storeMetrics,
      Map<Target, List<String>> versions,
      Map<Target, WholeSlices> whole,
      Stamp stamp) {
    this.model = model;
    this.part = part;
    this.outcome = outcome.orElse(null);
    this.targets = new ArrayList<>(targets.stream().map(Target::shape).toList());
    monitored.forEach(column -> columns.put(column.name(), column));
    this.firstColumn = countedEverywhere(monitored, onOtherBins.values());
    onOtherBins.forEach(
        (binsId, of) -> {
          HashMap<String, MonitoredColumn> byName = new HashMap<>();
          of.forEach(column -> byName.put(column.name(), column));
          this.onOtherBins.put(binsId, byName);
        });
    this.reference = reference;
    this.baseGranularity = baseGranularity;
    this.folded = new HashMap<>(folded);
    this.maxSegments = maxSegments;
    this.unions = new ArrayList<>(unions());
    this.ofCrosses = new HashSet<>(OF_CROSSES);
    this.ofCrosses.addAll(storeMetrics);
    this.versionsAt = new HashMap<>();
    versions.forEach((target, of) -> versionsAt.put(key(target.shape()), new ArrayList<>(of)));
    this.whole = new HashMap<>();
    whole.forEach((target, slices) -> this.whole.put(key(target.shape()), slices));
    this.stamp = StampValues.of(stamp);
  }

  private Set<Stretch> unions() {
    Set<Stretch> unions = new LinkedHashSet<>();
    for (Target.Shape target : targets) {
      if (!isBase(target)) {
        unions.add(Stretch.of("", target));
        if (target.hasPrevious()) {
          unions.add(Stretch.before("", target));
        }
      }
    }
    return unions;
  }

  /** What is known of labels, where some are involved. */
  Optional<OutcomeContext> outcome() {
    return Optional.ofNullable(outcome);
  }

  Optional<OutcomeMembers> members() {
    return outcome().map(OutcomeContext::members);
  }

  LateLabels late(Target.Shape target) {
    return outcome().map(known -> known.late(target)).orElse(LateLabels.NONE);
  }

  /** Whether a target is one base window, which the scan has folded already. */
  boolean isBase(Target.Shape target) {
    return target.granularity().equals(baseGranularity);
  }

  /**
   * The column on which rows are counted: the first that all grids count alike, if there is one.
   */
  private static String countedEverywhere(
      List<MonitoredColumn> monitored, Collection<List<MonitoredColumn>> others) {
    return monitored.stream()
        .filter(column -> column.role().scope() == Scope.ALL_SLICES)
        .filter(column -> others.stream().allMatch(of -> of.stream().anyMatch(column::isLike)))
        .findFirst()
        .orElse(monitored.get(0))
        .name();
  }

  static String key(Target.Shape target) {
    return target.granularity() + "@" + target.start();
  }

  /** A column as it was when profiles were counted on this grid, if it was monitored. */
  Optional<MonitoredColumn> columnOn(String binsId, String column) {
    Map<String, MonitoredColumn> there =
        stamp.binsId().equals(binsId) ? columns : onOtherBins.getOrDefault(binsId, new HashMap<>());
    return Optional.ofNullable(there.get(column));
  }

  /** How many segments a marked one of a base window stands for; empty where nobody told. */
  Optional<FoldedCount> folded(Stretch window, Segment segment) {
    return Optional.ofNullable(
        folded.get(ScanTally.Place.of(window.version(), window.start(), segment)));
  }

  /**
   * The targets that can be told of a slice; without what they are compared with where that is not
   * whole.
   */
  List<Target.Shape> targetsOf(Slice slice) {
    if (whole.isEmpty()) {
      return targets;
    }
    List<Target.Shape> told = new ArrayList<>();
    for (Target.Shape target : targets) {
      WholeSlices slices = whole.getOrDefault(key(target), WholeSlices.ALL);
      if (slices.holds(slice)) {
        told.add(slices.holdsBefore(slice) ? target : target.withoutPrevious());
      }
    }
    return told;
  }

  /** Whether a metric is written in slices of more than one column, whatever is configured. */
  static boolean isOfCrosses(String metric) {
    return OF_CROSSES.contains(metric);
  }

  /** Whether a metric of a column is written in the segments of a slice. */
  boolean isWritten(Slice slice, String column, String metric) {
    return slice.columns().size() <= 1
        || ofCrosses.contains(metric)
        || (metric.equals(OF_LATENCY) && isLatency(column));
  }

  /** Whether a gap between groups is written: the readings without inference only if named. */
  boolean isGapStored(String metric) {
    boolean plain = PLAIN_GAPS.stream().anyMatch(metric::startsWith) && !isInferred(metric);
    return !plain || ofCrosses.contains(metric);
  }

  private static boolean isInferred(String metric) {
    return INFERRED.stream().anyMatch(metric::endsWith);
  }

  private boolean isLatency(String column) {
    return columns.containsKey(column) && columns.get(column).role() == ColumnRole.LATENCY;
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
          binsId, baselineId, runId, attemptId, java.time.Instant.ofEpochMilli(computedAtMillis));
    }
  }
}
