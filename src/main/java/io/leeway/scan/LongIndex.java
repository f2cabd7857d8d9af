package io.leeway.scan;

import java.util.Arrays;

/**
 * Gives every distinct long a number in order of arrival: 0, 1, 2 …; an open-addressing table
 * without boxing.
 */
final class LongIndex {
  private long[] keys = new long[64];
  private int[] numbers = new int[64];
  private long[] byNumber = new long[32];
  private int size;

  LongIndex() {
    Arrays.fill(numbers, -1);
  }

  int size() {
    return size;
  }

  /** The number of a key, new if need be. */
  int of(long key) {
    int slot = slot(key, keys.length);
    while (numbers[slot] >= 0) {
      if (keys[slot] == key) {
        return numbers[slot];
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    return insert(slot, key);
  }

  long key(int number) {
    return byNumber[number];
  }

  private int insert(int slot, long key) {
    if (size == byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, 2 * size);
    }
    keys[slot] = key;
    numbers[slot] = size;
    byNumber[size] = key;
    size++;
    if (2 * size > keys.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    keys = new long[2 * keys.length];
    numbers = new int[keys.length];
    Arrays.fill(numbers, -1);
    for (int number = 0; number < size; number++) {
      int slot = slot(byNumber[number], keys.length);
      while (numbers[slot] >= 0) {
        slot = (slot + 1) & (keys.length - 1);
      }
      keys[slot] = byNumber[number];
      numbers[slot] = number;
    }
  }

  private static int slot(long key, int capacity) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    return (int) ((mixed ^ (mixed >>> 32)) & (capacity - 1));
  }
}
