package io.leeway.scan;

import io.leeway.profile.StoredProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * One state per cell of every group that counts a column.
 *
 * @param <T> the state
 */
abstract class GroupedCells<T> implements ColumnCells {
  /** The groups in whose cells the column is counted. */
  final int[] groups;

  private final List<ArrayList<T>> states = new ArrayList<>();

  GroupedCells(Layout layout, int column) {
    this.groups = layout.columnGroups[column];
    layout.groups.forEach(group -> states.add(new ArrayList<>()));
  }

  /** A state of no rows yet. */
  abstract T fresh(int group);

  /** Heap held by a state, in bytes, roughly. */
  abstract long bytes(T state);

  abstract StoredProfile stored(T state);

  /** The states of a group's cells, as many as its index tells apart. */
  final List<T> cells(int group, CellIndex index) {
    ArrayList<T> cells = states.get(group);
    while (cells.size() < index.size()) {
      cells.add(fresh(group));
    }
    return cells;
  }

  @Override
  public final long bytes() {
    long bytes = 0;
    for (List<T> cells : states) {
      for (T state : cells) {
        bytes += bytes(state);
      }
    }
    return bytes;
  }

  @Override
  public final StoredProfile take(int group, int cell) {
    return stored(states.get(group).set(cell, null));
  }
}
