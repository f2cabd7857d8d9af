package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Rows of numbers for tests, and the grid that their own edges make. */
final class NumericRows {
  private NumericRows() {}

  static NumericGrid grid(ColumnKind kind, int exactLimit, double... reference) {
    EdgeSearch search = new EdgeSearch(kind, exactLimit);
    search
        .next()
        .ifPresent(
            first -> {
              KeyProbe probe = first;
              while (probe != null) {
                Arrays.stream(reference).forEach(probe::add);
                search.take(probe);
                probe = search.next().orElse(null);
              }
            });
    return search.grid();
  }

  /** Profiles rows; every third one of a score has a positive decision. */
  static NumericProfile profile(NumericGrid grid, BinDetail detail, double... rows) {
    NumericTally tally = new NumericTally(grid, detail);
    for (int i = 0; i < rows.length; i++) {
      tally.add(rows[i], i % 3 == 0 ? 1 : 0);
    }
    return tally.profile();
  }

  static double[] normal(long seed, int size, double center, double spread) {
    SplittableRandom random = new SplittableRandom(seed);
    return random
        .doubles(size)
        .map(u -> center + spread * Math.sqrt(-2 * Math.log(1 - u)) * sine(random))
        .toArray();
  }

  private static double sine(SplittableRandom random) {
    return Math.sin(2 * Math.PI * random.nextDouble());
  }

  static double[] uniform(long seed, int size, double low, double high) {
    return new SplittableRandom(seed).doubles(size, low, high).toArray();
  }

  static double[] integers(long seed, int size, int below) {
    return new SplittableRandom(seed).ints(size, 0, below).asDoubleStream().toArray();
  }

  static double[] joined(double[]... parts) {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }
}
