/**
 * A challenger against the champion on live units: who gets which, whether the split came out as
 * planned, how large the difference is, and whether it is enough to decide. Everything may be
 * looked at every day: bounds and p-values hold at all looks together.
 *
 * <p>Read {@link io.leeway.stats.experiment.Decision} first, then {@link
 * io.leeway.stats.experiment.ConfidenceSequence}. {@link io.leeway.stats.experiment.Assignment}
 * splits, {@link io.leeway.stats.experiment.SampleRatio} checks the split, {@link
 * io.leeway.stats.experiment.ArmDays} turn sums per day into {@link
 * io.leeway.stats.experiment.Effect}s, {@link io.leeway.stats.experiment.TestPlan} says what was
 * settled beforehand.
 *
 * <p>Not here, and to be seen to by the caller: that a unit counts once in a test, with the arm and
 * the day on which it was first exposed (the arithmetic takes units to be independent); that both
 * arms are cut at one label age, which does not change while the test runs; that days are whole.
 */
package io.leeway.stats.experiment;
