package io.leeway.profile;

/**
 * How many identifiers are kept with all of their rows: those with the smallest hashes, which are
 * the same whatever rows come in which order.
 */
public record IdGrid(int kept) implements Grid<IdSample> {
  public IdGrid {
    if (kept < 1) {
      throw new IllegalArgumentException("At least one identifier must be kept, not " + kept + ".");
    }
  }

  @Override
  public IdSample rebuild(StoredProfile stored) {
    return IdSample.of(this, stored);
  }

  @Override
  public IdTally tally(BinDetail detail) {
    return tally();
  }

  /** Of no rows yet. */
  public IdTally tally() {
    return new IdTally(this);
  }
}
