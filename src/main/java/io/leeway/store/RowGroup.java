package io.leeway.store;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.unix_micros;

import io.leeway.domain.Part;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of one attempt that are kept or removed together: of one part, in slices of as many columns.
 *
 * @param key as {@link #key} gives it for each of the rows
 * @param part empty for what a baseline says of the reference
 * @param columns of the slices: 0, 1, or 2 for all crosses
 * @param computedAt when the attempt began, by its own clock
 */
record RowGroup(
    String key,
    String attemptId,
    Optional<Part> part,
    int columns,
    long rows,
    Optional<Instant> computedAt) {
  private static final String SEPARATOR = "\u0001";
  private static final String VERSION = "model_version";

  /** Rows of tables without parts are grouped by attempt alone. */
  private static boolean hasParts(ResultTable table) {
    return table == ResultTable.PROFILES
        || table == ResultTable.METRICS
        || table == ResultTable.VERDICTS;
  }

  /** That of the part: verdicts on all versions are one, which bears none. */
  private static Column version(ResultTable table) {
    return table == ResultTable.VERDICTS ? lit(null).cast("string") : col(VERSION);
  }

  /** What names the group that a row belongs to. */
  static Column key(ResultTable table) {
    if (!hasParts(table)) {
      return col("attempt_id");
    }
    return concat_ws(
        SEPARATOR,
        col("attempt_id"),
        coalesce(version(table), lit("")),
        col("granularity"),
        unix_micros(col("window_start")).cast("string"),
        unix_micros(col("window_end")).cast("string"),
        col("part"),
        columnsOfSlice().cast("string"));
  }

  private static Column columnsOfSlice() {
    return least(size(col("segment_values")), lit(2));
  }

  /** The groups of rows of one model, in one pass over narrow columns. */
  static List<RowGroup> of(ResultTable table, Dataset<Row> rows) {
    List<Column> by = new ArrayList<>(List.of(key(table).as("key"), col("attempt_id")));
    if (hasParts(table)) {
      by.add(version(table).as(VERSION));
      for (String column : List.of("granularity", "window_start", "window_end", "part")) {
        by.add(col(column));
      }
      by.add(columnsOfSlice().as("columns"));
    }
    List<RowGroup> groups = new ArrayList<>();
    for (Row row :
        rows.groupBy(by.toArray(Column[]::new))
            .agg(count(lit(1)).as("n"), max("computed_at").as("computed_at"))
            .collectAsList()) {
      groups.add(
          new RowGroup(
              Cells.string(row, "key"),
              Cells.string(row, "attempt_id"),
              hasParts(table) ? part(row) : Optional.empty(),
              hasParts(table) ? Math.max(0, row.<Integer>getAs("columns")) : 0,
              Cells.longOrNull(row, "n"),
              Optional.ofNullable(row.getAs("computed_at")).map(Cells::instant)));
    }
    return groups;
  }

  private static Optional<Part> part(Row row) {
    String granularity = Cells.string(row, "granularity");
    String kind = Cells.string(row, "part");
    if (granularity.equals(Subject.REFERENCE) || kind.equals(ProfileRows.REFERENCE)) {
      return Optional.empty();
    }
    Window window =
        new Window(
            Cells.instant(row.<Object>getAs("window_start")),
            Cells.instant(row.<Object>getAs("window_end")));
    return Optional.of(
        new Part(
            Cells.string(row, VERSION),
            granularity,
            window,
            Part.Kind.valueOf(kind.toUpperCase(Locale.ROOT))));
  }
}
