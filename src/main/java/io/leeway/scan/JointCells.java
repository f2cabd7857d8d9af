package io.leeway.scan;

import io.leeway.profile.JointGrid;
import io.leeway.profile.JointRows;
import io.leeway.profile.JointTally;
import io.leeway.profile.StoredProfile;
import java.util.Arrays;

/** Several columns together, which were counted before: each has noted its rows. */
final class JointCells implements ColumnCells {
  private final JointGrid grid;
  private final int[] groups;
  private final JointRows block;
  private final JointTally[][] tallies;

  JointCells(Layout layout, int column, JointGrid grid, JointRows block) {
    this.grid = grid;
    this.groups = layout.columnGroups[column];
    this.block = block;
    this.tallies = new JointTally[layout.groups.size()][0];
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    for (int group : groups) {
      CellIndex index = indices[group];
      ensure(group, index.size());
      JointTally[] cells = tallies[group];
      for (int run = 0; run < index.runs; run++) {
        cells[index.runCell[run]].add(block, index.rows, index.runStart(run), index.runEnd[run]);
      }
    }
  }

  private void ensure(int group, int cells) {
    JointTally[] old = tallies[group];
    if (old.length < cells) {
      JointTally[] grown = Arrays.copyOf(old, cells);
      for (int cell = old.length; cell < cells; cell++) {
        grown[cell] = grid.tally();
      }
      tallies[group] = grown;
    }
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (JointTally[] cells : tallies) {
      for (JointTally tally : cells) {
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
