package io.leeway.simulate;

import java.util.List;

/** Values with shares that add up to 1; a uniform number in (0, 1) picks one. */
final class Categories<T> {
  private final List<T> values;
  private final double[] upTo;

  Categories(List<T> values, double... shares) {
    if (values.size() != shares.length) {
      throw new IllegalArgumentException(
          values.size() + " values need as many shares, but there are " + shares.length + ".");
    }
    this.values = List.copyOf(values);
    this.upTo = new double[shares.length];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i];
      upTo[i] = sum;
    }
    if (Math.abs(sum - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "The shares of " + values + " must add up to 1, but add up to " + sum + ".");
    }
  }

  T at(double uniform) {
    int i = 0;
    while (i < upTo.length - 1 && uniform >= upTo[i]) {
      i++;
    }
    return values.get(i);
  }
}
