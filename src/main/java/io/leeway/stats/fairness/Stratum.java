package io.leeway.stats.fairness;

/**
 * Two groups within one value of a third column, such as a band of income.
 *
 * @param name of the stratum
 * @param rows its size, of all groups, by which it weighs; &ge; those of the two
 * @param group the one whose rate it is about
 * @param against the one it is held against
 */
public record Stratum(String name, long rows, GroupRate group, GroupRate against) {
  public Stratum {
    if (rows < group.n() + against.n()) {
      throw new IllegalArgumentException(
          "Stratum '" + name + "' has " + rows + " rows, fewer than its two groups together.");
    }
  }
}
