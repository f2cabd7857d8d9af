package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.config.TableRef;
import io.leeway.domain.UserException;
import io.leeway.store.SourceTable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Whether the column of prediction times can say in which window a row lies, be it of the
 * predictions or of a reference table.
 */
public final class PredictionTime {
  private PredictionTime() {}

  /**
   * Times must be instants. Dates and times without a zone are instants only where windows are cut
   * in UTC; in any other zone their rows would fall into wrong windows.
   *
   * @throws UserException if the column is not there or does not tell instants
   */
  static void check(ModelConfig model, SourceTable source) {
    String time = model.predictions().time();
    Map<String, DataType> columns = SourceColumns.leaves(source.schema());
    DataType type = columns.get(time);
    if (type == null) {
      throw new UserException(
          "Model '%s': predictions.time names the column '%s', which table %s does not have. Its columns are: %s."
              .formatted(
                  model.name(), time, source.address(), String.join(", ", columns.keySet())));
    }
    if (!type.equals(DataTypes.TimestampType) && !isWithoutZone(type)) {
      throw new UserException(
          "Model '%s': predictions.time names the column '%s' of type %s in table %s, which is no time. Name a timestamp, or cast it in the table."
              .formatted(model.name(), time, type.sql(), source.address()));
    }
    withoutZone(model, source.address(), type)
        .ifPresent(
            what -> {
              throw new UserException(
                  "Model '%s', predictions.time: %s".formatted(model.name(), what));
            });
  }

  /** What is wrong with times of a type that has no zone, and what to do; empty if nothing is. */
  public static Optional<String> withoutZone(ModelConfig model, TableRef table, DataType type) {
    return withoutZone(model, model.predictions().time(), table, type);
  }

  /** The same of another column of times. */
  static Optional<String> withoutZone(
      ModelConfig model, String time, TableRef table, DataType type) {
    ZoneId zone = model.windows().zone();
    return isWithoutZone(type) && !zone.normalized().equals(ZoneOffset.UTC)
        ? Optional.of(
            "column '%s' of table '%s' is of type %s, which has no zone, while windows.zone is %s; write it as a timestamp, as in to_utc_timestamp(%s, '%s'), or set windows.zone = UTC."
                .formatted(time, table, type.simpleString(), zone, time, zone))
        : Optional.empty();
  }

  private static boolean isWithoutZone(DataType type) {
    return type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampNTZType);
  }
}
