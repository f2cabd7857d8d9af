package io.leeway.cli.conformance;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The fairness numbers that the file lists for the columns named in {@code fairness_columns}. */
final class FairnessMetrics {
  /** What is listed of each group, by the names of the table {@code metrics}. */
  static final Map<String, String> GROUP_RATES =
      Map.of(
          "selection_rate", "selection_rate",
          "recall", "tpr",
          "fpr", "fpr",
          "precision", "ppv");

  /** What is listed across the groups of a column, each in three readings. */
  static final List<String> GAPS =
      Stream.of(
              "demographic_parity_difference",
              "demographic_parity_ratio",
              "equalized_odds_difference",
              "equalized_odds_ratio",
              "equal_opportunity_difference")
          .flatMap(gap -> Stream.of(gap, gap + "_zero", gap + "_min30"))
          .toList();

  private FairnessMetrics() {}
}
