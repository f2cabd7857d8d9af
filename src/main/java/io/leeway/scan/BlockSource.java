package io.leeway.scan;

import io.leeway.domain.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * The rows of a projection in blocks of primitive arrays, read from columnar batches where {@link
 * BatchPlan} finds the plan to offer them unfiltered, from rows otherwise.
 */
final class BlockSource {
  /** Splits that one task may take on, so that state is merged rather than shuffled. */
  private static final int SPLITS_PER_TASK = 8;

  private final ReadColumn[] reads;
  private final DataType[] types;
  private final Optional<Batches> batches;
  private final JavaRDD<InternalRow> rows;

  /**
   * @param ordinals for every column read its place in a batch, or, from {@code batchColumns} on,
   *     among the computed ones
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from plan to task, never compared.
  private record Batches(
      JavaRDD<ColumnarBatch> rdd,
      int[] ordinals,
      int batchColumns,
      BatchPlan.Computed computed,
      Optional<TimeRange> checked) {}

  private BlockSource(
      ReadColumn[] reads, DataType[] types, Optional<Batches> batches, JavaRDD<InternalRow> rows) {
    this.reads = reads;
    this.types = types;
    this.batches = batches;
    this.rows = rows;
  }

  /**
   * The blocks of a projection.
   *
   * @param checked times outside of which rows may be handed on although the table is filtered by
   *     time, since the reader of the blocks looks at it anyway
   * @throws UserException if a column is of a type that cannot be read so
   */
  static BlockSource of(Dataset<Row> table, List<ReadColumn> reads, Optional<TimeRange> checked) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      columns.add(column(table, reads.get(i)).as("c" + i));
    }
    Dataset<Row> projected = table.select(columns.toArray(Column[]::new));
    StructType schema = projected.schema();
    DataType[] types = new DataType[reads.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = schema.fields()[i].dataType();
    }
    ReadColumn[] array = reads.toArray(ReadColumn[]::new);
    Optional<Batches> batches =
        BatchPlan.of(projected, checked)
            .map(
                plan ->
                    new Batches(
                        coalesce(plan.batches()),
                        plan.ordinals(),
                        plan.batchColumns(),
                        plan.computed(),
                        checked));
    return new BlockSource(
        array, types, batches, batches.isPresent() ? null : coalesce(rowsOf(projected)));
  }

  private static JavaRDD<InternalRow> rowsOf(Dataset<Row> projected) {
    return projected.queryExecution().toRdd().toJavaRDD();
  }

  private static Column column(Dataset<Row> table, ReadColumn read) {
    Column plain = functions.expr(read.expression());
    DataType type = table.select(plain).schema().fields()[0].dataType();
    return switch (read.reading()) {
      case NUMBER -> {
        require(NumberBuffer.reads(type), read, type, "a number");
        yield plain;
      }
      case TEXT -> {
        require(ColumnTypes.kindOf(type).isPresent(), read, type, "a category");
        yield TextBuffer.reads(type) ? plain : plain.cast(DataTypes.StringType);
      }
      case TIME ->
          type.equals(DataTypes.TimestampType) ? plain : plain.cast(DataTypes.TimestampType);
    };
  }

  private static void require(boolean possible, ReadColumn read, DataType type, String as) {
    if (!possible) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "Column '%s' is of type %s, which cannot be read as %s. %s",
              read.expression(),
              type.sql(),
              as,
              ColumnTypes.kindOf(type).isPresent()
                  ? "Declare it as categorical."
                  : ColumnTypes.advice(type)));
    }
  }

  private static <T> JavaRDD<T> coalesce(JavaRDD<T> rdd) {
    int splits = rdd.getNumPartitions();
    int cores = rdd.context().defaultParallelism();
    int tasks = Math.max(cores, (splits + SPLITS_PER_TASK - 1) / SPLITS_PER_TASK);
    return tasks < splits ? rdd.coalesce(tasks) : rdd;
  }

  boolean isColumnar() {
    return batches.isPresent();
  }

  /** What a task does with its blocks. */
  interface Body<T> extends Serializable {
    /** Runs over a partition: each {@code blocks.next()} gives {@code block}, filled anew. */
    Iterator<T> run(Block block, Iterator<Block> blocks);
  }

  <T> JavaRDD<T> map(Body<T> body) {
    ReadColumn[] columns = reads;
    DataType[] dataTypes = types;
    if (batches.isPresent()) {
      int[] ordinals = batches.get().ordinals();
      int batchColumns = batches.get().batchColumns();
      BatchPlan.Computed computed = batches.get().computed();
      TimeRange checked = batches.get().checked().orElse(null);
      int time = timePlace();
      return batches
          .get()
          .rdd()
          .mapPartitions(
              partition -> {
                Block block = new Block(columns, dataTypes);
                return body.run(
                    block,
                    new FromBatches(
                        block, partition, ordinals, batchColumns, computed, checked, time));
              });
    }
    return rows.mapPartitions(
        partition -> {
          Block block = new Block(columns, dataTypes);
          return body.run(block, new FromRows(block, partition));
        });
  }

  private int timePlace() {
    int place = 0;
    while (place < reads.length && reads[place].reading() != ReadColumn.Reading.TIME) {
      place++;
    }
    return place;
  }
}
