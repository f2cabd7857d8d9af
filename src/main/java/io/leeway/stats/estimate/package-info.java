/**
 * What can be said of a model from its scores and inputs alone, before any label: where it draws
 * the line between decisions, and how sharply ({@link io.leeway.stats.estimate.DecisionBoundary});
 * which part of a changed mean score a feature explains ({@link
 * io.leeway.stats.estimate.ScoreChangeByFeature}) or all of them together, and when the rest is a
 * fault of serving ({@link io.leeway.stats.estimate.ScoreChange}).
 */
package io.leeway.stats.estimate;
