package io.leeway.scan;

import io.leeway.profile.JointGrid;
import io.leeway.profile.JointRows;
import io.leeway.profile.JointTally;
import io.leeway.profile.StoredProfile;
import java.util.List;

/** Several columns together, which were counted before: each has noted its rows. */
final class JointCells extends GroupedCells<JointTally> {
  private final JointGrid grid;
  private final JointRows block;

  JointCells(Layout layout, int column, JointGrid grid, JointRows block) {
    super(layout, column);
    this.grid = grid;
    this.block = block;
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    for (int group : groups) {
      CellIndex index = indices[group];
      List<JointTally> cells = cells(group, index);
      for (int run = 0; run < index.runs; run++) {
        cells
            .get(index.runCell[run])
            .add(block, index.rows, index.runStart(run), index.runEnd[run]);
      }
    }
  }

  @Override
  JointTally fresh(int group) {
    return grid.tally();
  }

  @Override
  long bytes(JointTally tally) {
    return tally.bytes();
  }

  @Override
  StoredProfile stored(JointTally tally) {
    return tally.profile().stored();
  }
}
