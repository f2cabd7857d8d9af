package io.leeway.profile;

import io.leeway.stats.CrossMoments;
import io.leeway.stats.Outcome;
import java.util.Arrays;

/**
 * Several columns together in one segment: of every pair of variables the sum of their product, or
 * by groups of every feature the rows and the sum of the model's score, as {@link JointGrid.Keeps}
 * says. Immutable; equal states are equal objects.
 *
 * <p>Variable 0 is the constant 1, variables 1 … p are normal scores of numbers (or projections of
 * them), the last one is the score, counted from {@link JointGrid#outputCenter}, where there is
 * one.
 */
public final class JointProfile implements Profile<JointProfile> {
  private final JointGrid grid;
  private final long rows;
  private final long n;
  private final long nulls;
  private final long overflows;
  final long[] missing;
  final long[] momentHigh;
  final long[] momentLow;
  final long[] groupRows;
  final long[] groupHigh;
  final long[] groupLow;

  JointProfile(
      JointGrid grid,
      long rows,
      long n,
      long nulls,
      long overflows,
      long[] missing,
      long[] momentHigh,
      long[] momentLow,
      long[] groupRows,
      long[] groupHigh,
      long[] groupLow) {
    this.grid = grid;
    this.rows = rows;
    this.n = n;
    this.nulls = nulls;
    this.overflows = overflows;
    this.missing = missing;
    this.momentHigh = momentHigh;
    this.momentLow = momentLow;
    this.groupRows = groupRows;
    this.groupHigh = groupHigh;
    this.groupLow = groupLow;
  }

  static JointProfile of(JointGrid grid, StoredProfile stored) {
    return StoredJoint.read(grid, stored);
  }

  public JointGrid grid() {
    return grid;
  }

  @Override
  public long rows() {
    return rows;
  }

  /** Rows that are added up: those with a score, if there is one, else all. */
  @Override
  public long n() {
    return n;
  }

  /** Rows without a score. */
  @Override
  public long nulls() {
    return nulls;
  }

  /** Rows whose score is too far from the reference's to be multiplied. */
  public long overflows() {
    return overflows;
  }

  /** Rows of {@link #n} in which a numeric column has no value; there its normal score is 0. */
  public long missing(int column) {
    return missing[column];
  }

  /** Variables of the moments, the constant among them. */
  public int variables() {
    return grid.variables();
  }

  /** The sum over the rows of the product of two variables. */
  public double moment(int i, int j) {
    int at = JointGrid.moment(Math.min(i, j), Math.max(i, j));
    return FixedPoint.toDouble(momentHigh[at], momentLow[at], 0) * grid.unit(i) * grid.unit(j);
  }

  /** Rows by group of a feature. */
  public double[] groupRows(int feature) {
    int from = feature * JointGrid.GROUPS;
    return Arrays.stream(groupRows, from, from + JointGrid.GROUPS).asDoubleStream().toArray();
  }

  /** The sum of the score, counted from its centre, by group of a feature. */
  public double[] groupSums(int feature) {
    return sums(feature * JointGrid.GROUPS, grid.unit(grid.variables() - 1));
  }

  /** The sum of the score's square, counted from its centre, by group of a feature. */
  public double[] groupSquares(int feature) {
    double unit = grid.unit(grid.variables() - 1);
    return sums(groupRows.length + feature * JointGrid.GROUPS, unit * unit);
  }

  /** The sum of all scores, counted from their centre. */
  public double outputSum() {
    int last = grid.variables() - 1;
    return grid.keeps() == JointGrid.Keeps.MOMENTS
        ? moment(0, last)
        : Arrays.stream(groupSums(0)).sum();
  }

  /** The sum of the squares of all scores, counted from their centre. */
  public double outputSquares() {
    int last = grid.variables() - 1;
    return grid.keeps() == JointGrid.Keeps.MOMENTS
        ? moment(last, last)
        : Arrays.stream(groupSquares(0)).sum();
  }

  private double[] sums(int from, double unit) {
    double[] sums = new double[JointGrid.GROUPS];
    for (int group = 0; group < sums.length; group++) {
      sums[group] = FixedPoint.toDouble(groupHigh[from + group], groupLow[from + group], 0) * unit;
    }
    return sums;
  }

  /**
   * The moments of the inputs and, as the last variable, the score, if there is one.
   *
   * @param withOutput whether to tell the score, too
   */
  public CrossMoments crossMoments(boolean withOutput) {
    int variables = grid.inputs() + (withOutput ? 1 : 0);
    double[] sums = new double[variables];
    double[] products = new double[variables * (variables + 1) / 2];
    for (int i = 0; i < variables; i++) {
      sums[i] = moment(0, i + 1);
      for (int j = i; j < variables; j++) {
        products[CrossMoments.index(i, j, variables)] = moment(i + 1, j + 1);
      }
    }
    return CrossMoments.of(n, sums, products);
  }

  @Override
  public JointProfile merge(JointProfile other) {
    JointTally tally = grid.tally();
    tally.addAll(this);
    tally.addAll(other);
    return tally.profile();
  }

  @Override
  public Outcome<JointProfile> mergeOnCommon(JointProfile other) {
    return grid.equals(other.grid)
        ? Outcome.of(merge(other))
        : Outcome.undefined(
            "Some of its rows were counted on other bins, so moments do not add up.");
  }

  @Override
  public StoredProfile stored() {
    return StoredJoint.write(this);
  }

  private long[][] sums() {
    return new long[][] {
      {rows, n, nulls, overflows}, missing, momentHigh, momentLow, groupRows, groupHigh, groupLow
    };
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof JointProfile other
        && grid.equals(other.grid)
        && Arrays.deepEquals(sums(), other.sums());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(sums());
  }
}
