package io.leeway.stats.experiment;

/**
 * A step of the ramp as planned.
 *
 * @param challengerBasisPoints share of the challenger, in [1, 9 999]
 * @param plannedUnits of both arms together while the step lasts, &ge; 1
 */
public record RampStep(int challengerBasisPoints, long plannedUnits) {
  public RampStep {
    requireShare(challengerBasisPoints);
    if (plannedUnits < 1) {
      throw new IllegalArgumentException(
          "A ramp step plans one unit or more, but plans " + plannedUnits + ".");
    }
  }

  static void requireShare(int challengerBasisPoints) {
    if (challengerBasisPoints < 1 || challengerBasisPoints >= Assignment.BUCKETS) {
      throw new IllegalArgumentException(
          "Both arms need a share: the challenger's is 1 to 9999 basis points, but is "
              + challengerBasisPoints
              + ".");
    }
  }

  /**
   * The effective size that the step is expected to add: {@code N s (1 - s)}, s the challenger's
   * share (see {@link Effect}).
   */
  public double effectiveSize() {
    double share = (double) challengerBasisPoints / Assignment.BUCKETS;
    return plannedUnits * share * (1 - share);
  }
}
