package io.leeway.cli.conformance;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The folder's labels as a Delta table, and once more by prediction to count what they tell.
 *
 * @param path the table's folder
 * @param byId labels as they stand in the file, of several of one prediction the last
 */
record LabelTable(Path path, Map<String, String> byId) {
  static final String FILE = "labels.csv.gz";
  static final String ID = "prediction_id";
  static final String LABEL = "label";
  static final String TIME = "label_ts";

  LabelTable {
    byId = Map.copyOf(byId);
  }

  /**
   * Reads the file and writes the table. In a regression the label is a number, else the text it
   * is.
   *
   * @throws io.leeway.domain.UserException if the file is not there or not what it should be
   */
  static LabelTable load(SparkSession spark, Path folder, FolderSchema schema, Path table) {
    StructType type =
        new StructType()
            .add(ID, DataTypes.StringType)
            .add(LABEL, schema.hasNumericLabel() ? DataTypes.DoubleType : DataTypes.StringType)
            .add(TIME, DataTypes.TimestampType);
    Map<String, String> byId = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    try (CsvFile csv = CsvFile.open(folder.resolve(FILE))) {
      int id = csv.column(ID);
      int label = csv.column(LABEL);
      int time = csv.column(TIME);
      while (csv.next()) {
        String text = csv.field(label);
        Object value = text == null || !schema.hasNumericLabel() ? text : csv.number(label);
        if (text != null) {
          byId.put(csv.required(id), text);
        }
        Instant at = csv.field(time) == null ? null : csv.time(time);
        rows.add(
            RowFactory.create(csv.required(id), value, at == null ? null : Timestamp.from(at)));
      }
    }
    spark
        .createDataFrame(rows, type)
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(table.toString());
    return new LabelTable(table, byId);
  }

  /** The label of a prediction, if it has one. */
  Optional<String> of(String predictionId) {
    return Optional.ofNullable(byId.get(predictionId));
  }
}
