/**
 * Two scorers on the same rows: how far the first is from the second, with the noise that is left
 * when what both have in common is taken out. Beside two estimates of independent rows such a
 * difference is far more certain, for a hard row is hard for both.
 *
 * <p>{@link io.leeway.stats.paired.PairedMean} is for what is a mean over rows, such as log loss;
 * {@link io.leeway.stats.paired.PairedAuc} for AUC; {@link io.leeway.stats.paired.PairedGap} for
 * how much further the first sets groups apart. All of them end in a {@link
 * io.leeway.stats.paired.PairedDifference}, which is what to read first. {@link
 * io.leeway.stats.paired.Holm} is for many of them at once.
 *
 * <p>Not here: which scorer is which, what margin is allowed, how many rows are enough.
 */
package io.leeway.stats.paired;
