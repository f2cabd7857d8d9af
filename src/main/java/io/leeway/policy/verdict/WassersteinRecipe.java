package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Measure;
import io.leeway.stats.inference.Normal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The Wasserstein distance W of values cut at the reference's 0.5 and 99.5 % quantiles, less its
 * bias b: {@code p = 1 - Φ((W - b - e - limit)/SE)}, e its error bound. What of it is stored is the
 * interval {@code W - b ± (1.96 SE + e)}, cut at 0, and SE. Where the lower end is above 0 both
 * ends tell W − b and e; else e is taken to be that of the distance as it is, which is not less.
 *
 * <p>For "nothing has changed" the Kolmogorov-Smirnov distance of the same column is asked.
 */
record WassersteinRecipe() implements Recipe {
  private static final String PLAIN = "wasserstein";

  @Override
  public Set<String> looksBeside(String metric) {
    return Set.of(PLAIN, "ks_statistic");
  }

  @Override
  public Optional<String> refusal(
      String metric, Direction direction, double limit, boolean relative) {
    return limit == 0 && direction == Direction.ABOVE
        ? Optional.of("the limit must be above 0; every noise gives a distance above 0.")
        : Recipe.onlyAbove(direction, limit);
  }

  @Override
  public Tested test(Observed observed, Border border) {
    Measure row =
        observed.series().metric().equals(PLAIN)
            ? observed.measure()
            : observed.beside(PLAIN).orElse(null);
    if (row == null || row.stdError() == null || row.ciHigh() == null || row.ciLow() == null) {
      return Tested.undefined("Its test is not stored: the row of wasserstein has no interval.");
    }
    double unit = observed.measure().value() == 0 ? 0 : row.value() / observed.measure().value();
    if (!(unit > 0)) {
      return Tested.undefined("Without any distance its unit is not known; watch wasserstein.");
    }
    double error = row.stdError() / unit;
    double bound = bound(row) / unit;
    double middle = row.ciHigh() / unit - Normal.Z95 * error - bound;
    double limit = border.a();
    OptionalDouble change =
        observed
            .beside("ks_statistic")
            .map(of -> KolmogorovRecipe.pBeyond(of, 0))
            .orElseGet(OptionalDouble::empty);
    return Finding.of(
        Math.max(0, middle),
        limit,
        true,
        upperTail(middle - bound - limit, error),
        upperTail(limit - middle - bound, error),
        change,
        Power.normal(limit + bound, error, OptionalDouble.empty(), 0, true));
  }

  private static double bound(Measure row) {
    double stored = row.errorBound() == null ? 0 : row.errorBound();
    double half = (row.ciHigh() - row.ciLow()) / 2;
    return row.ciLow() > 0 ? Math.max(0, half - Normal.Z95 * row.stdError()) : stored;
  }

  private static double upperTail(double beyond, double error) {
    if (error == 0) {
      return beyond > 0 ? 0 : 1;
    }
    return Normal.upperTail(beyond / error);
  }
}
