package io.leeway.scan;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** Fills a block row by row. */
record FromRows(Block block, Iterator<InternalRow> rows) implements Iterator<Block> {
  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Block next() {
    for (ColumnBuffer buffer : block.buffers) {
      buffer.ensure(ColumnBuffer.ROWS);
    }
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
