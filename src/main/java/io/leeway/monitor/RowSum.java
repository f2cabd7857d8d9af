package io.leeway.monitor;

import java.io.Serializable;

/**
 * How many rows there are, and what they are; both add up over disjoint rows.
 *
 * @param fingerprint wrapping sum of a hash of everything that a scan reads of each row; {@code
 *     null} where some rows' is not known
 */
record RowSum(long rows, Long fingerprint) implements Serializable {
  static final RowSum NONE = new RowSum(0, 0L);

  RowSum plus(RowSum other) {
    boolean known = fingerprint != null && other.fingerprint != null;
    return new RowSum(rows + other.rows, known ? fingerprint + other.fingerprint : null);
  }

  /** Whether both are known to be the same rows. */
  boolean isSame(RowSum other) {
    return rows == other.rows
        && (rows == 0 || (fingerprint != null && fingerprint.equals(other.fingerprint)));
  }
}
