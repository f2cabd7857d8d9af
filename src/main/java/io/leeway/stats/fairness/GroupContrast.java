package io.leeway.stats.fairness;

import io.leeway.stats.inference.Interval;

/**
 * One group's rate against another one.
 *
 * @param group whose rate it is about
 * @param against the reference group, or all others together
 * @param difference rate of the group minus the other one, in [−1, 1]
 * @param interval Newcombe's, at a level shared among all contrasts, so that all of them hold in 95
 *     of 100 cases
 * @param pFall p-value of "the group's rate is not lower", times the number of contrasts
 * @param pRise p-value of "the group's rate is not higher", likewise
 */
public record GroupContrast(
    GroupRate group,
    GroupRate against,
    double difference,
    Interval interval,
    double pFall,
    double pRise) {

  /** Two-sided p-value of "both have one rate", counting all contrasts. */
  public double pChange() {
    return Math.min(1, 2 * Math.min(pFall, pRise));
  }
}
