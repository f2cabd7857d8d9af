package io.leeway.stats.fairness;

import io.leeway.stats.inference.MeanInterval;

/**
 * Any estimate with a standard error, of one group.
 *
 * @param group its name
 * @param estimate with its standard error and degrees
 */
public record GroupEstimate(String group, MeanInterval estimate) {}
