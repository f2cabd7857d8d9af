package io.leeway.scan;

import io.leeway.profile.IdGrid;
import io.leeway.profile.IdTally;
import io.leeway.profile.StoredProfile;
import java.util.List;

/** The samples of identifiers, whose hashes are read as numbers. */
final class IdCells extends GroupedCells<IdTally> {
  private final IdGrid grid;
  private final NumberBuffer hashes;

  IdCells(Layout layout, int column, IdGrid grid, NumberBuffer hashes) {
    super(layout, column);
    this.grid = grid;
    this.hashes = hashes;
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    for (int group : groups) {
      CellIndex index = indices[group];
      List<IdTally> cells = cells(group, index);
      for (int run = 0; run < index.runs; run++) {
        IdTally cell = cells.get(index.runCell[run]);
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

  @Override
  IdTally fresh(int group) {
    return grid.tally();
  }

  @Override
  long bytes(IdTally tally) {
    return tally.bytes();
  }

  @Override
  StoredProfile stored(IdTally tally) {
    return tally.profile().stored();
  }
}
