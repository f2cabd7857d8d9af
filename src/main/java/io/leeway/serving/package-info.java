/**
 * Who answers: batch scoring, the split of traffic between champion and challenger, the reading of
 * their test, the fallback and the circuit breaker. What was decided stands in the audit log of
 * {@link io.leeway.registry}; this room goes by it, and puts on record what it finds.
 *
 * <p>Read {@link io.leeway.serving.ScoreJob} first, then {@link io.leeway.serving.Routes} for who
 * answers which rows and {@link io.leeway.serving.NewRows} for why each is scored once. {@link
 * io.leeway.serving.ab.TestJob} reads a running test. {@link io.leeway.serving.CircuitDesk} keeps
 * the circuit, and {@link io.leeway.serving.CurrentFile} tells it all to services that read no
 * Delta.
 *
 * <p>Not here: the arithmetic of tests, which is in {@code io.leeway.stats.experiment}; how a
 * version's files are loaded, which is handed in as a {@link io.leeway.serving.Scorer}; an online
 * service.
 */
package io.leeway.serving;
