package io.leeway.profile;

import io.leeway.stats.Outcome;

/**
 * The mergeable state of one column in one segment. Merging is exact: any cut of the rows, in any
 * order, gives the state of one pass over all of them.
 *
 * @param <P> the profile's own type
 */
public interface Profile<P extends Profile<P>> {
  /** Rows of the segment, those without a value included. */
  long rows();

  /** Rows with a value: finite numbers, or categories that are not missing. */
  long n();

  /** Rows without a value. */
  long nulls();

  /**
   * The state of both sides' rows together.
   *
   * @throws IllegalArgumentException if the sides were counted on different grids
   */
  P merge(P other);

  /**
   * The state of both sides' rows together, also where they were counted on different grids: then
   * over the edges, or the names of the dictionary, that both have. Undefined where grids have too
   * little in common.
   */
  Outcome<P> mergeOnCommon(P other);

  /** The state as it is published once all rows of its window are in: itself, or less of it. */
  @SuppressWarnings("unchecked") // P is the profile's own type.
  default P settled() {
    return (P) this;
  }

  /** The form in which profiles travel and are stored. */
  StoredProfile stored();
}
