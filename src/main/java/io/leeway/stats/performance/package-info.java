/**
 * How well a model did, from stored counts: {@link io.leeway.stats.performance.Confusion} of two
 * classes and {@link io.leeway.stats.performance.Multiclass} of more, ranking by a {@link
 * io.leeway.stats.performance.ScoreTable} ({@link io.leeway.stats.performance.RocAuc}, {@link
 * io.leeway.stats.performance.AveragePrecision}, {@link io.leeway.stats.performance.Separation},
 * {@link io.leeway.stats.performance.Lift}), {@link io.leeway.stats.performance.TrueClassRanks},
 * and {@link io.leeway.stats.performance.RegressionErrors}. Values are those of the catalogue, with
 * standard errors of independent rows and with bounds for what bins leave open.
 *
 * <p>Not here: means of losses (log loss, Brier), which are {@link
 * io.leeway.stats.inference.MeanInterval}s, and tests, for which {@link
 * io.leeway.stats.inference.Estimate} says how to make a contrast. Read {@link
 * io.leeway.stats.performance.Confusion} first.
 */
package io.leeway.stats.performance;
