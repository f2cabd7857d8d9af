package io.leeway.profile;

import java.io.Serializable;
import java.util.List;

/**
 * On what a column is counted, frozen by the baseline: profiles on equal grids add up.
 *
 * @param <P> the profiles counted on it
 */
public sealed interface Grid<P extends Profile<P>> extends Serializable
    permits NumericGrid, Categories, JointGrid, RatioGrid, IdGrid, BundleGrid {
  /**
   * The columns that it looks at, each of which has a grid of its own. Where there are any, nothing
   * else is read, and the grid follows from theirs.
   */
  default List<String> needs() {
    return List.of();
  }

  /**
   * A profile from its stored form.
   *
   * @throws IllegalArgumentException if it was counted on a grid of another kind
   */
  P rebuild(StoredProfile stored);

  /**
   * A profile from its stored form.
   *
   * @param column that was profiled; of several that are one, says which of them
   */
  default P rebuild(String column, StoredProfile stored) {
    return rebuild(stored);
  }

  /** Adds profiles up, of no rows yet. */
  Tally<P> tally(BinDetail detail);
}
