/**
 * What can be said of a model from its scores and inputs alone, before any label: where it draws
 * the line between decisions, and how sharply ({@link io.leeway.stats.estimate.DecisionBoundary}).
 */
package io.leeway.stats.estimate;
