package io.leeway.policy.verdict;

import io.leeway.stats.inference.Normal;
import java.util.OptionalDouble;

/** What would have been found with probability 0.8, had it been there. */
@FunctionalInterface
interface Power {
  /** The normal quantile of that probability. */
  double Z = Normal.quantile(0.8);

  /** Where nothing can be said of it. */
  Power UNKNOWN = (alpha, evidence) -> OptionalDouble.empty();

  /**
   * The true value that would be found.
   *
   * @param alpha the largest p-value that counts as found
   */
  OptionalDouble detectable(double alpha, Evidence evidence);

  /**
   * Of an estimate with a normal error: {@code limit ± (z + 0.84) SE} in the bad direction; for a
   * change the same about the value of no change, and at least {@code limit ± 0.84 SE}, since the
   * estimate must lie beyond the limit, too.
   *
   * @param noChange empty where there is nothing to compare with
   * @param changeError SE of the difference from it
   */
  static Power normal(
      double limit,
      double standardError,
      OptionalDouble noChange,
      double changeError,
      boolean isUpper) {
    double sign = isUpper ? 1 : -1;
    return (alpha, evidence) -> {
      double reach = Z - Normal.quantile(alpha);
      if (evidence == Evidence.LIMIT || noChange.isEmpty()) {
        return OptionalDouble.of(limit + sign * reach * standardError);
      }
      double changed = noChange.getAsDouble() + sign * reach * changeError;
      double seen = limit + sign * Z * standardError;
      return OptionalDouble.of(isUpper ? Math.max(changed, seen) : Math.min(changed, seen));
    };
  }

  /** The same, but never outside the range of the metric. */
  default Power within(double least, double most) {
    return (alpha, evidence) -> {
      OptionalDouble found = detectable(alpha, evidence);
      return found.isEmpty() || found.getAsDouble() < least || found.getAsDouble() > most
          ? OptionalDouble.empty()
          : found;
    };
  }
}
