package io.leeway.scan;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Fills a block from columnar batches; computed columns are evaluated row by row, but not for rows
 * of other times, on which an expression might fail.
 */
final class FromBatches implements Iterator<Block> {
  private final Block block;
  private final Iterator<ColumnarBatch> batches;
  private final int[] ordinals;
  private final int batchColumns;
  private final UnsafeProjection projection;
  private final TimeRange checked;
  private final int time;
  private final InternalRow nothing;

  /**
   * @param checked the times of which rows are wanted; null for all
   * @param time the place of the column in which they are
   */
  FromBatches(
      Block block,
      Iterator<ColumnarBatch> batches,
      int[] ordinals,
      int batchColumns,
      BatchPlan.Computed computed,
      TimeRange checked,
      int time) {
    this.block = block;
    this.batches = batches;
    this.ordinals = ordinals;
    this.batchColumns = batchColumns;
    this.projection = computed.isEmpty() ? null : computed.projection();
    this.checked = checked;
    this.time = time;
    this.nothing = new GenericInternalRow(computed.expressions().size());
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
      block.buffers[i].ensure(block.size);
      if (ordinals[i] < batchColumns) {
        block.buffers[i].read(batch.column(ordinals[i]), block.size);
      }
    }
    if (projection != null) {
      compute(batch);
    }
    return block;
  }

  private void compute(ColumnarBatch batch) {
    for (int row = 0; row < block.size; row++) {
      InternalRow made = isWanted(row) ? projection.apply(batch.getRow(row)) : nothing;
      for (int i = 0; i < ordinals.length; i++) {
        if (ordinals[i] >= batchColumns) {
          block.buffers[i].read(made, ordinals[i] - batchColumns, row);
        }
      }
    }
  }

  private boolean isWanted(int row) {
    return checked == null || checked.contains(block.times(time).micros[row]);
  }
}
