package io.leeway.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * The columnar batches below a plan, where they hold just the rows that the plan returns.
 *
 * <p>Batches lie below the plan's filters: with deletion vectors or a user's filter they hold rows
 * that must not be counted. So they are taken only if nothing stands above them but the step from
 * columns to rows, a projection, and filters that ask for no more than the {@link TimeRange} that
 * the caller checks row by row anyway. What the projection computes is left to {@link #computed},
 * to be evaluated for those columns alone.
 */
final class BatchPlan {
  private static final int MOST_FIELDS = 10_000;

  private final SparkPlan scan;
  private final int[] ordinals;
  private final List<Expression> computed;

  private BatchPlan(SparkPlan scan, int[] ordinals, List<Expression> computed) {
    this.scan = scan;
    this.ordinals = ordinals;
    this.computed = computed;
  }

  JavaRDD<ColumnarBatch> batches() {
    return scan.executeColumnar().toJavaRDD();
  }

  /**
   * For every column of the projection its place in a batch, or, from the number of the batch's
   * columns on, in the rows that {@link #computed} makes.
   */
  int[] ordinals() {
    return ordinals;
  }

  int batchColumns() {
    return scan.output().size();
  }

  /** Makes the projection of a batch's rows to the computed columns, in a task. */
  Computed computed() {
    return new Computed(
        new ArrayList<>(computed), new ArrayList<>(CollectionConverters.asJava(scan.output())));
  }

  /** Expressions that are evaluated row by row. */
  record Computed(ArrayList<Expression> expressions, ArrayList<Attribute> input)
      implements java.io.Serializable {
    boolean isEmpty() {
      return expressions.isEmpty();
    }

    UnsafeProjection projection() {
      return UnsafeProjection.create(
          CollectionConverters.asScala(expressions).toSeq(),
          CollectionConverters.asScala(input).toSeq());
    }
  }

  /** The batches of a projection, or nothing where rows must be read. */
  static Optional<BatchPlan> of(Dataset<Row> projected, Optional<TimeRange> checked) {
    return strip(wide(projected), checked);
  }

  /**
   * Spark gives no batches of more columns than it would generate code for; here none is generated.
   * A relation asks the session that it was made in, so it moves to one with a higher limit.
   */
  private static SparkPlan wide(Dataset<Row> projected) {
    SparkSession session = ((SparkSession) projected.sparkSession()).cloneSession();
    session.conf().set("spark.sql.codegen.maxFields", MOST_FIELDS);
    LogicalPlan plan = projected.queryExecution().analyzed().transform(movedTo(session));
    return org.apache.spark.sql.classic.Dataset.ofRows(session, plan)
        .queryExecution()
        .executedPlan();
  }

  private static AbstractPartialFunction<LogicalPlan, LogicalPlan> movedTo(SparkSession session) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(LogicalPlan plan) {
        return plan instanceof LogicalRelation relation
            && relation.relation() instanceof HadoopFsRelation;
      }

      @Override
      public LogicalPlan apply(LogicalPlan plan) {
        LogicalRelation relation = (LogicalRelation) plan;
        HadoopFsRelation files = (HadoopFsRelation) relation.relation();
        // Relations of two sessions are equal, and an equal one would not be put in its place.
        Map<String, String> options = new HashMap<>(CollectionConverters.asJava(files.options()));
        options.put("io.leeway.scan", "wide");
        return relation.copy(
            new HadoopFsRelation(
                files.location(),
                files.partitionSchema(),
                files.dataSchema(),
                files.bucketSpec(),
                files.fileFormat(),
                Map$.MODULE$.from(CollectionConverters.asScala(options)),
                session),
            relation.output(),
            relation.catalogTable(),
            relation.isStreaming(),
            relation.stream());
      }
    };
  }

  private static Optional<BatchPlan> strip(SparkPlan executed, Optional<TimeRange> checked) {
    Map<ExprId, Expression> made = new HashMap<>();
    SparkPlan plan = executed;
    while (!(plan instanceof ColumnarToRowExec)) {
      boolean transparent =
          plan instanceof WholeStageCodegenExec
              || plan instanceof InputAdapter
              || (plan instanceof FilterExec filter
                  && checked.filter(range -> range.implies(filter.condition())).isPresent())
              || (plan instanceof ProjectExec project && isSimple(project, made));
      if (!transparent) {
        return Optional.empty();
      }
      plan = CollectionConverters.asJava(plan.children()).get(0);
    }
    SparkPlan scan = ((ColumnarToRowExec) plan).child();
    if (scan instanceof InputAdapter adapter) {
      scan = adapter.child();
    }
    return scan.supportsColumnar() ? onBatches(executed, scan, made) : Optional.empty();
  }

  /** Notes what a projection makes; false if it cannot be evaluated apart from the plan. */
  private static boolean isSimple(ProjectExec project, Map<ExprId, Expression> made) {
    for (NamedExpression column : CollectionConverters.asJava(project.projectList())) {
      if (column instanceof Alias alias) {
        if (!alias.child().deterministic() || SubqueryExpression.hasSubquery(alias.child())) {
          return false;
        }
        made.put(alias.exprId(), alias.child());
      } else if (!(column instanceof Attribute)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<BatchPlan> onBatches(
      SparkPlan executed, SparkPlan scan, Map<ExprId, Expression> made) {
    List<ExprId> inBatch =
        CollectionConverters.asJava(scan.output()).stream().map(Attribute::exprId).toList();
    List<Attribute> wanted = CollectionConverters.asJava(executed.output());
    int[] ordinals = new int[wanted.size()];
    List<Expression> computed = new ArrayList<>();
    for (int i = 0; i < ordinals.length; i++) {
      Expression source = wanted.get(i);
      while (source instanceof Attribute attribute && made.containsKey(attribute.exprId())) {
        source = made.get(attribute.exprId());
      }
      if (source instanceof Attribute attribute) {
        ordinals[i] = inBatch.indexOf(attribute.exprId());
        if (ordinals[i] < 0) {
          return Optional.empty();
        }
      } else if (inBatch.containsAll(references(source))) {
        ordinals[i] = inBatch.size() + computed.size();
        computed.add(source);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new BatchPlan(scan, ordinals, computed));
  }

  private static List<ExprId> references(Expression expression) {
    return CollectionConverters.asJava(expression.references().toSeq()).stream()
        .map(Attribute::exprId)
        .toList();
  }
}
