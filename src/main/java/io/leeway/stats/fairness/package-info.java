/**
 * Whether a model treats groups alike, from counts per group, with the noise that small groups
 * bring. Read {@link io.leeway.stats.fairness.GroupRate}, {@link io.leeway.stats.fairness.Reading}
 * and {@link io.leeway.stats.fairness.SortedGroups} first: which groups take part is settled before
 * anything is compared.
 *
 * <p>{@link io.leeway.stats.fairness.RateRange} are the plain numbers of the catalogue. With
 * inference: {@link io.leeway.stats.fairness.MaxMinGap}, {@link
 * io.leeway.stats.fairness.MinMaxRatio} and {@link io.leeway.stats.fairness.EqualizedOdds} over all
 * groups, {@link io.leeway.stats.fairness.GroupContrasts} against one group or against the rest,
 * {@link io.leeway.stats.fairness.ConditionalParity} within strata, {@link
 * io.leeway.stats.fairness.EstimateGap} of mean errors and error spreads ({@link
 * io.leeway.stats.fairness.GroupErrors}). {@link io.leeway.stats.fairness.GapBounds} say what rows
 * without a label may still change.
 */
package io.leeway.stats.fairness;
