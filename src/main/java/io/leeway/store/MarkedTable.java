package io.leeway.store;

import io.leeway.config.TableRef;
import io.leeway.domain.UserException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A Delta table that Leeway feeds, held at one version. Its log keeps a mark, a number that says
 * how far somebody has come; rows and mark are committed together or not at all, and only if nobody
 * has moved the mark since this version. So what the mark covers is there exactly once.
 */
public final class MarkedTable {
  private static final int ATTEMPTS = 20;

  /** After how many attempts whoever was about to make the table is held to be dead. */
  private static final int ABANDONED = 10;

  private final TableRef address;
  private final DeltaSnapshot snapshot;

  private MarkedTable(TableRef address, DeltaSnapshot snapshot) {
    this.address = address;
    this.snapshot = snapshot;
  }

  /**
   * Holds the newest version; empty if there is no such table.
   *
   * @throws UserException if what is there is no Delta table
   * @throws io.leeway.domain.EnvironmentException if the storage does not answer
   */
  public static Optional<MarkedTable> find(SparkSession spark, TableRef address) {
    try {
      return DeltaSnapshot.newest(spark, address).map(found -> new MarkedTable(address, found));
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(address));
    }
  }

  /**
   * The same; makes the table where there is none. Several may do so at once.
   *
   * @param schema of the table if it is made
   */
  public static MarkedTable findOrCreate(SparkSession spark, TableRef address, StructType schema) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<MarkedTable> found = find(spark, address);
      if (found.isPresent()) {
        return found.get();
      }
      try {
        if (attempt == ABANDONED && address.isPath()) {
          AbandonedLog.remove(spark, address.text());
        }
        spark.sql(
            "CREATE TABLE IF NOT EXISTS "
                + SqlName.of(address)
                + " ("
                + schema.toDDL()
                + ") USING DELTA");
      } catch (Exception e) {
        if (!Conflicts.overTable(e)) {
          throw StorageErrors.explain(e, where(address));
        }
        Conflicts.pause(attempt);
      }
    }
    throw new UserException(
        where(address)
            + ": the folder holds files but no Delta table. Name another place, or move the files "
            + "away.");
  }

  public TableRef address() {
    return address;
  }

  public StructType schema() {
    return snapshot.schema();
  }

  /** The rows of this version, also if the frame runs long after later commits. */
  public Dataset<Row> read() {
    return snapshot.rows();
  }

  /** The mark; empty before any. */
  public OptionalLong mark(String owner) {
    return snapshot.transaction(owner);
  }

  /**
   * Appends rows and moves the mark. Appends of others do not matter.
   *
   * @param rows with the table's columns and types; may be none, then only the mark is moved
   * @param mark above the one of this version
   * @return whether it was done; if not, the mark was moved by another one, and nothing is written
   * @throws UserException if a value does not fit the table
   * @throws io.leeway.domain.EnvironmentException if the storage cannot be written
   */
  public boolean append(Dataset<Row> rows, String owner, long mark) {
    try {
      snapshot.append(rows, owner, mark);
      return true;
    } catch (Exception e) {
      if (Conflicts.overIdentifier(e)) {
        return false;
      }
      throw StorageErrors.explain(e, where(address));
    }
  }

  private static String where(TableRef address) {
    return "Table '" + address + "'";
  }
}
