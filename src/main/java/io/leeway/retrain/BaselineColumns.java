package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.ModelConfig;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.retrain.expect.ReferenceColumn;
import io.leeway.store.CommittedRun;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What the baseline in force tells of each feature: its type, how often it was missing, between
 * what it lay, which categories it had. How numbers lie within their range is not told: that is
 * watched as drift.
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
    Optional<String> attempt =
        new RunLedger(store)
            .committed(model.name()).stream()
                .filter(run -> run.run().command().equals(BASELINE))
                .reduce((one, later) -> later)
                .map(CommittedRun::run)
                .map(run -> run.attemptId());
    return attempt.map(this::of).orElse(List.of());
  }

  private List<ReferenceColumn> of(String attempt) {
    Map<String, String> types = types(attempt);
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
              if (types.containsKey(row.getString(0))) {
                sums.computeIfAbsent(row.getString(0), name -> new Sum()).add(row);
              }
            });
    List<ReferenceColumn> columns = new ArrayList<>();
    sums.forEach((name, sum) -> columns.add(sum.column(name, types.get(name))));
    return columns;
  }

  private Map<String, String> types(String attempt) {
    Map<String, String> types = new HashMap<>();
    for (Row row : store.few(ResultTable.BASELINES, model.name())) {
      if (attempt.equals(row.getAs("attempt_id"))
          && Boolean.TRUE.equals(row.getAs("monitored"))
          && ColumnRole.FEATURE.name().equalsIgnoreCase(row.getAs("role"))) {
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
