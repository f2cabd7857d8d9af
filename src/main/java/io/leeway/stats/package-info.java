/**
 * The arithmetic of monitoring: from counts and moments to distances, intervals and p-values. Every
 * class here can be checked by reading it; none knows Spark, tables or configuration.
 *
 * <p>{@link io.leeway.stats.inference} holds distributions, intervals and tests of rates and means;
 * {@link io.leeway.stats.drift} holds distances between a reference and a window; {@link
 * io.leeway.stats.estimate} what scores and inputs say of a model before any label. Read {@link
 * io.leeway.stats.Outcome} first: it is what a number that may not exist comes in. {@link
 * io.leeway.stats.CrossMoments} are what several columns say together.
 */
package io.leeway.stats;
