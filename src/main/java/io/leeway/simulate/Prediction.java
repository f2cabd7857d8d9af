package io.leeway.simulate;

import java.time.Instant;

/**
 * One scored application.
 *
 * @param applicant the form as it was recorded, which is what the model saw
 * @param probability of default by the model, in (0, 1)
 * @param decision 1 if {@code probability} is at least 0.2: a default is predicted; else 0
 * @param latencyMs what the answer took, in milliseconds
 * @param costAud what the answer cost, in dollars
 * @param status {@code ok}, {@code timeout} or {@code error}; the score is there in any case
 */
public record Prediction(
    String predictionId,
    Instant scoredAt,
    String modelVersion,
    Applicant applicant,
    double probability,
    int decision,
    double latencyMs,
    double costAud,
    String status) {}
