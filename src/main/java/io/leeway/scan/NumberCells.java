package io.leeway.scan;

import io.leeway.profile.NumericGrid;
import io.leeway.profile.NumericTally;
import io.leeway.profile.PlacedValues;
import io.leeway.profile.StoredProfile;
import java.util.List;

/** The tallies of a numeric or score column. */
final class NumberCells extends GroupedCells<NumericTally> {
  private final Layout layout;
  private final NumericGrid grid;
  private final NumberBuffer numbers;
  private final PlacedValues block;
  private final Noted noted;

  NumberCells(
      Layout layout,
      int column,
      NumericGrid grid,
      NumberBuffer numbers,
      PlacedValues block,
      Noted noted) {
    super(layout, column);
    this.layout = layout;
    this.grid = grid;
    this.numbers = numbers;
    this.block = block;
    this.noted = noted;
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    block.turnTo(grid, numbers.values, numbers.missing, positive, from, to);
    for (int group : groups) {
      CellIndex index = indices[group];
      List<NumericTally> cells = cells(group, index);
      for (int run = 0; run < index.runs; run++) {
        cells
            .get(index.runCell[run])
            .add(block, index.rows, index.runStart(run), index.runEnd[run]);
      }
    }
    noted.rows(from, to);
  }

  @Override
  NumericTally fresh(int group) {
    return new NumericTally(grid, layout.detail(group));
  }

  @Override
  long bytes(NumericTally tally) {
    return tally.bytes();
  }

  @Override
  StoredProfile stored(NumericTally tally) {
    return tally.profile().stored();
  }
}
