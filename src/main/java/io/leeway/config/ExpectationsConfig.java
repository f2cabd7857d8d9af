package io.leeway.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a batch must be like to be trained on: the block {@code retrain.expectations}.
 *
 * @param minRows rows with a label, at least 1
 * @param maxDuplicates share of the rows whose identifier an earlier one has, in [0, 1]
 * @param labelRateChange largest difference of a class's share from the reference's, in [0, 1]
 * @param maxFeatureDrift largest difference of a bin's or category's share from the reference's, in
 *     [0, 1]
 * @param leakageAuc how well one feature alone may tell the label: AUC of a class, or the absolute
 *     correlation with a number; in [0.5, 1], and 1 never objects
 * @param minCoverage share of the predictions that have a label, in [0, 1]
 * @param maxNewCategoryShare share of a column's values that may be categories not in the
 *     reference, in [0, 1]
 * @param ignore what does not reject a batch, by its text ascending
 * @param columns what is expected of single columns, by name
 */
public record ExpectationsConfig(
    long minRows,
    double maxDuplicates,
    double labelRateChange,
    double maxFeatureDrift,
    double leakageAuc,
    double minCoverage,
    double maxNewCategoryShare,
    List<IgnoredAnomaly> ignore,
    SortedMap<String, ColumnExpectationConfig> columns) {
  private static final int MIN_ROWS = 1_000;
  private static final ExpectationsConfig STANDARD =
      new ExpectationsConfig(
          MIN_ROWS, 0.001, 0.15, 0.25, 0.98, 0.5, 0.05, List.of(), new TreeMap<>());

  public ExpectationsConfig {
    if (minRows < 1) {
      throw new IllegalArgumentException("At least 1 row is needed, but minRows is " + minRows);
    }
    for (double share :
        List.of(
            maxDuplicates, labelRateChange, maxFeatureDrift, minCoverage, maxNewCategoryShare)) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("A share is in [0, 1], but is " + share + ".");
      }
    }
    if (!(leakageAuc >= 0.5 && leakageAuc <= 1)) {
      throw new IllegalArgumentException("AUC is in [0.5, 1], but its limit is " + leakageAuc);
    }
    ignore = ignore.stream().distinct().sorted(Comparator.comparing(IgnoredAnomaly::text)).toList();
    columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
  }

  /** 1000 rows, 0.1 %, 15 %, 25 %, AUC 0.98, half, 5 %; nothing ignored, no columns. */
  public static ExpectationsConfig defaults() {
    return STANDARD;
  }

  static ExpectationsConfig read(Block block) {
    List<IgnoredAnomaly> ignore = new ArrayList<>();
    for (Value element : block.elements("ignore")) {
      element.parse(IgnoredAnomaly::parse).ifPresent(ignore::add);
    }
    block.recordSet("ignore", ignore.stream().map(IgnoredAnomaly::text).distinct().toList());
    Map<String, ColumnExpectationConfig> columns = new LinkedHashMap<>();
    block
        .block("columns")
        .ifPresent(
            within -> {
              for (String name : within.names()) {
                within
                    .block(name)
                    .ifPresent(column -> columns.put(name, ColumnExpectationConfig.read(column)));
              }
            });
    ExpectationsConfig read =
        new ExpectationsConfig(
            block.integer("min-rows", MIN_ROWS, 1),
            block.value("max-duplicates", STANDARD.maxDuplicates, ExpectationsConfig::share),
            block.value("label-rate-change", STANDARD.labelRateChange, ExpectationsConfig::share),
            block.value("max-feature-drift", STANDARD.maxFeatureDrift, ExpectationsConfig::share),
            block.value("leakage-auc", STANDARD.leakageAuc, ExpectationsConfig::auc),
            block.value("min-coverage", STANDARD.minCoverage, ExpectationsConfig::share),
            block.value(
                "max-new-category-share", STANDARD.maxNewCategoryShare, ExpectationsConfig::share),
            ignore,
            new TreeMap<>(columns));
    block.refuseUnknownKeys();
    return read;
  }

  static double number(String text) {
    return inRange(text, -Double.MAX_VALUE, Double.MAX_VALUE, "a finite number", "0");
  }

  static double share(String text) {
    return inRange(text, 0, 1, "a share from 0 to 1", "0.05");
  }

  private static double auc(String text) {
    return inRange(text, 0.5, 1, "an AUC from 0.5 to 1", "0.98");
  }

  private static double inRange(
      String text, double least, double greatest, String what, String example) {
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= greatest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Worded below, as is a number out of range.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not " + what + "; write for example " + example);
  }
}
