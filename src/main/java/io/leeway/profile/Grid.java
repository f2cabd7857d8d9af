package io.leeway.profile;

import java.io.Serializable;

/**
 * On what a column is counted, frozen by the baseline: profiles on equal grids add up.
 *
 * @param <P> the profiles counted on it
 */
public sealed interface Grid<P extends Profile<P>> extends Serializable
    permits NumericGrid, Categories, JointGrid, RatioGrid, IdGrid {
  /**
   * Whether it looks at columns that have a grid of their own, reads none itself, and so follows
   * from the others.
   */
  default boolean isTogether() {
    return false;
  }

  /**
   * A profile from its stored form.
   *
   * @throws IllegalArgumentException if it was counted on a grid of another kind
   */
  P rebuild(StoredProfile stored);

  /** Adds profiles up, of no rows yet. */
  Tally<P> tally(BinDetail detail);
}
