/**
 * Distances between the reference and a window of one column, each with its own test.
 *
 * <p>Numeric columns meet in {@link io.leeway.stats.drift.AlignedCounts}: {@link
 * io.leeway.stats.drift.KolmogorovSmirnov} and {@link io.leeway.stats.drift.Wasserstein}, with a
 * bound on what the cells hide. Bins and categories are plain count arrays: {@link
 * io.leeway.stats.drift.Psi}, {@link io.leeway.stats.drift.JensenShannon}, {@link
 * io.leeway.stats.drift.ChiSquareTest}, {@link io.leeway.stats.drift.CategoryDistances}. Their
 * common test is {@link io.leeway.stats.drift.DivergenceTest}; read that first. What several
 * columns do together is {@link io.leeway.stats.drift.CorrelationChange}.
 *
 * <p>Which side comes first is one rule everywhere: reference, then window.
 */
package io.leeway.stats.drift;
