package io.leeway.cli;

import io.leeway.domain.UserException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;

/** Result tables are written by jobs alone, so a query is told from a statement that changes. */
final class QueryOnly {
  private QueryOnly() {}

  /**
   * @throws UserException for anything but a query, SHOW, DESCRIBE and EXPLAIN
   * @throws ParseException if the text is no SQL
   */
  static void refuseStatements(SparkSession spark, String text) throws ParseException {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.SparkSession) spark)
            .sessionState()
            .sqlParser()
            .parsePlan(text);
    if (plan.exists(QueryOnly::changes)) {
      throw new UserException(
          "The query changes something, but leeway sql only reads. Write a SELECT.");
    }
  }

  private static boolean changes(LogicalPlan node) {
    boolean statement = node instanceof Command || node instanceof ParsedStatement;
    return statement && !node.nodeName().matches("(?:Show|Describe|Explain).*");
  }
}
