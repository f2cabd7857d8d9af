package io.leeway.registry.files;

/**
 * Where in a pipeline's output the score stands.
 *
 * @param column its name
 */
public record ScoreColumn(String column, Kind kind) {
  /** The column's shape. */
  public enum Kind {
    /** A number: of a binary model the probability of the positive class. */
    NUMBER,
    /**
     * A vector of probabilities: of a binary model of the negative and the positive class, else in
     * the order of the classes.
     */
    PROBABILITIES
  }

  public ScoreColumn {
    if (column.isEmpty()) {
      throw new IllegalArgumentException("The score's column has no name.");
    }
  }
}
