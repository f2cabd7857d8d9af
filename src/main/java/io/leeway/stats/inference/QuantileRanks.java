package io.leeway.stats.inference;

import io.leeway.stats.Outcome;

/**
 * Between which two of n ordered values the true quantile of a share p lies, by the binomial
 * distribution of how many values lie below it:
 *
 * <pre>{@code floor(np - z sqrt(np(1 - p) phi)) and ceil(np + z sqrt(np(1 - p) phi)) + 1}</pre>
 *
 * <p>Free of any assumption on how values are distributed.
 *
 * @param lower rank of the interval's low end, counted from 1
 * @param upper rank of its high end, at most n
 * @see <a href="https://doi.org/10.1002/0471722162">David and Nagaraja (2003), Order Statistics,
 *     7.1</a>
 */
public record QuantileRanks(long lower, long upper) {
  public QuantileRanks {
    if (lower < 1 || upper < lower) {
      throw new IllegalArgumentException(
          "Ranks must ascend from 1, but are " + lower + " and " + upper + ".");
    }
  }

  /**
   * The ranks of the 95 % interval; undefined where one of them lies beyond the values.
   *
   * @param p a share within (0, 1)
   */
  public static Outcome<QuantileRanks> of(long n, double p, Overdispersion overdispersion) {
    if (n < 0 || !(p > 0 && p < 1)) {
      throw new IllegalArgumentException(
          "A quantile's interval needs n >= 0 and a share within (0, 1), not " + n + " and " + p);
    }
    double half = Normal.Z95 * Math.sqrt(n * p * (1 - p) * overdispersion.phi());
    double lower = Math.floor(n * p - half);
    double upper = Math.ceil(n * p + half) + 1;
    return lower < 1 || upper > n
        ? Outcome.undefined("There are too few values for an interval of the quantile of " + p)
        : Outcome.of(new QuantileRanks((long) lower, (long) upper));
  }
}
