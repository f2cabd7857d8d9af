package io.leeway.stats.experiment;

/**
 * What is kept of one number per unit: enough for mean and variance.
 *
 * @param units n, &ge; 0
 * @param sum of the numbers, finite
 * @param sumOfSquares of the numbers, finite, &ge; sum²/n up to rounding
 */
public record Sums(long units, double sum, double sumOfSquares) {
  /** No units. */
  public static final Sums EMPTY = new Sums(0, 0, 0);

  private static final double ROUNDING = 1e-9;

  public Sums {
    boolean possible =
        units == 0
            ? sum == 0 && sumOfSquares == 0
            : units > 0
                && Double.isFinite(sum)
                && Double.isFinite(sumOfSquares)
                && sumOfSquares * units >= sum * sum * (1 - ROUNDING);
    if (!possible) {
      throw new IllegalArgumentException(
          "No numbers have these sums: " + units + " units, " + sum + ", " + sumOfSquares + ".");
    }
  }

  /** Of a yes-or-no outcome, yes as 1. */
  public static Sums ofShare(long positives, long units) {
    if (positives < 0 || positives > units) {
      throw new IllegalArgumentException(positives + " of " + units + " units are no share.");
    }
    return new Sums(units, positives, positives);
  }

  /** Exact for shares, otherwise up to rounding. */
  public Sums plus(Sums other) {
    return new Sums(
        Math.addExact(units, other.units), sum + other.sum, sumOfSquares + other.sumOfSquares);
  }

  /** Needs a unit. */
  double mean() {
    return sum / units;
  }

  /** With divisor n − 1, so it needs two units; loses digits where the mean dwarfs the spread. */
  double variance() {
    return Math.max(0, (sumOfSquares - sum * mean()) / (units - 1));
  }
}
