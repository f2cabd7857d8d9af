package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.UserException;
import io.leeway.monitor.Baseline.ChosenColumn;
import io.leeway.scan.ColumnTypes;
import io.leeway.store.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataType;

/**
 * A column of the predictions that is not as the baseline found it. Names are compared as Spark
 * does, without regard to case. Whether a column may be NULL is no part of it: the baseline does
 * not keep that, and {@code null_rate} tells what comes of it.
 *
 * @param monitored whether the baseline monitors the column
 * @param was its type in the baseline, as SQL; empty if it was not there
 * @param is its type now; empty if it is not there
 */
record SchemaChange(String column, boolean monitored, Optional<String> was, Optional<DataType> is) {
  static final String METRIC = "schema_change";

  /**
   * Columns that are gone, of another type, or new. New ones are told where the baseline has looked
   * at all columns, which it does with {@code features = auto}; of a reference that is a table of
   * its own, only monitored columns are held against the predictions.
   *
   * @param now the source's columns
   */
  static List<SchemaChange> of(
      ModelConfig model, List<ChosenColumn> baseline, Map<String, DataType> now) {
    Map<String, DataType> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    columns.putAll(now);
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(SourceColumns.reserved(model));
    boolean ofTheTable = model.reference().table().isEmpty();
    List<SchemaChange> changes = new ArrayList<>();
    for (ChosenColumn column : baseline) {
      known.add(column.name());
      boolean ofOneColumn =
          column.role() == ColumnRole.FEATURE || column.role() == ColumnRole.OUTPUT;
      if (!ofOneColumn || (!column.monitored() && !ofTheTable)) {
        continue;
      }
      Optional<DataType> is = Optional.ofNullable(columns.get(column.name()));
      if (!is.map(DataType::sql).equals(Optional.of(column.dataType()))) {
        changes.add(
            new SchemaChange(
                column.name(), column.monitored(), Optional.of(column.dataType()), is));
      }
    }
    if (model.features().auto() && ofTheTable) {
      now.forEach(
          (name, type) -> {
            if (!known.contains(name)) {
              changes.add(new SchemaChange(name, false, Optional.empty(), Optional.of(type)));
            }
          });
    }
    return changes;
  }

  /**
   * The changes that a source has against a baseline by which it can be read.
   *
   * @throws UserException if a monitored column is gone, or can no longer be read as what it was
   */
  static List<SchemaChange> readable(ModelConfig model, Baseline baseline, SourceTable source) {
    List<SchemaChange> changes =
        of(model, baseline.columns(), SourceColumns.leaves(source.schema()));
    for (SchemaChange change : changes) {
      boolean number =
          baseline
              .column(change.column)
              .map(column -> column.kind() != ColumnKind.CATEGORICAL)
              .orElse(false);
      if (change.monitored && !change.isReadableAs(number)) {
        throw new UserException(
            "Model '%s', table %s at version %d: %s, but the baseline monitors it%s. Bring it back in the table; or, if it is to stay so, %s, and make a new baseline by 'baseline --force'."
                .formatted(
                    model.name(),
                    source.address(),
                    source.version(),
                    change.text(),
                    number && change.is.isPresent() ? " as a number" : "",
                    model.features().auto()
                        ? "leave it out by features.exclude or let features = auto choose again"
                        : "change it under features"));
      }
    }
    return changes;
  }

  private boolean isReadableAs(boolean number) {
    Optional<ColumnKind> kind = is.flatMap(ColumnTypes::kindOf);
    return kind.isPresent() && (!number || kind.get() != ColumnKind.CATEGORICAL);
  }

  /** In words, without a full stop. */
  String text() {
    if (is.isEmpty()) {
      return "column '%s' of type %s is gone".formatted(column, was.orElseThrow());
    }
    return was.isEmpty()
        ? "column '%s' of type %s is new and not monitored".formatted(column, is.get().sql())
        : "column '%s' was of type %s and is of type %s"
            .formatted(column, was.get(), is.get().sql());
  }

  /** 1, with what has changed as its reason. */
  Measure measure() {
    return Measure.of(METRIC, Comparison.BASELINE, 1)
        .note("Since the baseline: " + text() + ".")
        .build();
  }
}
