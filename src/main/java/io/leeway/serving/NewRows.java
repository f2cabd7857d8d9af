package io.leeway.serving;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.row_number;

import io.leeway.domain.UserException;
import io.leeway.store.MarkedTable;
import io.leeway.store.SourceTable;
import io.leeway.store.StorageErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The rows of a feature table that are to be scored: those that came since the last scoring, but
 * for those whose identifier the target has already, be it with another time. A row that was merely
 * moved to another file, or changed, is no new one.
 *
 * <p>Where rows are scored only up to an age, the target is looked through from twice that age on:
 * an identifier whose answered row is older still, and that comes again with a time young enough,
 * is answered again. Without such a limit every identifier of the target is looked at.
 *
 * @param rows each identifier once: of several the earliest row
 * @param came rows that came, before any is left out
 * @param withoutIdOrTime of them; they are left out
 * @param tooOld of them; they are left out
 * @param all why the whole table was looked through; empty where only new files were
 */
record NewRows(
    Dataset<Row> rows, long came, long withoutIdOrTime, long tooOld, Optional<String> all) {
  private static final String ID = "leeway_id";
  private static final String TIME = "leeway_time";
  private static final String RANK = "leeway_rank";

  /** Whether a row can be scored at all. */
  private static final String USABLE = ID + " IS NOT NULL AND " + TIME + " IS NOT NULL";

  private static final String ID_BEFORE = "leeway_id_before";
  private static final String USABLE_BEFORE = "leeway_usable_before";

  /**
   * What is asked for.
   *
   * @param maxAge rows older than this at {@code now} are left out
   * @param alreadyThere SQL of which of the target's rows count as there
   */
  record Wanted(
      SourceTable features,
      MarkedTable target,
      ServedColumns columns,
      OptionalLong mark,
      Instant now,
      Optional<Duration> maxAge,
      String alreadyThere) {
    private Optional<Instant> oldest() {
      return maxAge.map(now::minus);
    }

    private Optional<Instant> oldestLookedUp() {
      return maxAge.map(age -> now.minus(age).minus(age));
    }
  }

  /**
   * Finds them.
   *
   * @throws UserException if the time is none
   */
  static NewRows of(Wanted wanted) {
    try {
      return find(wanted);
    } catch (Exception e) {
      throw StorageErrors.explain(e, "Table '" + wanted.features().address() + "'");
    }
  }

  private static NewRows find(Wanted wanted) {
    OptionalLong mark = wanted.mark();
    if (mark.isEmpty()) {
      return everything(wanted, Optional.empty());
    }
    long older = mark.getAsLong() - 1;
    Optional<Dataset<Row>> changed = wanted.features().rowsSince(older);
    if (changed.isEmpty()) {
      return everything(wanted, "its log no longer tells of version " + older);
    }
    try {
      return among(wanted, came(changed.get(), wanted.columns()), Optional.empty());
    } catch (Exception e) {
      if (isGone(e)) {
        return everything(wanted, "files of version " + older + " are gone");
      }
      throw e;
    }
  }

  private static NewRows everything(Wanted wanted, String why) {
    return everything(
        wanted,
        Optional.of(
            "The whole of table '"
                + wanted.features().address()
                + "' was looked through, for "
                + why
                + ", up to which it was scored before."));
  }

  private static NewRows everything(Wanted wanted, Optional<String> why) {
    return among(wanted, told(wanted.features().read(), wanted.columns()), why);
  }

  /**
   * Rows of new files, but for those whose identifier was in a file that has gone. What had no
   * identifier or time then, and has both now, was repaired, and has come only now.
   */
  private static Dataset<Row> came(Dataset<Row> changed, ServedColumns columns) {
    Dataset<Row> told = told(changed, columns);
    Dataset<Row> now = told.where(col(SourceTable.SIGN).equalTo(1)).drop(SourceTable.SIGN);
    Dataset<Row> before =
        told.where(col(SourceTable.SIGN).equalTo(-1))
            .select(col(ID).as(ID_BEFORE), expr(USABLE).as(USABLE_BEFORE));
    return now.join(
        before,
        expr(ID + " <=> " + ID_BEFORE + " AND (" + USABLE + ") = " + USABLE_BEFORE),
        "left_anti");
  }

  private static Dataset<Row> told(Dataset<Row> rows, ServedColumns columns) {
    return rows.withColumn(ID, expr(text(columns.id())))
        .withColumn(TIME, expr(time(columns.time())));
  }

  private static NewRows among(Wanted wanted, Dataset<Row> came, Optional<String> all) {
    String young =
        wanted.oldest().map(oldest -> TIME + " >= " + SqlText.timestamp(oldest)).orElse("true");
    Row counts =
        came.selectExpr(
                "count(*)",
                "count_if(NOT (" + USABLE + "))",
                "count_if(" + USABLE + " AND NOT (" + young + "))")
            .first();
    Dataset<Row> rows = came.where(USABLE).where(young);
    return new NewRows(
        once(rows.join(there(wanted, rows), new String[] {ID}, "left_anti")),
        counts.getLong(0),
        counts.getLong(1),
        counts.getLong(2),
        all);
  }

  /**
   * Those of the rows' identifiers that the target has. Of a large target only the identifiers are
   * read, and only those that came leave the scan; a limit by time skips files, too.
   */
  private static Dataset<Row> there(Wanted wanted, Dataset<Row> rows) {
    ServedColumns columns = wanted.columns();
    String young =
        wanted
            .oldestLookedUp()
            .map(oldest -> time(columns.time()) + " >= " + SqlText.timestamp(oldest))
            .orElse("true");
    return wanted
        .target()
        .read()
        .where(young)
        .where(wanted.alreadyThere())
        .select(expr(text(columns.id())).as(ID))
        .join(rows.select(ID), new String[] {ID}, "left_semi");
  }

  private static Dataset<Row> once(Dataset<Row> rows) {
    return rows.withColumn(RANK, row_number().over(Window.partitionBy(ID).orderBy(col(TIME))))
        .where(col(RANK).equalTo(1))
        .drop(RANK, ID, TIME);
  }

  private static String text(String column) {
    return "CAST(" + SqlText.quoted(column) + " AS STRING)";
  }

  private static String time(String column) {
    return "CAST(" + SqlText.quoted(column) + " AS TIMESTAMP)";
  }

  private static boolean isGone(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.io.FileNotFoundException
          || (cause instanceof SparkException spark
              && "FAILED_READ_FILE.FILE_NOT_EXIST".equals(spark.getCondition()))) {
        return true;
      }
    }
    return false;
  }
}
