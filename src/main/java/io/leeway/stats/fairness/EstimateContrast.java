package io.leeway.stats.fairness;

import io.leeway.stats.inference.Interval;

/**
 * One group's estimate against another one.
 *
 * @param group whose estimate it is about
 * @param against the name of the reference group, or of all others together
 * @param difference estimate of the group minus the other one
 * @param interval Welch's, at a level shared among all contrasts, so that all of them hold in 95 of
 *     100 cases
 * @param pFall p-value of "the group's estimate is not lower", times the number of contrasts
 * @param pRise p-value of "the group's estimate is not higher", likewise
 */
public record EstimateContrast(
    GroupEstimate group,
    String against,
    double difference,
    Interval interval,
    double pFall,
    double pRise) {}
