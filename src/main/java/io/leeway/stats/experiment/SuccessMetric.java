package io.leeway.stats.experiment;

/**
 * What the challenger is meant to improve.
 *
 * @param name not blank
 * @param better which way
 * @param weight of its share in alpha, &gt; 0, finite; all alike for an even split
 */
public record SuccessMetric(String name, Better better, double weight) {
  public SuccessMetric {
    if (name.isBlank() || !(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A success metric has a name and a positive weight, but is '"
              + name
              + "', "
              + weight
              + ".");
    }
  }

  public SuccessMetric(String name, Better better) {
    this(name, better, 1);
  }
}
