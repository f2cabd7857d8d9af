package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.ModelConfig;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.retrain.expect.ReferenceColumn;
import io.leeway.retrain.expect.ReferenceLabel;
import io.leeway.store.CommittedRun;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What the baseline in force tells of the labels, and of each feature: its type, how often it was
 * missing, between what it lay, which categories it had. How numbers lie within their range is not
 * told: that is watched as drift.
 */
final class BaselineColumns {
  private static final String BASELINE = "baseline";

  private final Store store;
  private final ModelConfig model;

  BaselineColumns(Store store, ModelConfig model) {
    this.store = store;
    this.model = model;
  }

  /** Features by name; none where there is no baseline yet. */
  List<ReferenceColumn> features() {
    return attempt().map(this::features).orElse(List.of());
  }

  /**
   * How the labels lie in the classes, by the monitor's count of the reference; unknown of numbers,
   * and where there is no baseline yet or it was made before there were labels.
   */
  ReferenceLabel label() {
    Map<String, Long> counts = attempt().map(this::classes).orElse(Map.of());
    List<String> classes = Classes.of(model);
    double labelled = classes.stream().mapToLong(of -> counts.getOrDefault(of, 0L)).sum();
    if (labelled == 0) {
      return ReferenceLabel.unknown(model.task());
    }
    TreeMap<Integer, Double> shares = new TreeMap<>();
    for (int of = 0; of < classes.size(); of++) {
      shares.put(of, counts.getOrDefault(classes.get(of), 0L) / labelled);
    }
    return new ReferenceLabel(model.task(), shares);
  }

  /** That made the baseline in force. */
  private Optional<String> attempt() {
    return new RunLedger(store)
        .committed(model.name()).stream()
            .filter(run -> run.run().command().equals(BASELINE))
            .reduce((one, later) -> later)
            .map(CommittedRun::run)
            .map(run -> run.attemptId());
  }

  private List<ReferenceColumn> features(String attempt) {
    Map<String, String> types = types(attempt, ColumnRole.FEATURE);
    List<ReferenceColumn> columns = new ArrayList<>();
    sums(attempt, types.keySet())
        .forEach((name, sum) -> columns.add(sum.column(name, types.get(name))));
    return columns;
  }

  private Map<String, Long> classes(String attempt) {
    return sums(attempt, types(attempt, ColumnRole.LABEL).keySet()).values().stream()
        .findFirst()
        .map(sum -> sum.categories)
        .orElse(Map.of());
  }

  private Map<String, Sum> sums(String attempt, Set<String> columns) {
    Map<String, Sum> sums = new TreeMap<>();
    store
        .read(ResultTable.PROFILES)
        .where(
            col("model")
                .equalTo(lit(model.name()))
                .and(col("attempt_id").equalTo(lit(attempt)))
                .and(col("granularity").equalTo(lit(Subject.REFERENCE)))
                .and(col("slice").equalTo(lit(Slice.OVERALL.toString()))))
        .select("column_name", "n_rows", "n_null", "minimum", "maximum", "categories")
        .collectAsList()
        .forEach(
            row -> {
              if (columns.contains(row.getString(0))) {
                sums.computeIfAbsent(row.getString(0), name -> new Sum()).add(row);
              }
            });
    return sums;
  }

  /** Types of the columns of a role that are counted, by their names. */
  private Map<String, String> types(String attempt, ColumnRole role) {
    Map<String, String> types = new HashMap<>();
    for (Row row : store.few(ResultTable.BASELINES, model.name())) {
      if (attempt.equals(row.getAs("attempt_id"))
          && Boolean.TRUE.equals(row.getAs("monitored"))
          && role.name().equalsIgnoreCase(row.getAs("role"))) {
        types.put(row.getAs("column_name"), row.getAs("data_type"));
      }
    }
    return types;
  }

  /** Of all versions together. */
  private static final class Sum {
    private final Map<String, Long> categories = new TreeMap<>();
    private long rows;
    private long nulls;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    private boolean isCategorical;

    void add(Row row) {
      rows += row.isNullAt(1) ? 0 : row.getLong(1);
      nulls += row.isNullAt(2) ? 0 : row.getLong(2);
      if (!row.isNullAt(3)) {
        minimum = Math.min(minimum, row.getDouble(3));
        maximum = Math.max(maximum, row.getDouble(4));
      }
      if (!row.isNullAt(5)) {
        isCategorical = true;
        row.<Row>getList(5)
            .forEach(of -> categories.merge(of.getString(0), of.getLong(1), Long::sum));
      }
    }

    ReferenceColumn column(String name, String type) {
      long there = Math.max(1, rows);
      if (!isCategorical) {
        boolean known = minimum <= maximum;
        return ReferenceColumn.numeric(
            name,
            type,
            there,
            nulls,
            known ? Optional.of(minimum) : Optional.empty(),
            known ? Optional.of(maximum) : Optional.empty(),
            Optional.empty());
      }
      double values = Math.max(1, rows - nulls);
      TreeMap<String, Double> shares = new TreeMap<>();
      categories.forEach((value, n) -> shares.put(value, n / values));
      return ReferenceColumn.categorical(name, type, there, nulls, shares);
    }
  }
}
