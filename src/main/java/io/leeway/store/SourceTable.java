package io.leeway.store;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.leeway.config.TableRef;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A Delta table that Leeway reads, held at one version: whatever is committed later is not seen.
 */
public final class SourceTable {
  private final TableRef address;
  private final DeltaSnapshot snapshot;

  private SourceTable(TableRef address, DeltaSnapshot snapshot) {
    this.address = address;
    this.snapshot = snapshot;
  }

  /** Whether there is a Delta table. */
  public static boolean exists(SparkSession spark, TableRef address) {
    try {
      return DeltaSnapshot.newest(spark, address).isPresent();
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(address));
    }
  }

  /**
   * Holds a table at a version, or at the newest one.
   *
   * @throws UserException if there is no such table, it is no Delta table, or it has not the
   *     version or no longer keeps it
   * @throws io.leeway.domain.EnvironmentException if the storage does not answer
   */
  public static SourceTable open(SparkSession spark, TableRef address, OptionalLong version) {
    try {
      DeltaSnapshot newest =
          DeltaSnapshot.newest(spark, address).orElseThrow(() -> absent(spark, address));
      if (version.isEmpty()) {
        return new SourceTable(address, newest);
      }
      long wanted = version.getAsLong();
      if (wanted < 0 || wanted > newest.version()) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "Table '%s' has no version %d; its newest is %d. Name one from 0 to that.",
                address,
                wanted,
                newest.version()));
      }
      return new SourceTable(address, newest.at(wanted));
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(address));
    }
  }

  public TableRef address() {
    return address;
  }

  /** Delta's own id of the table; a table made anew at the same place has another. */
  public String id() {
    return snapshot.tableId();
  }

  public long version() {
    return snapshot.version();
  }

  /**
   * How long this version can still be read once a newer one has come, by the table's own settings:
   * Delta refuses older ones, be their files there or not.
   */
  public Duration readableFor() {
    return snapshot.olderReadableFor();
  }

  public StructType schema() {
    return snapshot.schema();
  }

  /** The rows of this version, also if the frame runs long after later commits. */
  public Dataset<Row> read() {
    return snapshot.rows();
  }

  /**
   * The stretch of time that a column of timestamps or dates spans, from the files' statistics; by
   * a query where these do not tell. It holds every value, and at each end reaches less than a
   * millisecond beyond the outermost. Empty if the column has no value. Deleted rows may still
   * widen it. Times without a zone are taken in the session's.
   *
   * @param column a column, or the dotted path of a nested one
   */
  public Optional<Window> timeRange(String column) {
    try {
      Optional<Row> statistics =
          isNested(column) || snapshot.isPartitionedBy(column)
              ? Optional.empty()
              : statistics(column);
      if (statistics.isPresent()) {
        return FileTimes.window(statistics.get(), FileTimes.STEP);
      }
      Dataset<Row> rows = read();
      String name = isNested(column) ? column : SqlName.quoted(column);
      Column time = rows.col(name).cast("timestamp");
      return FileTimes.window(
          rows.agg(min(time), max(time)).first(), Duration.of(1, ChronoUnit.MICROS));
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(address));
    }
  }

  private boolean isNested(String column) {
    return snapshot.schema().getFieldIndex(column).isEmpty();
  }

  /** How many files a read of {@code from <= column < until} opens. */
  public long filesIn(String column, Instant from, Instant until) {
    try {
      Dataset<Row> rows = read();
      Column time = rows.col(SqlName.quoted(column));
      return rows.where(time.geq(lit(from)).and(time.lt(lit(until)))).inputFiles().length;
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(address));
    }
  }

  /** Least and greatest time over all files, unless a file with rows has no statistics. */
  private Optional<Row> statistics(String column) {
    Row range =
        FileTimes.of(
                snapshot.files(), snapshot.physicalName(column), snapshot.field(column).dataType())
            .agg(
                min("least"),
                max("greatest"),
                count(lit(1)).as("files"),
                sum(when(coalesce(col("told"), lit(false)), 1L).otherwise(0L)).as("told"))
            .first();
    boolean complete = range.getLong(2) == 0 || range.getLong(2) == range.getLong(3);
    return complete ? Optional.of(range) : Optional.empty();
  }

  /**
   * What changed after an older version of this very table, up to this one.
   *
   * @param column of the times by which changes are told
   */
  public SourceChanges changesSince(long older, String column) {
    if (older == version()) {
      return SourceChanges.none();
    }
    if (older > version()) {
      return SourceChanges.untold(
          "version " + older + " was read before, and this is version " + version());
    }
    if (isNested(column)) {
      return SourceChanges.untold("the files' statistics do not tell of nested columns");
    }
    try {
      return new LoggedChanges(snapshot, column, LoggedChanges.MOST_LOOKED_UP).since(older);
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(address));
    }
  }

  /** How a row of {@link #rowsSince} counts: 1 if it came, -1 if it went. */
  public static final String SIGN = DeltaSnapshot.SIGN;

  /**
   * Rows that came and rows that went between an older version of this very table and this one. A
   * row that was merely rewritten is there with both signs.
   *
   * @return empty if the log no longer tells; the files of removed rows may be gone all the same,
   *     which shows when the frame is read
   */
  public Optional<Dataset<Row>> rowsSince(long older) {
    if (older > version()) {
      return Optional.empty();
    }
    try {
      return snapshot.rowsSince(older);
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(address));
    }
  }

  /**
   * When the rows of a stretch of time came in.
   *
   * @param column of the times
   */
  public Arrivals arrivals(String column, Window stretch) {
    if (isNested(column)) {
      return Arrivals.untold("the files' statistics do not tell of nested columns");
    }
    try {
      return new LoggedArrivals(snapshot, column).within(stretch);
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(address));
    }
  }

  private static UserException absent(SparkSession spark, TableRef address) {
    if (!address.isPath()) {
      return DeltaSnapshot.table(spark, address.text()).isPresent()
          ? new UserException(
              "Table "
                  + address
                  + " is not a Delta table. Leeway reads Delta tables only; name one.")
          : new UserException(
              "There is no table '"
                  + address
                  + "' in the catalog. Check its name, schema and catalog, and that the job's user "
                  + "may see it.");
    }
    return pathExists(spark, address)
        ? new UserException(
            "The folder '"
                + address
                + "' is not a Delta table, it has no _delta_log. Leeway reads Delta tables only; "
                + "CONVERT TO DELTA turns a folder of Parquet files into one.")
        : new UserException(
            "There is no table at '"
                + address
                + "'. Check the path; write a catalog table's name without slashes.");
  }

  private static String where(TableRef address) {
    return "Table '" + address + "'";
  }

  private static boolean pathExists(SparkSession spark, TableRef address) {
    try {
      Path path = new Path(address.text());
      return path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path);
    } catch (IOException e) {
      throw StorageErrors.explain(e, where(address));
    }
  }
}
