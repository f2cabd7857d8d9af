/**
 * Mergeable state: frozen bins and dictionaries (the grid), and what is counted on them (profiles).
 * Adding the profiles of disjoint rows gives, to the last bit, the profile of all of them, in any
 * order. No Spark, and no metric: {@code stats} computes those from what is kept here. Read {@link
 * io.leeway.profile.NumericGrid}, then {@link io.leeway.profile.NumericTally}.
 */
package io.leeway.profile;
