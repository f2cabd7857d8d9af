package io.leeway.store;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.QueryContext;
import org.apache.spark.QueryContextType;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/**
 * SQL that does not fit its table or fails on a row, told by its SQLSTATE: class 22 is a value that
 * cannot be computed, such as a division by zero; class 42, of SQL that was written as text, is one
 * that names what the table does not have. Delta gives class 22 to its own settings, too, so its
 * conditions are left out.
 */
final class FailedExpression {
  private FailedExpression() {}

  /** Which expression fails and why; empty if the error is of another kind. */
  static Optional<String> words(Throwable cause) {
    if (!(cause instanceof SparkThrowable known)
        || known.getSqlState() == null
        || known.getCondition() == null
        || known.getCondition().startsWith("DELTA_")) {
      return Optional.empty();
    }
    Optional<String> sql = sql(known);
    boolean onARow = known.getSqlState().startsWith("22");
    boolean written =
        known.getSqlState().startsWith("42")
            && cause instanceof AnalysisException
            && sql.isPresent();
    if (!onARow && !written) {
      return Optional.empty();
    }
    String said = cause.getMessage() == null ? known.getCondition() : cause.getMessage();
    return Optional.of(
        sql.map(text -> "the expression \"" + text + "\" fails: ")
                .orElse("a value cannot be computed: ")
            + said.lines().findFirst().orElse("").strip()
            + ". Correct the expression in the configuration, or the rows.");
  }

  /** The part of the SQL that failed, if it was written as text. */
  static Optional<String> sql(SparkThrowable error) {
    QueryContext[] contexts = error.getQueryContext();
    return contexts == null
        ? Optional.empty()
        : Arrays.stream(contexts)
            .filter(context -> context.contextType() == QueryContextType.SQL)
            .map(QueryContext::fragment)
            .filter(text -> !text.isBlank())
            .findFirst();
  }
}
