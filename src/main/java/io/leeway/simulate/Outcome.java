package io.leeway.simulate;

import java.time.Instant;

/**
 * What became of a scored application.
 *
 * @param defaulted 1 or 0
 * @param observedAt when the lender came to know
 * @param predictionTime when the application was scored
 */
public record Outcome(
    String predictionId, int defaulted, Instant observedAt, Instant predictionTime) {}
