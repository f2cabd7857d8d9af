package io.leeway.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.delta.tables.DeltaTable;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A model's files in one table, and how many of them are worth putting together. Larger files are
 * left alone, so nothing is rewritten again and again.
 *
 * @param all number of files
 * @param small those below 16 MiB
 * @param smallBytes their size together
 */
record SmallFiles(long all, long small, long smallBytes) {
  private static final long SMALL = 16L << 20;
  private static final long WHOLE = 128L << 20;

  /** Fewer small files than this cost a reader less than a rewriting costs us. */
  private static final int WORTH_IT = 8;

  private static final String CONF = "spark.databricks.delta.optimize.";

  /** What of a model lies in a table; empty if the table is not there. */
  static Optional<SmallFiles> of(Store store, ResultTable table, String model) {
    return store.snapshot(table).map(snapshot -> of(snapshot, model));
  }

  private static SmallFiles of(DeltaSnapshot snapshot, String model) {
    Column isSmall = col("size").lt(lit(SMALL));
    Row row =
        snapshot
            .files()
            .where(element_at(col("partitionValues"), lit("model")).equalTo(lit(model)))
            .agg(
                count(lit(1)).as("n"),
                count(when(isSmall, lit(1))).as("small"),
                sum(when(isSmall, col("size")).otherwise(lit(0L))).as("bytes"))
            .first();
    return new SmallFiles(row.getLong(0), row.getLong(1), row.isNullAt(2) ? 0 : row.getLong(2));
  }

  boolean areWorthIt() {
    return small >= WORTH_IT;
  }

  /** About how many files there would be. */
  long afterwards() {
    return areWorthIt() ? all - small + (smallBytes + WHOLE - 1) / WHOLE : all;
  }

  /** Puts a model's small files together; their rows stay as they are, and so does every reader. */
  static void compact(Store store, ResultTable table, String model) {
    SparkSession own = ((org.apache.spark.sql.classic.SparkSession) store.spark()).cloneSession();
    own.conf().set(CONF + "minFileSize", SMALL);
    own.conf().set(CONF + "maxFileSize", WHOLE);
    String quoted = model.replace("\\", "\\\\").replace("'", "\\'");
    DeltaTable delta = store.delta(own, table);
    store.change(
        table, () -> delta.optimize().where("model = '" + quoted + "'").executeCompaction());
  }
}
