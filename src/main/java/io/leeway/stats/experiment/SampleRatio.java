package io.leeway.stats.experiment;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.ChiSquare;
import java.util.List;
import java.util.Locale;

/**
 * Whether units reached both arms in the planned shares. If they did not, units got lost or were
 * logged wrongly in one arm, and a difference of outcomes means nothing.
 *
 * <p>Pearson's goodness of fit of the two arms, expected counts summed over ramp steps:
 *
 * <pre>{@code e = sum over steps of N s;  chi2 = (o - e)² / e + (o - e)² / (N - e), 1 degree}</pre>
 *
 * <p>o the challenger's units, s its planned share, N the units of both. Over several shares the
 * count varies a little less than that takes it to, so the test errs on the quiet side. One step
 * alone is tested by handing in that step only, which is for diagnosis.
 *
 * @param challenger units of the challenger
 * @param expected of them by the planned shares
 * @param units of both arms
 * @param statistic chi2, &ge; 0
 * @param pValue in [0, 1]
 * @see <a href="https://doi.org/10.1145/3292500.3330722">Fabijan et al. (2019), sample ratio
 *     mismatch</a>
 */
public record SampleRatio(
    long challenger, double expected, long units, double statistic, double pValue) {
  /** Below it the test is invalid: far out, since the check is made every day. */
  public static final double LEAST_P = 0.001;

  private static final double LEAST_EXPECTED = 5;

  /** Undefined while an arm's expected count is below 5, where chi-square is not to be trusted. */
  public static Outcome<SampleRatio> of(List<Exposure> exposures) {
    long challenger = 0;
    long units = 0;
    double expected = 0;
    for (Exposure of : exposures) {
      challenger = Math.addExact(challenger, of.challenger());
      units = Math.addExact(units, of.units());
      expected += of.units() * of.plannedShare();
    }
    if (Math.min(expected, units - expected) < LEAST_EXPECTED) {
      return Outcome.undefined(
          String.format(
              Locale.ROOT,
              "A split is judged from 5 expected units per arm; %d units are too few.",
              units));
    }
    double excess = challenger - expected;
    double statistic = excess * excess * (1 / expected + 1 / (units - expected));
    return Outcome.of(
        new SampleRatio(challenger, expected, units, statistic, ChiSquare.upperTail(statistic, 1)));
  }

  public boolean isValid() {
    return pValue >= LEAST_P;
  }
}
