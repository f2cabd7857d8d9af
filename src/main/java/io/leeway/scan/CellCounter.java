package io.leeway.scan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import scala.Tuple2;

/**
 * The hot loop: counts blocks of rows, column by column, into the state of each row's cell. What
 * was counted is handed on by {@link #drain}, after which counting starts anew.
 */
final class CellCounter {
  private final Layout layout;
  private final Block block;
  private final RowPlacer placer;
  private final CellIndex[] indices;
  private final ColumnCells[] columns;

  CellCounter(Layout layout, Block block) {
    this.layout = layout;
    this.block = block;
    this.placer = new RowPlacer(layout, block);
    this.indices = new CellIndex[layout.groups.size()];
    for (int group = 0; group < indices.length; group++) {
      TextBuffer[] texts =
          IntStream.of(layout.groupReads[group]).mapToObj(block::texts).toArray(TextBuffer[]::new);
      indices[group] = new CellIndex(texts);
    }
    this.columns = new ColumnCells[layout.columns.size()];
    startAnew();
  }

  private void startAnew() {
    placer.forget();
    for (CellIndex index : indices) {
      index.forget();
    }
    for (ColumnBuffer buffer : block.buffers) {
      if (buffer instanceof TextBuffer texts) {
        texts.forget();
      }
    }
    for (int column = 0; column < columns.length; column++) {
      MonitoredColumn monitored = layout.columns.get(column);
      int place = layout.columnReads[column];
      columns[column] =
          monitored.numeric() != null
              ? new NumberCells(layout, monitored.numeric(), block.numbers(place))
              : new CategoryCells(layout, monitored.categorical(), block.texts(place));
    }
  }

  /** Counts the rows that the block holds now. */
  void count() {
    if (!placer.place()) {
      return;
    }
    for (CellIndex index : indices) {
      index.place(placer.roots, block.size);
    }
    for (ColumnCells column : columns) {
      column.count(indices, placer.positive, block.size);
    }
  }

  /** Heap held by the counts, in bytes, roughly. */
  long bytes() {
    long bytes = 0;
    for (ColumnCells column : columns) {
      bytes += column.bytes();
    }
    for (CellIndex index : indices) {
      bytes += index.bytes();
    }
    for (ColumnBuffer buffer : block.buffers) {
      bytes += buffer instanceof TextBuffer texts ? texts.bytes() : 0;
    }
    return bytes;
  }

  boolean isEmpty() {
    return indices[0].size() == 0;
  }

  /**
   * Everything counted so far, piece by piece; counting may go on when the last piece was taken.
   */
  Iterator<Tuple2<BlockKey, CellBlock>> drain() {
    return new Drain();
  }

  /** Walks groups, in them roots (versions and windows), in them columns. */
  private final class Drain implements Iterator<Tuple2<BlockKey, CellBlock>> {
    private int group;
    private int root;
    private int column;
    private List<List<Integer>> cellsByRoot = cellsByRoot(0);

    @Override
    public boolean hasNext() {
      while (group < indices.length && root == cellsByRoot.size()) {
        group++;
        root = 0;
        if (group < indices.length) {
          cellsByRoot = cellsByRoot(group);
        } else {
          startAnew();
        }
      }
      return group < indices.length;
    }

    @Override
    public Tuple2<BlockKey, CellBlock> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      BlockKey key = new BlockKey(placer.version(root), placer.window(root), group, column);
      CellBlock cells = new CellBlock();
      for (int cell : cellsByRoot.get(root)) {
        cells.add(indices[group].values(cell), columns[column].take(group, cell));
      }
      column++;
      if (column == columns.length) {
        column = 0;
        root++;
      }
      return new Tuple2<>(key, cells);
    }

    private List<List<Integer>> cellsByRoot(int ofGroup) {
      List<List<Integer>> byRoot = new ArrayList<>();
      CellIndex index = indices[ofGroup];
      for (int cell = 0; cell < index.size(); cell++) {
        int of = index.root(cell);
        while (byRoot.size() <= of) {
          byRoot.add(new ArrayList<>());
        }
        byRoot.get(of).add(cell);
      }
      return byRoot;
    }
  }
}
