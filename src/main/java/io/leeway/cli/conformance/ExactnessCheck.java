package io.leeway.cli.conformance;

import io.leeway.cli.conformance.DistinctValues.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether values are as exact as is promised: in numeric columns wherever both sides hold at most
 * {@value #FEW} distinct values; of ranks of scores and absolute errors wherever rows with labels
 * hold at most {@value #FEW_OUTCOMES}; everything else everywhere.
 *
 * @param values how many published values there are
 * @param exact how many of them claim an error bound of 0, or are undefined
 * @param broken values that should be exact, but claim a bound above 0
 */
record ExactnessCheck(long values, long exact, List<String> broken) {
  static final int FEW = 512;
  static final int FEW_OUTCOMES = 4_096;

  ExactnessCheck {
    broken = List.copyOf(broken);
  }

  static ExactnessCheck of(
      Map<ValueKey, PublishedValue> published,
      FolderSchema schema,
      FileMetrics metrics,
      PredictionTable table) {
    List<String> broken = new ArrayList<>();
    long exact = 0;
    for (Map.Entry<ValueKey, PublishedValue> entry : new TreeMap<>(published).entrySet()) {
      ValueKey key = entry.getKey();
      if (entry.getValue().isExact()) {
        exact++;
      } else if (key.feature().isEmpty()
          ? hasFewOutcomes(key, schema, table.outcomes())
          : hasFewValues(key, schema, metrics, table.distinct())) {
        broken.add(key + ": error bound " + entry.getValue().bound());
      }
    }
    return new ExactnessCheck(published.size(), exact, broken);
  }

  /** Fewer labels than all cannot have more distinct values. */
  private static boolean hasFewOutcomes(
      ValueKey key, FolderSchema schema, DistinctValues outcomes) {
    return rankedBy(key, schema).stream().allMatch(of -> outcomes.isFew(key.group(), of));
  }

  /** The numbers whose order a metric rests on; none if it rests on counts and sums. */
  private static List<String> rankedBy(ValueKey key, FolderSchema schema) {
    return switch (key.plainMetric()) {
      case PerformanceMetrics.ROC_AUC,
          PerformanceMetrics.AVERAGE_PRECISION,
          PerformanceMetrics.MACRO_AUC ->
          schema.scores();
      case PerformanceMetrics.CLASS_AUC ->
          List.of(schema.scores().get(schema.classes().indexOf(key.classLabel())));
      case PerformanceMetrics.MEDIAN_ERROR -> List.of(PredictionTable.ABSOLUTE_ERROR);
      default -> List.of();
    };
  }

  private static boolean hasFewValues(
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
