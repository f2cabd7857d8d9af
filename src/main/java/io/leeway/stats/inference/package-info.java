/**
 * Distributions, intervals and tests: rates ({@link io.leeway.stats.inference.Wilson}, {@link
 * io.leeway.stats.inference.Newcombe}, {@link io.leeway.stats.inference.RateTest}), means ({@link
 * io.leeway.stats.inference.MeanInterval}, {@link io.leeway.stats.inference.MeanContrast}, {@link
 * io.leeway.stats.inference.RatioMean}), anything else with a standard error ({@link
 * io.leeway.stats.inference.Estimate}), numbers of rows ({@link
 * io.leeway.stats.inference.ExpectedVolume}) and of repeated ids ({@link
 * io.leeway.stats.inference.DuplicateRate}), tails of the distributions they need, the {@link
 * io.leeway.stats.inference.Overdispersion} that repairs dependence between rows, the {@link
 * io.leeway.stats.inference.Floor} of support below which nothing is judged, and the {@link
 * io.leeway.stats.inference.FalseDiscovery} that counts how many tests were made. What is measured
 * is not here; see the packages beside this one.
 */
package io.leeway.stats.inference;
