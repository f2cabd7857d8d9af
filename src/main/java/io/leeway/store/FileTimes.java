package io.leeway.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.domain.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * What Delta's statistics of files, JSON in a column {@code stats}, tell of one column of times.
 */
final class FileTimes {
  /** The resolution of the times in the statistics; they are rounded down to it. */
  static final Duration STEP = Duration.ofMillis(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private FileTimes() {}

  /**
   * One row a file: {@code least} and {@code greatest} as timestamps, both NULL where no row has a
   * time, and whether the statistics have {@code told}.
   *
   * @param physicalName the column's name in the statistics
   * @param kept further columns of the files to be kept
   */
  static Dataset<Row> of(Dataset<Row> files, String physicalName, DataType type, Column... kept) {
    StructType one = new StructType().add(physicalName, type);
    StructType form =
        new StructType()
            .add("numRecords", "bigint")
            .add("minValues", one)
            .add("maxValues", one)
            .add("nullCount", new StructType().add(physicalName, "bigint"));
    String quoted = SqlName.quoted(physicalName);
    Column least = col("s.minValues." + quoted).cast("timestamp");
    Column greatest = col("s.maxValues." + quoted).cast("timestamp");
    Column withoutValues =
        col("s.numRecords")
            .equalTo(lit(0))
            .or(col("s.numRecords").equalTo(col("s.nullCount." + quoted)));
    Column told = least.isNotNull().and(greatest.isNotNull()).or(withoutValues);
    Column[] wanted = new Column[kept.length + 3];
    System.arraycopy(kept, 0, wanted, 3, kept.length);
    wanted[0] = least.as("least");
    wanted[1] = greatest.as("greatest");
    wanted[2] = told.as("told");
    return files.withColumn("s", from_json(col("stats"), form)).select(wanted);
  }

  /**
   * Statistics of one column out of those of all, so that of many files little is held.
   *
   * @param stats JSON, or {@code null} where a file has none
   */
  static String only(String stats, String physicalName) {
    if (stats == null || stats.isEmpty()) {
      return null;
    }
    try {
      JsonNode all = JSON.readTree(stats);
      ObjectNode one = JSON.createObjectNode();
      if (all.has("numRecords")) {
        one.set("numRecords", all.get("numRecords"));
      }
      for (String of : List.of("minValues", "maxValues", "nullCount")) {
        JsonNode value = all.path(of).path(physicalName);
        if (!value.isMissingNode()) {
          one.putObject(of).set(physicalName, value);
        }
      }
      return one.toString();
    } catch (JsonProcessingException e) {
      // As Spark takes it: statistics that cannot be read tell nothing.
      return null;
    }
  }

  /**
   * From the least time to just beyond the greatest; empty where there is none.
   *
   * @param row least and greatest
   * @param step how far the greatest may lie beyond what is said
   */
  static Optional<Window> window(Row row, Duration step) {
    return row.isNullAt(0)
        ? Optional.empty()
        : Optional.of(new Window(Cells.instant(row.get(0)), Cells.instant(row.get(1)).plus(step)));
  }
}
