package io.leeway.policy.verdict;

/** One side of a stored p-value that looks at both. */
final class OneSided {
  private OneSided() {}

  /**
   * Half of it in the direction that was seen, and what is left of 1 in the other.
   *
   * @param twoSided in [0, 1]
   * @param isSeen whether the value lies in the direction that is asked for
   */
  static double of(double twoSided, boolean isSeen) {
    return isSeen ? twoSided / 2 : 1 - twoSided / 2;
  }
}
