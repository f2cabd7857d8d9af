package io.leeway.scan;

import io.leeway.profile.Categories;
import io.leeway.profile.IdGrid;
import io.leeway.profile.JointGrid;
import io.leeway.profile.JointRows;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.PlacedValues;
import io.leeway.profile.RatioGrid;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import scala.Tuple2;

/**
 * The hot loop: counts blocks of rows, column by column, into the state of each row's cell. What
 * was counted is handed on by {@link #drain}, after which counting starts anew.
 */
final class CellCounter {
  /** Heap that a new cell takes in one column at first, in bytes: a tally with its first table. */
  private static final long BYTES_PER_TALLY = 400;

  /** How many rows of a cell are worth bringing its state near. */
  private static final int ROWS_PER_CELL = 64;

  private static final int MOST_ROWS = 1 << 16;

  /** Heap for the values of a block at most, in bytes, above {@link ColumnBuffer#ROWS} rows. */
  private static final long BLOCK_BYTES = 32L << 20;

  private final Layout layout;
  private final Block block;
  private final PlacedValues placed = new PlacedValues();
  private final RowPlacer placer;
  private final RowHash hashes;
  private final CellIndex[] indices;
  private final ColumnCells[] columns;

  /** What the cells of several columns together are counted from, by the name of their output. */
  private Map<Optional<String>, JointRows> joint = Map.of();

  /** The fingerprint of every root's rows since counting started anew. */
  private long[] fingerprints;

  /** The first row of the block that was not counted yet. */
  private int next;

  CellCounter(Layout layout, Block block) {
    this.layout = layout;
    this.block = block;
    this.placer = new RowPlacer(layout, block);
    this.hashes = new RowHash(layout.reads(), block);
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
    fingerprints = new long[0];
    for (CellIndex index : indices) {
      index.forget();
    }
    if (isThrough()) {
      block.forgetTexts();
    }
    joint = new LinkedHashMap<>();
    layout.joint().forEach(grid -> joint.putIfAbsent(grid.output(), new JointRows(grid)));
    for (int column = 0; column < columns.length; column++) {
      columns[column] = cells(column);
    }
  }

  private ColumnCells cells(int column) {
    MonitoredColumn monitored = layout.columns.get(column);
    int place = layout.columnReads[column];
    if (monitored.grid() instanceof JointGrid grid) {
      return new JointCells(layout, column, grid, joint.get(grid.output()));
    } else if (monitored.grid() instanceof NumericGrid bins) {
      NumberBuffer numbers = block.numbers(place);
      return new NumberCells(layout, column, bins, numbers, placed, noted(monitored.name()));
    }
    if (monitored.grid() instanceof RatioGrid ratio) {
      NumberBuffer above = block.numbers(layout.readOf(ratio.numerator()));
      NumberBuffer below = block.numbers(layout.readOf(ratio.denominator()));
      return new RatioCells(layout, column, ratio, above, below);
    }
    if (monitored.grid() instanceof IdGrid kept) {
      return new IdCells(layout, column, kept, block.numbers(place));
    }
    TextBuffer texts = block.texts(place);
    return new CategoryCells(
        layout, column, (Categories) monitored.grid(), texts, noted(monitored.name(), texts));
  }

  /** What several columns together need to know of a numeric one that was just counted. */
  private ColumnCells.Noted noted(String name) {
    ColumnCells.Noted noted = ColumnCells.Noted.NOWHERE;
    for (JointRows rows : joint.values()) {
      int feature = rows.grid().numeric().indexOf(name);
      if (feature >= 0) {
        noted = noted.and((from, to) -> rows.noteNumbers(feature, placed));
      }
      if (rows.grid().output().equals(Optional.of(name))) {
        noted = noted.and((from, to) -> rows.noteOutput(placed));
      }
    }
    return noted;
  }

  private ColumnCells.Noted noted(String name, TextBuffer texts) {
    ColumnCells.Noted noted = ColumnCells.Noted.NOWHERE;
    for (JointRows rows : joint.values()) {
      int feature = rows.grid().categorical().indexOf(name);
      if (feature >= 0) {
        noted =
            noted.and((from, to) -> rows.noteTexts(feature, texts.codes, texts::text, from, to));
      }
    }
    return noted;
  }

  /** Whether all rows of the block are counted. */
  boolean isThrough() {
    return next == block.size;
  }

  /** Turns to the block that was filled anew. */
  void begin() {
    next = 0;
  }

  /**
   * Counts the rows of the block that are not counted yet: all of them, unless they open so many
   * cells that the state should be looked at before the rest.
   */
  void count() {
    int from = next;
    place();
    fingerprints = placer.addTo(fingerprints, hashes.of(from, next), from, next);
    for (CellIndex index : indices) {
      index.order(from, next);
    }
    for (ColumnCells column : columns) {
      column.count(indices, placer.positive, from, next);
    }
    block.wanted = wanted();
  }

  private void place() {
    long most = cells() + layout.stateMemory / 4 / (BYTES_PER_TALLY * Math.max(1, columns.length));
    do {
      int to = Math.min(block.size, next + ColumnBuffer.ROWS);
      placer.place(next, to);
      for (CellIndex index : indices) {
        index.place(placer.roots, next, to);
      }
      next = to;
    } while (next < block.size && cells() <= most);
  }

  private long cells() {
    long cells = 0;
    for (CellIndex index : indices) {
      cells += index.size();
    }
    return cells;
  }

  /** More cells are worth longer blocks, within limits. */
  private int wanted() {
    long cells = 0;
    for (CellIndex index : indices) {
      cells = Math.max(cells, index.size());
    }
    long most = Math.min(MOST_ROWS, BLOCK_BYTES / (Double.BYTES + 1) / block.buffers.length);
    return (int) Math.max(ColumnBuffer.ROWS, Math.min(most, ROWS_PER_CELL * cells));
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
    return bytes + block.textBytes();
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

  /** Walks groups, in them roots (versions and windows), in them the columns that they count. */
  private final class Drain implements Iterator<Tuple2<BlockKey, CellBlock>> {
    private int group;
    private int root;

    /** Place among the group's columns. */
    private int at;

    private List<List<Integer>> cellsByRoot = cellsByRoot(0);

    /** How the cells of this root are handed on, the same way for every column. */
    private CellFold fold;

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
      int column = layout.groupColumns[group][at];
      BlockKey key = new BlockKey(placer.version(root), placer.window(root), group, column);
      if (at == 0) {
        fold =
            CellFold.of(
                layout.fold,
                layout.groups.get(group),
                cellsByRoot.get(root),
                indices[group]::values);
      }
      CellBlock cells = block(column);
      at++;
      if (at == layout.groupColumns[group].length) {
        at = 0;
        root++;
      }
      return new Tuple2<>(key, cells);
    }

    private CellBlock block(int of) {
      ProfileMerger<?> merger = layout.columns.get(of).merger(layout.detail(group));
      boolean first = of == 0;
      long fingerprint = first && group == 0 ? fingerprints[root] : 0;
      return fold.block(cell -> columns[of].take(group, cell), merger, first, fingerprint);
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
