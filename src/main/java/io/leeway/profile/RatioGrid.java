package io.leeway.profile;

import java.io.Serializable;
import java.util.List;

/**
 * How two numbers of a row are added up for the ratio of their sums: their squares and their
 * product about centres, all rounded as the grids of the two columns say.
 *
 * @param numerator name of the column above the line
 * @param x how its numbers are rounded
 * @param denominator name of the column below the line
 * @param y how its numbers are rounded
 */
public record RatioGrid(String numerator, Scale x, String denominator, Scale y)
    implements Grid<RatioProfile> {
  /** About what a column's squares are taken, and how finely it is rounded. */
  public record Scale(double center, int sumExponent, int squareExponent) implements Serializable {
    static Scale of(NumericGrid grid) {
      return new Scale(grid.center(), grid.sumExponent(), grid.squareExponent());
    }
  }

  /** Of two columns, by their grids. */
  public static RatioGrid of(String numerator, NumericGrid x, String denominator, NumericGrid y) {
    return new RatioGrid(numerator, Scale.of(x), denominator, Scale.of(y));
  }

  /** What fits as both squares does so as a product. */
  int productExponent() {
    return Math.floorDiv(x.squareExponent + y.squareExponent, 2);
  }

  @Override
  public List<String> needs() {
    return List.of(numerator, denominator);
  }

  @Override
  public RatioProfile rebuild(StoredProfile stored) {
    return RatioProfile.of(this, stored);
  }

  @Override
  public RatioTally tally(BinDetail detail) {
    return tally();
  }

  /** Of no rows yet. */
  public RatioTally tally() {
    return new RatioTally(this);
  }
}
