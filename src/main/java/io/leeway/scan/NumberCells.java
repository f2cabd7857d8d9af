package io.leeway.scan;

import io.leeway.profile.NumericGrid;
import io.leeway.profile.NumericTally;
import io.leeway.profile.PlacedValues;
import io.leeway.profile.StoredProfile;
import java.util.Arrays;

/** The tallies of a numeric or score column. */
final class NumberCells implements ColumnCells {
  private final Layout layout;
  private final int[] groups;
  private final NumericGrid grid;
  private final NumberBuffer numbers;
  private final PlacedValues block;
  private final Noted noted;
  private final NumericTally[][] tallies;

  NumberCells(
      Layout layout,
      int column,
      NumericGrid grid,
      NumberBuffer numbers,
      PlacedValues block,
      Noted noted) {
    this.layout = layout;
    this.groups = layout.columnGroups[column];
    this.grid = grid;
    this.numbers = numbers;
    this.block = block;
    this.noted = noted;
    this.tallies = new NumericTally[layout.groups.size()][0];
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    block.turnTo(grid, numbers.values, numbers.missing, positive, from, to);
    for (int group : groups) {
      CellIndex index = indices[group];
      ensure(group, index.size());
      NumericTally[] cells = tallies[group];
      for (int run = 0; run < index.runs; run++) {
        cells[index.runCell[run]].add(block, index.rows, index.runStart(run), index.runEnd[run]);
      }
    }
    noted.rows(from, to);
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
