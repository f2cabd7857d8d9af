package io.leeway.monitor;

import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.store.RemovedSlices;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which slices of a target are whole, since no profiles of theirs are gone from its base windows.
 *
 * @param columns of the longest slice that is whole in the target's own window
 * @param columnsBefore the same in the window that it is compared with
 */
record WholeSlices(int columns, int columnsBefore) implements Serializable {
  static final WholeSlices ALL = new WholeSlices(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /**
   * @param stored base windows that the target may need and that are not scanned anew
   */
  static WholeSlices of(Target target, Collection<Window> stored, RemovedSlices removed) {
    int columns = Integer.MAX_VALUE;
    int before = Integer.MAX_VALUE;
    for (Window base : stored) {
      if (!target.needs(base)) {
        continue;
      }
      if (base.start().isBefore(target.window().start())) {
        before = Math.min(before, removed.columnsOf(base));
      } else {
        columns = Math.min(columns, removed.columnsOf(base));
      }
    }
    return new WholeSlices(columns, before);
  }

  /** The same of several targets, but for those of which all slices are whole. */
  static Map<Target, WholeSlices> of(
      Collection<Target> targets, Collection<Window> stored, RemovedSlices removed) {
    Map<Target, WholeSlices> cut = new HashMap<>();
    if (!removed.equals(RemovedSlices.NONE)) {
      for (Target target : targets) {
        WholeSlices slices = of(target, stored, removed);
        if (!slices.equals(ALL)) {
          cut.put(target, slices);
        }
      }
    }
    return cut;
  }

  boolean holds(Slice slice) {
    return slice.columns().size() <= columns;
  }

  boolean holdsBefore(Slice slice) {
    return slice.columns().size() <= columnsBefore;
  }
}
