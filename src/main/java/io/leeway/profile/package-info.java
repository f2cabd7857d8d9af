/**
 * Mergeable state: frozen bins and dictionaries (the grid), and what is counted on them (profiles).
 * Adding the profiles of disjoint rows gives, to the last bit, the profile of all of them, in any
 * order. No Spark, and no metric: {@code stats} computes those from what is kept here.
 *
 * <p>Read {@link io.leeway.profile.NumericGrid}, then {@link io.leeway.profile.NumericTally}, which
 * counts rows into a {@link io.leeway.profile.NumericProfile}. Grids come from an {@link
 * io.leeway.profile.EdgeSearch} over the reference. {@link io.leeway.profile.NumericComparison} and
 * {@link io.leeway.profile.CategoricalComparison} put two profiles side by side for {@code stats}.
 * {@link io.leeway.profile.StoredProfile} is the form in tables.
 */
package io.leeway.profile;
