package io.leeway.scan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columnar batches below a plan, where they are just what the plan returns.
 *
 * <p>Batches lie below the plan's filters: with deletion vectors or a user's filter they hold rows
 * that must not be counted. So they are taken only if nothing stands above them but the step from
 * columns to rows, a projection that merely picks columns, and filters on the one column that the
 * caller checks row by row anyway.
 */
final class BatchPlan {
  private static final int MOST_FIELDS = 10_000;

  private final SparkPlan scan;
  private final int[] ordinals;

  private BatchPlan(SparkPlan scan, int[] ordinals) {
    this.scan = scan;
    this.ordinals = ordinals;
  }

  JavaRDD<ColumnarBatch> batches() {
    return scan.executeColumnar().toJavaRDD();
  }

  /** For every column of the projection its place in a batch. */
  int[] ordinals() {
    return ordinals;
  }

  /** The batches of a projection of {@code table}, or nothing where rows must be read. */
  static Optional<BatchPlan> of(
      Dataset<Row> projected, Dataset<Row> table, Optional<String> harmless) {
    return strip(wide(projected), harmless.flatMap(sql -> attribute(table, sql)));
  }

  private static Optional<ExprId> attribute(Dataset<Row> table, String sql) {
    Attribute output =
        CollectionConverters.asJava(
                table.select(functions.expr(sql)).queryExecution().analyzed().output())
            .get(0);
    boolean plain =
        CollectionConverters.asJava(table.queryExecution().analyzed().output()).stream()
            .anyMatch(attribute -> attribute.exprId().equals(output.exprId()));
    return plain ? Optional.of(output.exprId()) : Optional.empty();
  }

  /**
   * Spark gives no batches of more columns than it would generate code for; here none is generated.
   */
  private static SparkPlan wide(Dataset<Row> projected) {
    SparkSession session = ((SparkSession) projected.sparkSession()).cloneSession();
    session.conf().set("spark.sql.codegen.maxFields", MOST_FIELDS);
    return org.apache.spark.sql.classic.Dataset.ofRows(
            session, projected.queryExecution().analyzed())
        .queryExecution()
        .executedPlan();
  }

  private static Optional<BatchPlan> strip(SparkPlan executed, Optional<ExprId> checked) {
    Map<ExprId, ExprId> renamed = new HashMap<>();
    SparkPlan plan = executed;
    while (!(plan instanceof ColumnarToRowExec)) {
      boolean transparent =
          plan instanceof WholeStageCodegenExec
              || plan instanceof InputAdapter
              || (plan instanceof FilterExec filter && looksOnlyAt(filter.condition(), checked))
              || (plan instanceof ProjectExec project && onlyPicks(project, renamed));
      if (!transparent) {
        return Optional.empty();
      }
      plan = CollectionConverters.asJava(plan.children()).get(0);
    }
    SparkPlan scan = ((ColumnarToRowExec) plan).child();
    if (scan instanceof InputAdapter adapter) {
      scan = adapter.child();
    }
    return scan.supportsColumnar()
        ? ordinals(executed, scan, renamed).map(withPlan(scan))
        : Optional.empty();
  }

  private static java.util.function.Function<int[], BatchPlan> withPlan(SparkPlan scan) {
    return ordinals -> new BatchPlan(scan, ordinals);
  }

  private static boolean looksOnlyAt(Expression condition, Optional<ExprId> checked) {
    return CollectionConverters.asJava(condition.references().toSeq()).stream()
        .allMatch(attribute -> checked.filter(attribute.exprId()::equals).isPresent());
  }

  private static boolean onlyPicks(ProjectExec project, Map<ExprId, ExprId> renamed) {
    for (NamedExpression column : CollectionConverters.asJava(project.projectList())) {
      if (column instanceof Alias alias && alias.child() instanceof AttributeReference source) {
        renamed.put(alias.exprId(), source.exprId());
      } else if (!(column instanceof AttributeReference)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<int[]> ordinals(
      SparkPlan executed, SparkPlan scan, Map<ExprId, ExprId> renamed) {
    List<ExprId> inBatch =
        CollectionConverters.asJava(scan.output()).stream().map(Attribute::exprId).toList();
    int[] ordinals =
        CollectionConverters.asJava(executed.output()).stream()
            .mapToInt(column -> inBatch.indexOf(source(column.exprId(), renamed)))
            .toArray();
    for (int ordinal : ordinals) {
      if (ordinal < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(ordinals);
  }

  private static ExprId source(ExprId column, Map<ExprId, ExprId> renamed) {
    ExprId current = column;
    while (renamed.containsKey(current)) {
      current = renamed.get(current);
    }
    return current;
  }
}
