package io.leeway.scan;

import java.io.Serializable;
import java.util.List;

/**
 * One column of the projection that a scan reads.
 *
 * @param expression SQL over the source's columns
 * @param reading as what its values are taken
 * @param coded of a column of whole numbers that is read as texts, what they stand for, from 0 on;
 *     empty where they stand for themselves
 */
public record ReadColumn(String expression, Reading reading, List<String> coded)
    implements Serializable {
  /** As what the values of a column are taken. */
  public enum Reading {
    /**
     * As doubles: all numeric types and decimals; dates as days and timestamps as seconds since
     * 1970 UTC.
     */
    NUMBER,
    /** As texts, by task-local codes: strings, booleans, whole numbers. */
    TEXT,
    /** As microseconds since 1970 UTC. */
    TIME
  }

  public ReadColumn {
    coded = List.copyOf(coded);
  }

  /** A column whose values stand for themselves. */
  public ReadColumn(String expression, Reading reading) {
    this(expression, reading, List.of());
  }
}
