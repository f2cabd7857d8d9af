package io.leeway.scan;

import io.leeway.profile.RatioGrid;
import io.leeway.profile.RatioTally;
import io.leeway.profile.StoredProfile;
import java.util.List;

/** The sums of two columns of numbers for the ratio of one to the other. */
final class RatioCells extends GroupedCells<RatioTally> {
  private final RatioGrid grid;
  private final NumberBuffer above;
  private final NumberBuffer below;

  RatioCells(Layout layout, int column, RatioGrid grid, NumberBuffer above, NumberBuffer below) {
    super(layout, column);
    this.grid = grid;
    this.above = above;
    this.below = below;
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    for (int group : groups) {
      CellIndex index = indices[group];
      List<RatioTally> cells = cells(group, index);
      for (int run = 0; run < index.runs; run++) {
        RatioTally cell = cells.get(index.runCell[run]);
        for (int k = index.runStart(run); k < index.runEnd[run]; k++) {
          add(cell, index.rows[k]);
        }
      }
    }
  }

  private void add(RatioTally cell, int row) {
    if (above.missing[row] || below.missing[row]) {
      cell.addNull();
    } else {
      cell.add(above.values[row], below.values[row]);
    }
  }

  @Override
  RatioTally fresh(int group) {
    return grid.tally();
  }

  @Override
  long bytes(RatioTally tally) {
    return tally.bytes();
  }

  @Override
  StoredProfile stored(RatioTally tally) {
    return tally.profile().stored();
  }
}
