package io.leeway.monitor;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.monitor.Baseline.ChosenColumn;
import io.leeway.profile.Categories;
import io.leeway.profile.Grid;
import io.leeway.profile.IdGrid;
import io.leeway.profile.NumericGrid;
import io.leeway.store.ResultTable;
import io.leeway.store.Stamp;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A baseline as rows of the table {@code baselines}: one per column, and one for the whole with an
 * empty name.
 */
final class BaselineRows {
  private static final StructType SCHEMA = ResultTable.BASELINES.schema();
  private static final int FORMAT = 1;

  private BaselineRows() {}

  /** Where a baseline comes from, as its rows record it. */
  record Origin(
      String model,
      long rows,
      String tableId,
      long tableVersion,
      String zone,
      String granularity) {}

  static List<Row> rows(Baseline baseline, Origin origin, Stamp stamp) {
    List<Row> rows = new ArrayList<>();
    Map<String, Object> whole = common(baseline, origin, stamp);
    whole.put("column_name", "");
    whole.put(
        "segments",
        baseline.admitted().stream()
            .map(
                segment ->
                    RowFactory.create(
                        segment.slice().toString(),
                        segment.slice().columns().toArray(String[]::new),
                        segment.values().toArray(String[]::new)))
            .toArray(Row[]::new));
    rows.add(row(whole));
    for (ChosenColumn column : baseline.columns()) {
      Map<String, Object> cells = common(baseline, origin, stamp);
      cells.put("column_name", column.name());
      cells.put("expression", column.expression());
      cells.put("role", column.role().name());
      cells.put("kind", column.kind() == null ? null : column.kind().name());
      cells.put("data_type", column.dataType());
      cells.put("monitored", column.monitored());
      cells.put("reason", column.reason());
      if (column.grid() instanceof NumericGrid grid) {
        putNumeric(cells, grid);
      } else if (column.grid() instanceof Categories dictionary) {
        cells.put("exact_limit", dictionary.unseenLimit());
        cells.put("dictionary", dictionary.values().toArray(String[]::new));
      } else if (column.grid() instanceof IdGrid ids) {
        cells.put("exact_limit", ids.kept());
      }
      rows.add(row(cells));
    }
    return rows;
  }

  private static Map<String, Object> common(Baseline baseline, Origin origin, Stamp stamp) {
    Map<String, Object> cells = new HashMap<>();
    cells.put("model", origin.model());
    cells.put("bins_id", baseline.binsId());
    cells.put("baseline_id", baseline.baselineId());
    cells.put("format", FORMAT);
    cells.put("reference_from", Timestamp.from(baseline.reference().start()));
    cells.put("reference_until", Timestamp.from(baseline.reference().end()));
    cells.put("reference_rows", origin.rows());
    cells.put("source_table_id", origin.tableId());
    cells.put("source_version", origin.tableVersion());
    cells.put("zone", origin.zone());
    cells.put("base_granularity", origin.granularity());
    cells.put("run_id", stamp.runId());
    cells.put("attempt_id", stamp.attemptId());
    cells.put("computed_at", Timestamp.from(stamp.computedAt()));
    return cells;
  }

  private static void putNumeric(Map<String, Object> cells, NumericGrid grid) {
    cells.put("edges", grid.edges());
    cells.put("deciles", grid.deciles());
    cells.put("coarse", grid.coarseOfBins());
    cells.put("center", grid.center());
    cells.put("sum_exponent", grid.sumExponent());
    cells.put("square_exponent", grid.squareExponent());
    cells.put("exact_limit", grid.exactLimit());
  }

  private static Row row(Map<String, Object> cells) {
    return RowFactory.create(Arrays.stream(SCHEMA.fieldNames()).map(cells::get).toArray());
  }

  /**
   * Reads a baseline back.
   *
   * @param rows all rows of its attempt
   */
  static Baseline read(List<Row> rows) {
    List<ChosenColumn> columns = new ArrayList<>();
    Row whole = null;
    for (Row row : rows) {
      if (row.getString(row.fieldIndex("column_name")).isEmpty()) {
        whole = row;
      } else {
        columns.add(column(row));
      }
    }
    if (whole == null) {
      throw new IllegalStateException("The baseline has no row for the whole.");
    }
    Window reference =
        new Window(instant(whole, "reference_from"), instant(whole, "reference_until"));
    return new Baseline(
        text(whole, "bins_id"),
        text(whole, "baseline_id"),
        text(whole, "attempt_id"),
        columns,
        reference,
        segments(whole));
  }

  private static Set<Segment> segments(Row whole) {
    Set<Segment> segments = new HashSet<>();
    for (Row segment : whole.<Row>getList(whole.fieldIndex("segments"))) {
      List<String> names = segment.getList(1);
      List<String> values = new ArrayList<>(segment.<String>getList(2));
      segments.add(new Segment(new Slice(names), values));
    }
    return segments;
  }

  private static ChosenColumn column(Row row) {
    ColumnKind kind =
        row.isNullAt(row.fieldIndex("kind")) ? null : ColumnKind.valueOf(text(row, "kind"));
    String name = text(row, "column_name");
    // Before store format 2 every column was a feature or an output, under its own name.
    String expression = text(row, "expression");
    String role = text(row, "role");
    return new ChosenColumn(
        name,
        expression == null ? SourceColumns.sql(name) : expression,
        role == null ? earlierRole(kind) : ColumnRole.valueOf(role),
        kind,
        text(row, "data_type"),
        text(row, "reason"),
        row.getBoolean(row.fieldIndex("monitored")) ? grid(kind, row) : null);
  }

  private static ColumnRole earlierRole(ColumnKind kind) {
    return kind == ColumnKind.SCORE ? ColumnRole.OUTPUT : ColumnRole.FEATURE;
  }

  private static Grid<?> grid(ColumnKind kind, Row row) {
    return switch (kind) {
      case CATEGORICAL ->
          new Categories(
              row.getList(row.fieldIndex("dictionary")), row.getInt(row.fieldIndex("exact_limit")));
      case NUMERIC, SCORE, OPERATIONAL ->
          new NumericGrid(
              kind,
              doubles(row, "edges"),
              doubles(row, "deciles"),
              row.<Integer>getList(row.fieldIndex("coarse")).stream()
                  .mapToInt(Integer::intValue)
                  .toArray(),
              row.getDouble(row.fieldIndex("center")),
              row.getInt(row.fieldIndex("sum_exponent")),
              row.getInt(row.fieldIndex("square_exponent")),
              row.getInt(row.fieldIndex("exact_limit")));
      case IDS -> new IdGrid(row.getInt(row.fieldIndex("exact_limit")));
      case JOINT, RATIO ->
          throw new IllegalStateException("It follows from the grids of other columns.");
    };
  }

  private static double[] doubles(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static String text(Row row, String column) {
    return row.getString(row.fieldIndex(column));
  }

  private static Instant instant(Row row, String column) {
    return row.getTimestamp(row.fieldIndex(column)).toInstant();
  }
}
