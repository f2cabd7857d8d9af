package io.leeway.stats.paired;

/**
 * A rate of one group under two scorers, as rows of its denominator by which of them had the event.
 * Of a true positive rate these are the group's positives, by which scorer caught them.
 *
 * @param group its name
 * @param both rows with the event under both, &ge; 0
 * @param onlyFirst under the first only, &ge; 0
 * @param onlySecond under the second only, &ge; 0
 * @param neither under neither, &ge; 0
 */
public record PairedRate(String group, long both, long onlyFirst, long onlySecond, long neither) {
  public PairedRate {
    if (both < 0 || onlyFirst < 0 || onlySecond < 0 || neither < 0) {
      throw new IllegalArgumentException("Group '" + group + "' has a negative count of rows.");
    }
  }

  /** Rows of the denominator. */
  public long n() {
    return both + onlyFirst + onlySecond + neither;
  }

  /** The first scorer's rate, of a group that has rows. */
  public double first() {
    return (double) (both + onlyFirst) / n();
  }

  /** The second scorer's rate, of a group that has rows. */
  public double second() {
    return (double) (both + onlySecond) / n();
  }

  /**
   * The variance of {@code a * first - b * second}. Each of the four counts gains one half, since
   * few discordant rows, and none above all, tell less than they seem to.
   *
   * @see <a href="https://doi.org/10.1002/sim.1781">Agresti and Min (2005)</a>
   */
  double variance(double a, double b) {
    double rows = n() + 2.0;
    double mean = ((a - b) * (both + 0.5) + a * (onlyFirst + 0.5) - b * (onlySecond + 0.5)) / rows;
    double square =
        ((a - b) * (a - b) * (both + 0.5) + a * a * (onlyFirst + 0.5) + b * b * (onlySecond + 0.5))
            / rows;
    return Math.max(0, square - mean * mean) / rows;
  }
}
