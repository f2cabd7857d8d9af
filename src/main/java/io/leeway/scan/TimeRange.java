package io.leeway.scan;

import io.leeway.domain.Window;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The times, {@code start <= t < end}, of which rows are counted. Rows of other times may be handed
 * on: whoever reads the blocks looks at the time of each.
 *
 * @param column the time's column, or {@code null} if it is computed
 * @param start microseconds since 1970 UTC
 */
record TimeRange(ExprId column, long start, long end) implements Serializable {
  static TimeRange of(Dataset<Row> table, String time, Window span) {
    Attribute output =
        CollectionConverters.asJava(
                table.select(functions.expr(time)).queryExecution().analyzed().output())
            .get(0);
    boolean plain =
        CollectionConverters.asJava(table.queryExecution().analyzed().output()).stream()
            .anyMatch(attribute -> attribute.exprId().equals(output.exprId()));
    return new TimeRange(
        plain ? output.exprId() : null, Layout.micros(span.start()), Layout.micros(span.end()));
  }

  /** Rows of a time range, by literals: only these let a table skip files. */
  static Dataset<Row> within(Dataset<Row> table, String time, Window span) {
    Column column = functions.expr(time);
    return table.where(
        column.geq(functions.lit(span.start())).and(column.lt(functions.lit(span.end()))));
  }

  boolean contains(long micros) {
    return start <= micros && micros < end;
  }

  /** Whether a condition holds for every row with a time in this range. */
  boolean implies(Expression condition) {
    if (condition instanceof And and) {
      return implies(and.left()) && implies(and.right());
    } else if (condition instanceof IsNotNull present) {
      return isTime(present.child());
    } else if (condition instanceof GreaterThanOrEqual least) {
      return isTime(least.left())
          && least.right() instanceof Literal literal
          && literal.value() instanceof Long micros
          && micros <= start;
    } else if (condition instanceof LessThan most) {
      return isTime(most.left())
          && most.right() instanceof Literal literal
          && literal.value() instanceof Long micros
          && micros >= end;
    }
    return false;
  }

  private boolean isTime(Expression expression) {
    return expression instanceof Attribute attribute && attribute.exprId().equals(column);
  }
}
