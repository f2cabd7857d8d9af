package io.leeway.cli;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** SQL expressions of a configuration, held against the columns they will be computed from. */
final class SqlOverTable {
  private SqlOverTable() {}

  /** Its type, or why it has none. */
  sealed interface Checked {
    record Fine(DataType type) implements Checked {}

    record Wrong(String problem) implements Checked {}

    default <T> T either(Function<DataType, T> fine, Function<String, T> wrong) {
      return this instanceof Fine good
          ? fine.apply(good.type())
          : wrong.apply(((Wrong) this).problem());
    }
  }

  /** Whether all names of an expression are columns. */
  static boolean hasColumns(SparkSession spark, StructType columns, String expression) {
    try {
      spark.createDataFrame(List.<Row>of(), columns).select(functions.expr(expression));
      return true;
    } catch (Exception e) {
      if (e instanceof AnalysisException known) {
        return !String.valueOf(known.getCondition()).startsWith("UNRESOLVED_COLUMN");
      }
      throw e;
    }
  }

  /** Checks an expression that gives one value a row, always the same one. */
  static Checked check(SparkSession spark, StructType columns, String expression) {
    try {
      Dataset<Row> one =
          spark.createDataFrame(List.<Row>of(), columns).select(functions.expr(expression));
      LogicalPlan plan =
          ((org.apache.spark.sql.classic.Dataset<Row>) one).queryExecution().analyzed();
      boolean aRow = plan instanceof Project project && project.child().children().isEmpty();
      if (!aRow || one.schema().size() != 1) {
        return new Checked.Wrong(
            "does not give one value a row; write an expression without aggregates, windows or '*'");
      }
      if (SubqueryExpression.hasSubquery(plan.expressions().head())) {
        return new Checked.Wrong(
            "holds a sub-query, but is computed from one row alone; join what it looks up where the"
                + " table is written");
      }
      if (!plan.expressions().head().deterministic()) {
        return new Checked.Wrong(
            "gives another value each time, so that a run could not be repeated; write it without"
                + " random numbers and the like");
      }
      return new Checked.Fine(one.schema().fields()[0].dataType());
    } catch (Exception e) {
      if (e instanceof ParseException || e instanceof AnalysisException) {
        return new Checked.Wrong(SqlProblem.brief(e));
      }
      throw e;
    }
  }
}
