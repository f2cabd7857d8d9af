package io.leeway.scan;

import io.leeway.profile.IdGrid;
import io.leeway.profile.IdTally;
import io.leeway.profile.StoredProfile;
import java.util.Arrays;

/** The samples of identifiers, whose hashes are read as numbers. */
final class IdCells implements ColumnCells {
  private final int[] groups;
  private final IdGrid grid;
  private final NumberBuffer hashes;
  private final IdTally[][] tallies;

  IdCells(Layout layout, int column, IdGrid grid, NumberBuffer hashes) {
    this.groups = layout.columnGroups[column];
    this.grid = grid;
    this.hashes = hashes;
    this.tallies = new IdTally[layout.groups.size()][0];
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    for (int group : groups) {
      CellIndex index = indices[group];
      ensure(group, index.size());
      for (int run = 0; run < index.runs; run++) {
        IdTally cell = tallies[group][index.runCell[run]];
        for (int k = index.runStart(run); k < index.runEnd[run]; k++) {
          add(cell, index.rows[k]);
        }
      }
    }
  }

  private void add(IdTally cell, int row) {
    if (hashes.missing[row]) {
      cell.addNull();
    } else {
      cell.add(hashes.values[row]);
    }
  }

  private void ensure(int group, int cells) {
    IdTally[] old = tallies[group];
    if (old.length < cells) {
      tallies[group] = Arrays.copyOf(old, cells);
      for (int cell = old.length; cell < cells; cell++) {
        tallies[group][cell] = grid.tally();
      }
    }
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (IdTally[] cells : tallies) {
      for (IdTally tally : cells) {
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
