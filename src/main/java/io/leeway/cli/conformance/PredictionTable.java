package io.leeway.cli.conformance;

import io.leeway.cli.conformance.DistinctValues.Group;
import io.leeway.cli.conformance.TableColumns.TableColumn;
import io.leeway.domain.Window;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The folder's predictions as a Delta table.
 *
 * @param path the table's folder
 * @param columns names there and in the file
 * @param rows how many there are
 * @param versions the model versions that the rows name
 * @param windows windows of the schema that hold any row
 * @param distinct distinct numbers in each group that the folder's values are of
 */
record PredictionTable(
    Path path,
    TableColumns columns,
    long rows,
    Set<String> versions,
    Set<Window> windows,
    DistinctValues distinct) {
  static final String FILE = "predictions.csv.gz";
  static final String ID = "prediction_id";
  static final String TIME = "ts";
  static final String PERIOD = "period";
  static final String VERSION = "model_version";
  static final String MISSING_SEGMENT = "__null__";
  private static final int BATCH = 100_000;

  PredictionTable {
    versions = Set.copyOf(versions);
    windows = Set.copyOf(windows);
  }

  /**
   * Reads the file and writes the table. Numbers are parsed by the platform, which rounds
   * correctly; everything else stays the text it is.
   *
   * @throws io.leeway.domain.UserException if the file is not there or not what the schema says
   */
  static PredictionTable load(SparkSession spark, Path folder, FolderSchema schema, Path table) {
    try (CsvFile csv = CsvFile.open(folder.resolve(FILE))) {
      TableColumns columns = new TableColumns(csv.header(), schema);
      Reading reading = new Reading(csv, schema, columns);
      StructType type = type(columns);
      List<Row> batch = new ArrayList<>();
      boolean more = true;
      while (more) {
        more = csv.next();
        if (more) {
          batch.add(reading.row());
        }
        if (batch.size() == BATCH || (!more && !(batch.isEmpty() && reading.rows > 0))) {
          spark
              .createDataFrame(batch, type)
              .coalesce(1)
              .write()
              .format("delta")
              .mode("append")
              .save(table.toString());
          batch.clear();
        }
      }
      return new PredictionTable(
          table, columns, reading.rows, reading.versions, reading.filled, reading.distinct);
    }
  }

  private static StructType type(TableColumns columns) {
    StructType type = new StructType();
    for (TableColumn column : columns.all()) {
      DataType of = column.source().equals(TIME) ? DataTypes.TimestampType : DataTypes.StringType;
      type = type.add(column.name(), column.numeric() ? DataTypes.DoubleType : of);
    }
    return type;
  }

  /** Rows one after the other, checked and counted. */
  private static final class Reading {
    private final CsvFile csv;
    private final FolderSchema schema;
    private final List<TableColumn> columns;
    private final int[] fields;
    private final int[] segments;
    private final int time;
    private final int period;
    private final int version;
    private final Set<String> versions = new HashSet<>();
    private final Set<Window> filled = new HashSet<>();
    private final DistinctValues distinct = new DistinctValues();
    private long rows;

    Reading(CsvFile csv, FolderSchema schema, TableColumns columns) {
      this.csv = csv;
      this.schema = schema;
      this.columns = columns.all();
      this.fields = this.columns.stream().mapToInt(it -> csv.column(it.source())).toArray();
      this.segments = schema.segmentColumns().stream().mapToInt(csv::column).toArray();
      this.time = csv.column(TIME);
      this.period = csv.column(PERIOD);
      this.version = csv.column(VERSION);
      csv.column(ID);
      schema.numericColumns().forEach(csv::column);
      schema.categoricalColumns().forEach(csv::column);
    }

    Row row() {
      rows++;
      versions.add(csv.required(version));
      Instant at = time();
      List<Group> groups = groups(at);
      Object[] cells = new Object[fields.length];
      for (int i = 0; i < fields.length; i++) {
        String text = csv.field(fields[i]);
        if (fields[i] == time) {
          cells[i] = Timestamp.from(at);
        } else if (columns.get(i).numeric() && text != null) {
          double number = number(columns.get(i).source(), text);
          distinct.add(groups, columns.get(i).source(), number);
          cells[i] = number;
        } else {
          cells[i] = text;
        }
      }
      return RowFactory.create(cells);
    }

    private Instant time() {
      String text = csv.required(time);
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw csv.problem(
            "'" + text + "' is not a time; write it like 2026-01-01T00:00:00Z (" + e + ").");
      }
    }

    private double number(String column, String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw csv.problem("'" + column + "' is not a number: '" + text + "' (" + e + ").");
      }
    }

    private List<Group> groups(Instant at) {
      List<Window> windows;
      String word = csv.required(period);
      if (word.equals(schema.referencePeriod())) {
        if (!schema.reference().contains(at)) {
          throw csv.problem(
              "the row of period '"
                  + word
                  + "' is of "
                  + at
                  + ", outside the reference window "
                  + schema.reference()
                  + " of schema.json.");
        }
        windows = List.of(schema.reference());
      } else if (word.equals(FolderSchema.ANALYSIS)) {
        windows = schema.windows().stream().filter(window -> window.contains(at)).toList();
      } else {
        throw csv.problem(
            "period '"
                + word
                + "' is neither '"
                + schema.referencePeriod()
                + "' nor '"
                + FolderSchema.ANALYSIS
                + "'.");
      }
      filled.addAll(windows);
      List<Group> groups = new ArrayList<>();
      for (Window window : windows) {
        groups.add(new Group(window, "", ""));
        for (int i = 0; i < segments.length; i++) {
          String value = csv.field(segments[i]);
          groups.add(
              new Group(
                  window, schema.segmentColumns().get(i), value == null ? MISSING_SEGMENT : value));
        }
      }
      return groups;
    }
  }
}
