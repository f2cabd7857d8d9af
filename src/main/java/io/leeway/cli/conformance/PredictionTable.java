package io.leeway.cli.conformance;

import io.leeway.cli.conformance.TableColumns.TableColumn;
import io.leeway.domain.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
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
 * @param outcomes distinct scores of rows with a label, or absolute errors, in the same groups
 */
record PredictionTable(
    Path path,
    TableColumns columns,
    long rows,
    Set<String> versions,
    Set<Window> windows,
    DistinctValues distinct,
    DistinctValues outcomes) {
  static final String FILE = "predictions.csv.gz";
  static final String ID = "prediction_id";
  static final String TIME = "ts";
  static final String PERIOD = "period";
  static final String VERSION = "model_version";
  static final String MISSING_SEGMENT = "__null__";

  /** What stands for a column among {@code outcomes} in a regression. */
  static final String ABSOLUTE_ERROR = "absolute error";

  private static final int BATCH = 100_000;

  PredictionTable {
    versions = Set.copyOf(versions);
    windows = Set.copyOf(windows);
  }

  /**
   * Reads the file and writes the table. Numbers are parsed by the platform, which rounds
   * correctly; everything else stays the text it is.
   *
   * @param challenger whose answers stand in the table instead of the file's, on those rows of the
   *     analysis that it answered; empty for the file as it is
   * @throws io.leeway.domain.UserException if the file is not there or not what the schema says
   */
  static PredictionTable load(
      SparkSession spark,
      Path folder,
      FolderSchema schema,
      LabelTable labels,
      Optional<ChallengerAnswers> challenger,
      Path table) {
    try (CsvFile csv = CsvFile.open(folder.resolve(FILE))) {
      TableColumns columns = new TableColumns(csv.header(), schema);
      PredictionRows rows = new PredictionRows(csv, schema, columns, labels, challenger);
      StructType type = type(columns);
      List<Row> batch = new ArrayList<>();
      boolean more = true;
      while (more) {
        Optional<Row> row = rows.next();
        row.ifPresent(batch::add);
        more = row.isPresent();
        if (batch.size() == BATCH || (!more && !(batch.isEmpty() && rows.count() > 0))) {
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
          table,
          columns,
          rows.count(),
          rows.versions(),
          rows.filled(),
          rows.distinct(),
          rows.outcomes());
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
}
