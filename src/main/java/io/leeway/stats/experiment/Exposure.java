package io.leeway.stats.experiment;

import java.time.LocalDate;

/**
 * How many units were first exposed on one day, or the part of a day that one ramp step had.
 *
 * @param day of the exposure
 * @param step of the ramp, from 0
 * @param challengerBasisPoints planned share of the challenger, in [1, 9 999]
 * @param champion units, &ge; 0
 * @param challenger units, &ge; 0
 */
public record Exposure(
    LocalDate day, int step, int challengerBasisPoints, long champion, long challenger) {
  public Exposure {
    if (step < 0 || champion < 0 || challenger < 0) {
      throw new IllegalArgumentException(
          "Step and units are at least 0, but "
              + day
              + " has step "
              + step
              + " with "
              + champion
              + " and "
              + challenger
              + " units.");
    }
    RampStep.requireShare(challengerBasisPoints);
  }

  long units() {
    return Math.addExact(champion, challenger);
  }

  double plannedShare() {
    return (double) challengerBasisPoints / Assignment.BUCKETS;
  }
}
