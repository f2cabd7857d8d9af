/**
 * The arithmetic of monitoring: from counts and moments to distances, intervals and p-values. Every
 * class here can be checked by reading it; none knows Spark, tables or configuration.
 *
 * <p>{@link io.leeway.stats.inference} holds distributions, intervals and tests of rates and means;
 * {@link io.leeway.stats.drift} holds distances between a reference and a window; {@link
 * io.leeway.stats.performance} how well a model did once labels are in; {@link
 * io.leeway.stats.calibration} whether scores are probabilities; {@link io.leeway.stats.fairness}
 * whether groups are treated alike; {@link io.leeway.stats.estimate} what scores and inputs say of
 * a model before any label, and what changed once they are there; {@link
 * io.leeway.stats.experiment} whether a challenger is better than the champion. Read {@link
 * io.leeway.stats.Outcome} first: it is what a number that may not exist comes in. {@link
 * io.leeway.stats.CrossMoments} are what several columns say together.
 */
package io.leeway.stats;
