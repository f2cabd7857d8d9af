package io.leeway.scan;

import java.io.Serializable;

/**
 * One column of the projection that a scan reads.
 *
 * @param expression SQL over the source's columns
 * @param reading as what its values are taken
 */
public record ReadColumn(String expression, Reading reading) implements Serializable {
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
}
