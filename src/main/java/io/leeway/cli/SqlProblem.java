package io.leeway.cli;

import io.leeway.domain.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** What is wrong with a person's SQL, without Spark's codes and traces. */
final class SqlProblem {
  private static final String NO_TABLE = "TABLE_OR_VIEW_NOT_FOUND";

  private SqlProblem() {}

  /**
   * The error to show, if the query is to blame: a text that is no SQL, a name that is not there,
   * or a value that an operation cannot take.
   *
   * @param tables the names that a query can use
   */
  static Optional<UserException> in(Throwable error, List<String> tables) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable known && blamesTheQuery(known)) {
        String text =
            String.valueOf(known.getCondition()).startsWith(NO_TABLE)
                ? noTable(known, tables)
                : brief(cause) + ".";
        return Optional.of(new UserException("The query " + text, error));
      }
    }
    return Optional.empty();
  }

  /** By the SQL standard's classes: 22 is data, 42 syntax and names, 21 the number of rows. */
  private static boolean blamesTheQuery(SparkThrowable error) {
    String state = error.getSqlState();
    return error instanceof ParseException
        || (state != null
            && (state.startsWith("22") || state.startsWith("42") || state.startsWith("21")));
  }

  private static String noTable(SparkThrowable error, List<String> tables) {
    Map<String, String> parameters = error.getMessageParameters();
    String name = parameters.getOrDefault("relationName", "").replace("`", "");
    return "names the table '"
        + name
        + "', which is not there; known, nearest first: "
        + String.join(", ", TableColumns.nearest(name, tables))
        + ".";
  }

  /** One sentence without its end, fit to follow the quoted SQL. */
  static String brief(Throwable error) {
    String said = error.getMessage() == null ? error.toString() : error.getMessage();
    String first = said.strip().lines().findFirst().orElse("");
    String place = "";
    if (error instanceof ParseException parse && parse.start().line().isDefined()) {
      place =
          " (line "
              + parse.start().line().get()
              + ", position "
              + (((Number) parse.start().startPosition().get()).intValue() + 1)
              + ")";
    }
    String words =
        first
            .replaceAll("^\\[[A-Z0-9_.]+]\\s*", "")
            .replaceAll("\\s*SQLSTATE: \\w+.*$", "")
            .replaceAll("\\s*\\(line \\d+, pos \\d+\\)\\s*$", "")
            .replaceAll("\\.$", "");
    boolean ofData =
        error instanceof SparkThrowable known
            && known.getSqlState() != null
            && known.getSqlState().startsWith("2");
    return (ofData ? "cannot be computed" : "is not understood") + place + ": " + words;
  }
}
