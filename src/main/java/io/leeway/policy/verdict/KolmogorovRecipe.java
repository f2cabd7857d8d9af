package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Measure;
import io.leeway.stats.inference.KolmogorovDistribution;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The Kolmogorov-Smirnov distance D with its error bound e: {@code p = Q((D - e - limit)₊ / sqrt(k
 * phi))}, k = 1/n + 1/m, and the mirror image for "within".
 *
 * <p>What is {@linkplain Power detectable} takes Q(t) for {@code 2 exp(-2t²)}, and for the noise of
 * D that of a share of one half, the largest there is.
 */
record KolmogorovRecipe() implements Recipe {
  @Override
  public Optional<String> refusal(
      String metric, Direction direction, double limit, boolean relative) {
    return Recipe.onlyAbove(direction, limit)
        .or(
            () ->
                limit > 1
                    ? Optional.of("it is never above 1; write a limit within [0, 1].")
                    : Optional.empty());
  }

  @Override
  public Tested test(Observed observed, Border border) {
    Measure measure = observed.measure();
    OptionalDouble change = pBeyond(measure, 0);
    if (change.isEmpty()) {
      return Tested.undefined("The rows of both sides are not stored with it.");
    }
    double limit = border.a();
    double unit = unit(measure);
    double bound = bound(measure);
    double within = Math.max(0, limit - measure.value() - bound);
    return Finding.of(
        measure.value(),
        limit,
        true,
        pBeyond(measure, limit).orElseThrow(),
        KolmogorovDistribution.limitUpperTail(within / unit),
        change,
        power(limit, bound, unit));
  }

  private static Power power(double limit, double bound, double unit) {
    Power power =
        (alpha, evidence) -> {
          double seen = limit + Power.Z * unit / 2;
          double critical = Math.sqrt(Math.log(2 / alpha) / 2) + Power.Z / 2;
          double from = evidence == Evidence.LIMIT ? limit : 0;
          return OptionalDouble.of(Math.max(seen, from + bound + critical * unit));
        };
    return power.within(0, 1);
  }

  /** P-value of "the true distance is at most the limit"; empty where rows are not known. */
  static OptionalDouble pBeyond(Measure measure, double limit) {
    if (measure.value() == null || measure.n() == null || measure.referenceN() == null) {
      return OptionalDouble.empty();
    }
    double beyond = Math.max(0, measure.value() - bound(measure) - limit);
    return OptionalDouble.of(KolmogorovDistribution.limitUpperTail(beyond / unit(measure)));
  }

  private static double bound(Measure measure) {
    return measure.errorBound() == null ? 0 : measure.errorBound();
  }

  private static double unit(Measure measure) {
    double k = 1.0 / measure.n() + 1.0 / measure.referenceN();
    return Math.sqrt(k * Observed.overdispersion(measure).phi());
  }
}
