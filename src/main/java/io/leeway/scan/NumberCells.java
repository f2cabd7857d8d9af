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
  private final GridPlaces places;
  private final NumericTally[][] tallies;
  private boolean binned;

  NumberCells(Layout layout, NumericGrid grid, NumberBuffer numbers, GridPlaces places) {
    this.layout = layout;
    this.grid = grid;
    this.numbers = numbers;
    this.places = places;
    this.tallies = new NumericTally[layout.groups.size()][0];
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    boolean binsKnown = binned;
    if (binsKnown) {
      places.find(grid, numbers.values, from, to);
    }
    for (int group = 0; group < indices.length; group++) {
      ensure(group, indices[group].size());
      if (binsKnown) {
        countBinned(tallies[group], indices[group], positive);
      } else {
        countPlain(tallies[group], indices[group], positive);
      }
    }
  }

  private void countBinned(NumericTally[] cells, CellIndex index, int[] positive) {
    double[] values = numbers.values;
    boolean[] missing = numbers.missing;
    int[] rows = index.rows;
    int[] cellOf = index.cells;
    int[] bins = places.bins;
    long[] units = places.units;
    long[] squares = places.squares;
    for (int k = 0; k < index.placed; k++) {
      int i = rows[k];
      NumericTally tally = cells[cellOf[i]];
      double value = values[i];
      if (missing[i]) {
        tally.addNull();
      } else if (GridPlaces.isFinite(value)) {
        tally.add(value + 0.0, bins[i], units[i], squares[i], positive[i]);
      } else {
        tally.addNonFinite(value);
      }
    }
  }

  private void countPlain(NumericTally[] cells, CellIndex index, int[] positive) {
    double[] values = numbers.values;
    boolean[] missing = numbers.missing;
    for (int k = 0; k < index.placed; k++) {
      int i = index.rows[k];
      NumericTally tally = cells[index.cells[i]];
      if (missing[i]) {
        tally.addNull();
      } else {
        tally.add(values[i], positive[i]);
        binned |= tally.usesBins();
      }
    }
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
