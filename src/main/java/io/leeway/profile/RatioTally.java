package io.leeway.profile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up two numbers of every row, their squares and their product. A row that lacks either is
 * counted as such and in nothing else. Not safe for use by several threads.
 */
public final class RatioTally implements Tally<RatioProfile> {
  private final RatioGrid grid;
  private final double[] factors = new double[RatioProfile.SUMS];
  private final long[] units = new long[RatioProfile.SUMS];
  private final long[] high = new long[RatioProfile.SUMS];
  private final long[] low = new long[RatioProfile.SUMS];
  private long n;
  private long nulls;
  private long overflows;
  private boolean squaresKnown = true;

  RatioTally(RatioGrid grid) {
    this.grid = grid;
    for (int sum = 0; sum < factors.length; sum++) {
      factors[sum] = FixedPoint.factor(RatioProfile.exponent(grid, sum));
    }
  }

  /** Adds a row that lacks a number, or both. */
  public void addNull() {
    nulls++;
  }

  /** Adds a row; where either is no finite number, one that lacks it. */
  public void add(double x, double y) {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      nulls++;
      return;
    }
    n++;
    double dx = x - grid.x().center();
    double dy = y - grid.y().center();
    if (!isRounded(RatioProfile.X, x) || !isRounded(RatioProfile.Y, y)) {
      overflows++;
      return;
    }
    add(RatioProfile.X);
    add(RatioProfile.Y);
    squaresKnown &=
        isRounded(RatioProfile.XX, dx * dx)
            && isRounded(RatioProfile.XY, dx * dy)
            && isRounded(RatioProfile.YY, dy * dy);
    for (int sum = RatioProfile.XX; squaresKnown && sum < units.length; sum++) {
      add(sum);
    }
  }

  private void add(int sum) {
    low[sum] += FixedPoint.low(units[sum]);
    high[sum] += FixedPoint.high(units[sum]) + FixedPoint.carry(low[sum]);
    low[sum] = FixedPoint.low(low[sum]);
  }

  private boolean isRounded(int sum, double number) {
    units[sum] = FixedPoint.units(number, factors[sum]);
    return units[sum] != FixedPoint.TOO_LARGE;
  }

  @Override
  public void addAll(RatioProfile profile) {
    if (!grid.equals(profile.grid())) {
      throw new IllegalArgumentException("Sums of other scales do not add up.");
    }
    n += profile.n();
    nulls += profile.nulls();
    overflows += profile.overflows();
    squaresKnown &= profile.squaresKnown();
    for (int sum = 0; sum < high.length; sum++) {
      high[sum] += FixedPoint.highOf(profile.sums().get(sum));
      low[sum] += FixedPoint.lowOf(profile.sums().get(sum));
    }
  }

  @Override
  public RatioProfile profile() {
    List<BigInteger> sums = new ArrayList<>();
    for (int sum = 0; sum < high.length; sum++) {
      boolean known = squaresKnown || sum < RatioProfile.XX;
      sums.add(known ? FixedPoint.toInteger(high[sum], low[sum]) : BigInteger.ZERO);
    }
    return new RatioProfile(grid, n, nulls, overflows, squaresKnown, sums);
  }

  /** Heap held by this tally, in bytes, roughly. */
  public long bytes() {
    return 400;
  }
}
