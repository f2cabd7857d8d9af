package io.leeway.scan;

import io.leeway.profile.HashOrder;
import java.util.Arrays;

/**
 * The smallest of many hashes, unsigned, from which the number of distinct ones follows: exactly
 * while there are fewer than {@link #MOST}, as an estimate above. The smallest hashes of a whole
 * are among the smallest of its parts, so the parts' hashes added up, in any order, say what the
 * whole's do.
 */
final class SmallestHashes {
  /** Relative standard error of an estimate: 0.4 %. */
  static final int MOST = 1 << 16;

  /** Hashes with the sign bit turned, so that signed order is theirs; those in front are sorted. */
  private long[] turned = new long[64];

  private int size;
  private long limit = Long.MAX_VALUE;

  void add(long hash) {
    long one = hash ^ Long.MIN_VALUE;
    if (one > limit) {
      return;
    }
    if (size == turned.length) {
      if (size == 2 * MOST) {
        compact();
      } else {
        turned = Arrays.copyOf(turned, 2 * size);
      }
    }
    turned[size++] = one;
  }

  void addAll(long[] hashes) {
    for (long hash : hashes) {
      add(hash);
    }
  }

  private void compact() {
    Arrays.sort(turned, 0, size);
    int distinct = 0;
    for (int i = 0; i < size && distinct < MOST; i++) {
      if (distinct == 0 || turned[i] != turned[distinct - 1]) {
        turned[distinct++] = turned[i];
      }
    }
    size = distinct;
    if (size == MOST) {
      limit = turned[size - 1];
    }
  }

  /** The smallest distinct hashes, ascending, at most {@link #MOST}. */
  long[] hashes() {
    compact();
    return Arrays.stream(turned, 0, size).map(one -> one ^ Long.MIN_VALUE).toArray();
  }

  /** How many distinct hashes were added beyond {@code kept} ones. */
  FoldedCount beyond(int kept) {
    compact();
    if (size < MOST) {
      return new FoldedCount(size - kept, 0);
    }
    double all = HashOrder.distinct(limit ^ Long.MIN_VALUE, MOST);
    return new FoldedCount(Math.round(all) - kept, all / Math.sqrt(MOST - 2));
  }
}
