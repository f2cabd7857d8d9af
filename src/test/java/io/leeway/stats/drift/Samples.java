package io.leeway.stats.drift;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Two random samples with their exact distances by sorting, and random cells to count them in. */
final class Samples {
  final double[] reference;
  final double[] window;

  private Samples(double[] reference, double[] window) {
    this.reference = reference;
    this.window = window;
    Arrays.sort(reference);
    Arrays.sort(window);
  }

  /** Discrete, continuous, heavy-tailed, shifted, equal; sometimes with one value far outside. */
  static Samples random(SplittableRandom random) {
    int shape = random.nextInt(5);
    double shift = random.nextInt(3) == 0 ? 0 : random.nextDouble(-1, 1);
    double[] reference = sample(random, 1 + random.nextInt(60), shape, 0);
    double[] window = sample(random, 1 + random.nextInt(60), shape, shift);
    if (random.nextInt(4) == 0) {
      window[random.nextInt(window.length)] = random.nextDouble(-1e6, 1e6);
    }
    if (random.nextInt(4) == 0) {
      reference[random.nextInt(reference.length)] = random.nextDouble(-1e6, 1e6);
    }
    return new Samples(reference, window);
  }

  private static double[] sample(SplittableRandom random, int size, int shape, double shift) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      double u = random.nextDouble();
      values[i] =
          switch (shape) {
            case 0 -> random.nextInt(4);
            case 1 -> u + shift;
            case 2 -> Math.tan(Math.PI * (u - 0.5)) + shift;
            case 3 -> random.nextBoolean() ? 0 : Math.rint(10 * u) / 10 + shift;
            default -> 7;
          };
    }
    return values;
  }

  double kolmogorovSmirnov() {
    double d = 0;
    for (double x : union()) {
      d = Math.max(d, Math.abs(share(reference, x) - share(window, x)));
    }
    return d;
  }

  double wasserstein() {
    double[] all = union();
    double sum = 0;
    for (int i = 1; i < all.length; i++) {
      double x = all[i - 1];
      sum += Math.abs(share(reference, x) - share(window, x)) * (all[i] - x);
    }
    return sum;
  }

  private double[] union() {
    double[] all = Arrays.copyOf(reference, reference.length + window.length);
    System.arraycopy(window, 0, all, reference.length, window.length);
    Arrays.sort(all);
    return all;
  }

  private static double share(double[] sorted, double x) {
    int atMost = 0;
    for (double value : sorted) {
      atMost += value <= x ? 1 : 0;
    }
    return (double) atMost / sorted.length;
  }

  /** One point cell for each distinct value. */
  AlignedCounts exact() {
    AlignedCounts.Builder cells = AlignedCounts.builder(4);
    for (double x : Arrays.stream(union()).distinct().toArray()) {
      cells.point(x, count(reference, x, x), count(window, x, x));
    }
    return cells.build();
  }

  /**
   * Random runs of neighbouring values in common cells; bounds are tight or wide, sums may lack.
   */
  AlignedCounts counted(SplittableRandom random) {
    double[] all = Arrays.stream(union()).distinct().toArray();
    AlignedCounts.Builder cells = AlignedCounts.builder(all.length);
    double end = Double.NEGATIVE_INFINITY;
    int from = 0;
    while (from < all.length) {
      int to = Math.min(all.length - 1, from + random.nextInt(8));
      double low = all[from];
      double high = all[to];
      boolean wide = to > from && random.nextBoolean();
      if (wide) {
        low = Math.max(end, low - random.nextDouble());
        high = to + 1 < all.length ? random.nextDouble(high, all[to + 1]) : high + 1;
      }
      long r = count(reference, all[from], all[to]);
      long w = count(window, all[from], all[to]);
      boolean sums = random.nextInt(4) > 0;
      cells.cell(
          low,
          high,
          r,
          w,
          sums ? sum(reference, all[from], all[to]) : Double.NaN,
          sums ? sum(window, all[from], all[to]) : Double.NaN);
      end = high;
      from = to + 1;
    }
    return cells.build();
  }

  private static long count(double[] values, double from, double to) {
    return Arrays.stream(values).filter(x -> x >= from && x <= to).count();
  }

  private static double sum(double[] values, double from, double to) {
    return Arrays.stream(values).filter(x -> x >= from && x <= to).sum();
  }
}
