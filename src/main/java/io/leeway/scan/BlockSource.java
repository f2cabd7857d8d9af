package io.leeway.scan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
  private final JavaRDD<ColumnarBatch> batches;
  private final int[] ordinals;
  private final JavaRDD<InternalRow> rows;

  private BlockSource(
      ReadColumn[] reads,
      DataType[] types,
      JavaRDD<ColumnarBatch> batches,
      int[] ordinals,
      JavaRDD<InternalRow> rows) {
    this.reads = reads;
    this.types = types;
    this.batches = batches;
    this.ordinals = ordinals;
    this.rows = rows;
  }

  /**
   * The blocks of a projection.
   *
   * @param harmless SQL of a column on which the table may be filtered although batches show the
   *     rows filtered out, since the reader of the blocks looks at it anyway
   */
  static BlockSource of(Dataset<Row> table, List<ReadColumn> reads, Optional<String> harmless) {
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
    return BatchPlan.of(projected, table, harmless)
        .map(plan -> new BlockSource(array, types, coalesce(plan.batches()), plan.ordinals(), null))
        .orElseGet(() -> new BlockSource(array, types, null, null, coalesce(rowsOf(projected))));
  }

  private static JavaRDD<InternalRow> rowsOf(Dataset<Row> projected) {
    return projected.queryExecution().toRdd().toJavaRDD();
  }

  private static Column column(Dataset<Row> table, ReadColumn read) {
    Column plain = functions.expr(read.expression());
    DataType type = table.select(plain).schema().fields()[0].dataType();
    return switch (read.reading()) {
      case NUMBER -> plain;
      case TEXT -> TextBuffer.reads(type) ? plain : plain.cast(DataTypes.StringType);
      case TIME ->
          type.equals(DataTypes.TimestampType) ? plain : plain.cast(DataTypes.TimestampType);
    };
  }

  private static <T> JavaRDD<T> coalesce(JavaRDD<T> rdd) {
    int splits = rdd.getNumPartitions();
    int cores = rdd.context().defaultParallelism();
    int tasks = Math.max(cores, (splits + SPLITS_PER_TASK - 1) / SPLITS_PER_TASK);
    return tasks < splits ? rdd.coalesce(tasks) : rdd;
  }

  boolean isColumnar() {
    return batches != null;
  }

  /** What a task does with its blocks. */
  interface Body<T> extends Serializable {
    /** Runs over a partition: each {@code blocks.next()} gives {@code block}, filled anew. */
    Iterator<T> run(Block block, Iterator<Block> blocks);
  }

  <T> JavaRDD<T> map(Body<T> body) {
    ReadColumn[] columns = reads;
    DataType[] dataTypes = types;
    if (batches != null) {
      int[] places = ordinals;
      return batches.mapPartitions(
          partition -> {
            Block block = new Block(columns, dataTypes);
            return body.run(block, new FromBatches(block, partition, places));
          });
    }
    return rows.mapPartitions(
        partition -> {
          Block block = new Block(columns, dataTypes);
          return body.run(block, new FromRows(block, partition));
        });
  }

  private static final class FromBatches implements Iterator<Block> {
    private final Block block;
    private final Iterator<ColumnarBatch> batches;
    private final int[] ordinals;

    FromBatches(Block block, Iterator<ColumnarBatch> batches, int[] ordinals) {
      this.block = block;
      this.batches = batches;
      this.ordinals = ordinals;
    }

    @Override
    public boolean hasNext() {
      return batches.hasNext();
    }

    @Override
    public Block next() {
      ColumnarBatch batch = batches.next();
      block.size = batch.numRows();
      for (int i = 0; i < ordinals.length; i++) {
        block.buffers[i].read(batch.column(ordinals[i]), block.size);
      }
      return block;
    }
  }

  private record FromRows(Block block, Iterator<InternalRow> rows) implements Iterator<Block> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Block next() {
      int size = 0;
      while (size < ColumnBuffer.ROWS && rows.hasNext()) {
        InternalRow row = rows.next();
        for (int i = 0; i < block.buffers.length; i++) {
          block.buffers[i].read(row, i, size);
        }
        size++;
      }
      block.size = size;
      return block;
    }
  }
}
