package io.leeway.profile;

/** Where rows and profiles of one grid are added up. Not safe for use by several threads. */
public interface Tally<P extends Profile<P>> {
  /**
   * Adds all rows of a profile.
   *
   * @throws IllegalArgumentException if it was counted on another grid
   */
  void addAll(P profile);

  /** What was added so far. The tally must not be used again. */
  P profile();
}
