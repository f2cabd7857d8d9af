/**
 * What can be said of a model from its scores and inputs alone, before any label: where it draws
 * the line between decisions, and how sharply ({@link io.leeway.stats.estimate.DecisionBoundary});
 * which part of a changed mean score a feature explains ({@link
 * io.leeway.stats.estimate.ScoreChangeByFeature}) or all of them together, and when the rest is a
 * fault of serving ({@link io.leeway.stats.estimate.ScoreChange}); how well it performs if scores
 * still mean what they meant ({@link io.leeway.stats.estimate.Cbpe}), and how far predicted numbers
 * are off ({@link io.leeway.stats.estimate.EstimatedErrors}).
 *
 * <p>And, once labels are there, whether they still do: {@link
 * io.leeway.stats.estimate.RelationShift}, of means {@link io.leeway.stats.estimate.MeanShift}.
 */
package io.leeway.stats.estimate;
