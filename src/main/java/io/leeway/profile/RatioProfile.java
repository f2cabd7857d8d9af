package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.RatioMean;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sums behind a ratio Σx/Σy of two numbers of every row. Immutable; equal states are equal
 * objects.
 *
 * @param n rows with both numbers, those too large among them
 * @param nulls rows that lack either
 * @param overflows rows of {@code n} with a number too large to be added up; they are in no sum
 * @param squaresKnown whether every square and product fitted; if not, these sums are 0
 * @param sums Σx, Σy, and about the grid's centres Σx², Σxy, Σy², each in units of its own scale
 */
public record RatioProfile(
    RatioGrid grid, long n, long nulls, long overflows, boolean squaresKnown, List<BigInteger> sums)
    implements Profile<RatioProfile> {
  static final int X = 0;
  static final int Y = 1;
  static final int XX = 2;
  static final int XY = 3;
  static final int YY = 4;
  static final int SUMS = 5;

  public RatioProfile {
    sums = List.copyOf(sums);
  }

  /**
   * From its stored form, in which {@code sums} are in the order of {@link #sums}, zeros left out,
   * and {@code exact} says whether squares are known.
   */
  static RatioProfile of(RatioGrid grid, StoredProfile stored) {
    if (stored.kind != ColumnKind.RATIO
        || Arrays.stream(stored.sumBins).anyMatch(sum -> sum >= SUMS)) {
      throw new IllegalArgumentException(
          "A stored profile of kind " + stored.kind + " holds no sums of a ratio.");
    }
    BigInteger[] sums = new BigInteger[SUMS];
    Arrays.fill(sums, BigInteger.ZERO);
    for (int i = 0; i < stored.sumBins.length; i++) {
      sums[stored.sumBins[i]] = stored.sums[i];
    }
    return new RatioProfile(
        grid, stored.n, stored.nulls, stored.overflows, stored.exact, List.of(sums));
  }

  /** By what power of two a sum's numbers are multiplied before they are rounded. */
  static int exponent(RatioGrid grid, int sum) {
    return switch (sum) {
      case X -> grid.x().sumExponent();
      case Y -> grid.y().sumExponent();
      case XX -> grid.x().squareExponent();
      case XY -> grid.productExponent();
      case YY -> grid.y().squareExponent();
      default -> throw new IllegalArgumentException("There is no sum " + sum + ".");
    };
  }

  @Override
  public long rows() {
    return n + nulls;
  }

  /** Σx; without the rows that are too large. */
  public double numerator() {
    return sum(X);
  }

  /** Σy; without the rows that are too large. */
  public double denominator() {
    return sum(Y);
  }

  private double sum(int of) {
    return Math.scalb(sums.get(of).doubleValue(), -exponent(grid, of));
  }

  /** By how many of its own standard errors the mean below the line is away from 0. */
  public double denominatorErrors() {
    double squares = ratio().sumYy();
    return squares == 0 || n < 2
        ? Double.POSITIVE_INFINITY
        : Math.abs(denominator()) / Math.sqrt(squares * n / (n - 1.0));
  }

  /** The ratio, with squares and products about the means; its error needs them known. */
  public RatioMean ratio() {
    double summed = n - overflows;
    double x = numerator() - summed * grid.x().center();
    double y = denominator() - summed * grid.y().center();
    return new RatioMean(
        n,
        numerator(),
        denominator(),
        summed == 0 ? 0 : Math.max(0, sum(XX) - x * x / summed),
        summed == 0 ? 0 : sum(XY) - x * y / summed,
        summed == 0 ? 0 : Math.max(0, sum(YY) - y * y / summed),
        overflows);
  }

  /**
   * How far a ratio of these sums can lie from that of the numbers: each was rounded by half a unit
   * at most, and doubles cost some units in the last place. Infinite where the denominator may be
   * 0.
   */
  public double ratioBound() {
    double ratio = Math.abs(numerator() / denominator());
    double roundings = (n - overflows) / 2.0;
    double ofX = Math.scalb(roundings, -exponent(grid, X));
    double ofY = Math.scalb(roundings, -exponent(grid, Y));
    double least = Math.abs(denominator()) - ofY;
    return least > 0
        ? (ofX + ratio * ofY) / least + 4 * Math.ulp(1.0) * ratio
        : Double.POSITIVE_INFINITY;
  }

  @Override
  public RatioProfile merge(RatioProfile other) {
    RatioTally tally = grid.tally();
    tally.addAll(this);
    tally.addAll(other);
    return tally.profile();
  }

  @Override
  public Outcome<RatioProfile> mergeOnCommon(RatioProfile other) {
    return grid.equals(other.grid)
        ? Outcome.of(merge(other))
        : Outcome.undefined(
            "Some of its rows were counted with other scales, so they do not add up.");
  }

  @Override
  public StoredProfile stored() {
    StoredProfile.Builder stored = new StoredProfile.Builder(ColumnKind.RATIO);
    stored.rows = rows();
    stored.n = n;
    stored.nulls = nulls;
    stored.overflows = overflows;
    stored.exact = squaresKnown;
    stored.sumBins = IntStream.range(0, SUMS).filter(sum -> sums.get(sum).signum() != 0).toArray();
    stored.sums = Arrays.stream(stored.sumBins).mapToObj(sums::get).toArray(BigInteger[]::new);
    return stored.build();
  }
}
