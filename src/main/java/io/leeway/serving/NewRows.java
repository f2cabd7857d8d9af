package io.leeway.serving;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.row_number;

import io.leeway.domain.UserException;
import io.leeway.store.MarkedTable;
import io.leeway.store.SourceTable;
import io.leeway.store.StorageErrors;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The rows of a feature table that are to be scored: those that came since the last scoring, but
 * for those whose identifier the target has already. A row that was merely moved to another file,
 * or changed, is no new one.
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

  /** What is asked for. */
  record Wanted(
      SourceTable features,
      MarkedTable target,
      ServedColumns columns,
      OptionalLong mark,
      Optional<Instant> oldest,
      String alreadyThere) {}

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
      return among(wanted, wanted.features().read(), Optional.empty());
    }
    long older = mark.getAsLong() - 1;
    Optional<Dataset<Row>> changed = wanted.features().rowsSince(older);
    if (changed.isEmpty()) {
      return everything(wanted, "its log no longer tells of version " + older);
    }
    try {
      return among(wanted, came(changed.get(), wanted.columns().id()), Optional.empty());
    } catch (Exception e) {
      if (isGone(e)) {
        return everything(wanted, "files of version " + older + " are gone");
      }
      throw e;
    }
  }

  private static NewRows everything(Wanted wanted, String why) {
    return among(
        wanted,
        wanted.features().read(),
        Optional.of(
            "The whole of table '"
                + wanted.features().address()
                + "' was looked through, for "
                + why
                + ", up to which it was scored before."));
  }

  /** Rows of new files, but for those whose identifier was in a file that has gone. */
  private static Dataset<Row> came(Dataset<Row> changed, String id) {
    Dataset<Row> now = changed.where(col(SourceTable.SIGN).equalTo(1)).drop(SourceTable.SIGN);
    Dataset<Row> before =
        changed.where(col(SourceTable.SIGN).equalTo(-1)).select(expr(text(id)).as(ID));
    return now.withColumn(ID, expr(text(id))).join(before, new String[] {ID}, "left_anti").drop(ID);
  }

  private static NewRows among(Wanted wanted, Dataset<Row> came, Optional<String> all) {
    ServedColumns columns = wanted.columns();
    Dataset<Row> told =
        came.withColumn(ID, expr(text(columns.id()))).withColumn(TIME, expr(time(columns.time())));
    String usable = ID + " IS NOT NULL AND " + TIME + " IS NOT NULL";
    String young =
        wanted.oldest().map(oldest -> TIME + " >= " + SqlText.timestamp(oldest)).orElse("true");
    Row counts =
        told.selectExpr(
                "count(*)",
                "count_if(NOT (" + usable + "))",
                "count_if(" + usable + " AND NOT (" + young + "))",
                "min(unix_micros(" + TIME + ")) FILTER (WHERE " + usable + " AND " + young + ")",
                "max(unix_micros(" + TIME + ")) FILTER (WHERE " + usable + " AND " + young + ")")
            .first();
    Dataset<Row> rows = told.where(usable).where(young);
    if (!counts.isNullAt(3)) {
      rows =
          rows.join(
              there(wanted, counts.getLong(3), counts.getLong(4)), new String[] {ID}, "left_anti");
    }
    return new NewRows(once(rows), counts.getLong(0), counts.getLong(1), counts.getLong(2), all);
  }

  /** Identifiers that the target has of that stretch of time; the range skips files. */
  private static Dataset<Row> there(Wanted wanted, long from, long to) {
    ServedColumns columns = wanted.columns();
    String time = time(columns.time());
    return wanted
        .target()
        .read()
        .where(time + " >= " + SqlText.timestamp(from))
        .where(time + " <= " + SqlText.timestamp(to))
        .where(wanted.alreadyThere())
        .select(expr(text(columns.id())).as(ID));
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
