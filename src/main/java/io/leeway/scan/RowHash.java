package io.leeway.scan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Hashes of whole rows, over every column that a scan reads, whatever it makes of them. Sums of
 * them are fingerprints: two sets of rows with one sum and one number of rows are the same rows, as
 * far as 64 bits tell.
 */
final class RowHash {
  /** Stands for a missing value; the bits of a NaN that no computation gives. */
  static final long MISSING = 0x7ff8_6c65_6577_6179L;

  /** Odd, with its bits well spread: 2⁶⁴ over the golden ratio. */
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private final ColumnBuffer[] buffers;
  private long[] hashes = new long[ColumnBuffer.ROWS];

  /**
   * Of a block's rows.
   *
   * @param reads what its columns hold; their order changes no hash
   */
  RowHash(List<ReadColumn> reads, Block block) {
    buffers =
        reads.stream()
            .sorted(Comparator.comparing(ReadColumn::expression).thenComparing(ReadColumn::reading))
            .map(read -> block.buffers[reads.indexOf(read)])
            .toArray(ColumnBuffer[]::new);
  }

  /** The hashes of the block's rows from {@code from} on, up to {@code to}, at their places. */
  long[] of(int from, int to) {
    if (hashes.length < to) {
      hashes = new long[to];
    }
    Arrays.fill(hashes, from, to, 0);
    for (ColumnBuffer buffer : buffers) {
      buffer.mixInto(hashes, from, to);
    }
    for (int i = from; i < to; i++) {
      hashes[i] = finished(hashes[i]);
    }
    return hashes;
  }

  /** Takes one more value into a hash. */
  static long mix(long hash, long bits) {
    long mixed = (hash ^ bits) * SPREAD;
    return mixed ^ (mixed >>> 29);
  }

  /** Lets every bit of a hash depend on every other, so that sums of them tell rows apart. */
  private static long finished(long hash) {
    long mixed = (hash ^ (hash >>> 32)) * SPREAD;
    return mixed ^ (mixed >>> 32);
  }
}
