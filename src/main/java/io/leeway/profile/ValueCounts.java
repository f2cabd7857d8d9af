package io.leeway.profile;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Distinct finite values with their counts while there are few: an open-addressing table that grows
 * with them. The second lane counts rows with a positive decision.
 */
final class ValueCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int SMALLEST = 8;

  private long[] keys = new long[SMALLEST];
  private long[] counts = new long[SMALLEST];
  private long[] decided;
  private int size;

  ValueCounts(boolean withDecisions) {
    decided = withDecisions ? new long[SMALLEST] : null;
  }

  int size() {
    return size;
  }

  /** Adds rows of a value; zeros of either sign are one value. */
  void add(double value, long rows, long positive) {
    long key = Double.doubleToRawLongBits(value);
    int slot = slot(key, keys.length);
    while (counts[slot] != 0) {
      if (keys[slot] == key) {
        counts[slot] += rows;
        if (decided != null) {
          decided[slot] += positive;
        }
        return;
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    insert(slot, key, rows, positive);
  }

  private void insert(int slot, long key, long rows, long positive) {
    keys[slot] = key;
    counts[slot] = rows;
    if (decided != null) {
      decided[slot] = positive;
    }
    size++;
    if (2 * size > keys.length) {
      grow();
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    long[] oldDecided = decided;
    int capacity = 2 * oldKeys.length;
    keys = new long[capacity];
    counts = new long[capacity];
    decided = oldDecided == null ? null : new long[capacity];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldCounts[old] != 0) {
        int slot = slot(oldKeys[old], capacity);
        while (counts[slot] != 0) {
          slot = (slot + 1) & (capacity - 1);
        }
        keys[slot] = oldKeys[old];
        counts[slot] = oldCounts[old];
        if (oldDecided != null) {
          decided[slot] = oldDecided[old];
        }
      }
    }
  }

  private static int slot(long key, int capacity) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    return (int) ((mixed ^ (mixed >>> 32)) & (capacity - 1));
  }

  /** What takes each value with its two counts. */
  interface Taker {
    void take(double value, long rows, long positive);
  }

  /** In no fixed order. */
  void forEach(Taker taker) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (counts[slot] != 0) {
        taker.take(
            Double.longBitsToDouble(keys[slot]), counts[slot], decided == null ? 0 : decided[slot]);
      }
    }
  }

  double[] ascendingValues() {
    double[] values = new double[size];
    int next = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (counts[slot] != 0) {
        values[next++] = Double.longBitsToDouble(keys[slot]);
      }
    }
    Arrays.sort(values);
    return values;
  }

  /** Rows of a value that is there. */
  long rows(double value) {
    return counts[find(value)];
  }

  /** Rows of a value that is there, with a positive decision. */
  long positive(double value) {
    return decided == null ? 0 : decided[find(value)];
  }

  private int find(double value) {
    long key = Double.doubleToRawLongBits(value);
    int slot = slot(key, keys.length);
    while (counts[slot] == 0 || keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  /** Heap of so many values without decisions at most, in bytes: a table is a quarter full then. */
  static long mostBytes(int values) {
    return 4L * 16 * values + 64;
  }

  /** Heap held, in bytes. */
  long bytes() {
    return keys.length * (decided == null ? 16L : 24L) + 64;
  }
}
