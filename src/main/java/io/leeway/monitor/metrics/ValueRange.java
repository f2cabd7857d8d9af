package io.leeway.monitor.metrics;

import io.leeway.profile.NumericGrid;
import java.io.Serializable;
import java.util.Optional;

/**
 * Between what a column's values lay in the whole reference.
 *
 * @param least its least value
 * @param above just above its greatest one
 */
public record ValueRange(double least, double above) implements Serializable {

  /** From least and greatest value. */
  public static ValueRange closed(double least, double greatest) {
    return new ValueRange(least + 0.0, Math.nextUp(greatest) + 0.0);
  }

  /** From the least of both to the greatest of both. */
  public ValueRange with(ValueRange other) {
    return new ValueRange(Math.min(least, other.least), Math.max(above, other.above));
  }

  /** Of all references that a grid was made for; none if they held no values. */
  public static Optional<ValueRange> of(NumericGrid grid) {
    double[] edges = grid.edges();
    return edges.length > 1
        ? Optional.of(new ValueRange(edges[0], edges[edges.length - 1]))
        : Optional.empty();
  }
}
