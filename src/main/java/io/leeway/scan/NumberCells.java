package io.leeway.scan;

import io.leeway.profile.NumericGrid;
import io.leeway.profile.NumericTally;
import io.leeway.profile.StoredProfile;
import java.util.Arrays;

/**
 * The tallies of a numeric or score column. Bins and units of a block's values are found once,
 * however many groups count them, and not at all while every tally still keeps its distinct values.
 */
final class NumberCells implements ColumnCells {
  private final Layout layout;
  private final NumericGrid grid;
  private final NumberBuffer numbers;
  private final NumericTally[][] tallies;
  private int[] bins = new int[ColumnBuffer.ROWS];
  private long[] units = new long[ColumnBuffer.ROWS];
  private long[] squares = new long[ColumnBuffer.ROWS];
  private boolean binned;

  NumberCells(Layout layout, NumericGrid grid, NumberBuffer numbers) {
    this.layout = layout;
    this.grid = grid;
    this.numbers = numbers;
    this.tallies = new NumericTally[layout.groups.size()][0];
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int size) {
    boolean binsKnown = binned;
    if (binsKnown) {
      findBins(size);
    }
    for (int group = 0; group < indices.length; group++) {
      ensure(group, indices[group].size());
      if (binsKnown) {
        countBinned(tallies[group], indices[group].cells, positive, size);
      } else {
        countPlain(tallies[group], indices[group].cells, positive, size);
      }
    }
  }

  private void findBins(int size) {
    if (bins.length < size) {
      bins = new int[size];
      units = new long[size];
      squares = new long[size];
    }
    double[] values = numbers.values;
    for (int i = 0; i < size; i++) {
      double value = values[i];
      if (isFinite(value)) {
        bins[i] = grid.bin(value);
        units[i] = grid.units(value);
        squares[i] = grid.squareUnits(value);
      }
    }
  }

  private void countBinned(NumericTally[] cells, int[] cellOf, int[] positive, int size) {
    double[] values = numbers.values;
    boolean[] missing = numbers.missing;
    for (int i = 0; i < size; i++) {
      if (cellOf[i] < 0) {
        continue;
      }
      NumericTally tally = cells[cellOf[i]];
      double value = values[i];
      if (missing[i]) {
        tally.addNull();
      } else if (isFinite(value)) {
        tally.add(value + 0.0, bins[i], units[i], squares[i], positive[i]);
      } else {
        tally.addNonFinite(value);
      }
    }
  }

  private void countPlain(NumericTally[] cells, int[] cellOf, int[] positive, int size) {
    double[] values = numbers.values;
    boolean[] missing = numbers.missing;
    for (int i = 0; i < size; i++) {
      if (cellOf[i] < 0) {
        continue;
      }
      NumericTally tally = cells[cellOf[i]];
      if (missing[i]) {
        tally.addNull();
      } else {
        tally.add(values[i], positive[i]);
        binned |= tally.usesBins();
      }
    }
  }

  private static boolean isFinite(double value) {
    return Math.abs(value) <= Double.MAX_VALUE;
  }

  private void ensure(int group, int cells) {
    NumericTally[] old = tallies[group];
    if (old.length < cells) {
      NumericTally[] grown = Arrays.copyOf(old, cells);
      for (int cell = old.length; cell < cells; cell++) {
        grown[cell] = new NumericTally(grid, layout.detail(group));
      }
      tallies[group] = grown;
    }
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (NumericTally[] cells : tallies) {
      for (NumericTally tally : cells) {
        bytes += tally.bytes();
      }
    }
    return bytes;
  }

  @Override
  public StoredProfile take(int group, int cell) {
    StoredProfile stored = tallies[group][cell].profile().stored();
    tallies[group][cell] = null;
    return stored;
  }
}
