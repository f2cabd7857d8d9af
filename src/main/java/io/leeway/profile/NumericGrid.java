package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import io.leeway.stats.Outcome;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The frozen bins of one numeric or score column, and the fixed-point scales of its sums.
 *
 * <p>Edges ascend strictly; bin {@code b} holds the values that are at or above exactly {@code b}
 * edges, so bin 0 lies under the first edge and the last bin at or over the last one. A bin between
 * {@code v} and the next double after {@code v} is a point bin: it holds one value. Coarse bins are
 * runs of neighbouring bins.
 *
 * <p>Sums of values are kept in units of 2<sup>-sumExponent</sup>, sums of squares about {@link
 * #center} in units of 2<sup>-squareExponent</sup>.
 */
public final class NumericGrid implements Grid<NumericProfile> {
  private static final long serialVersionUID = 1L;

  /** Where rows fall is noted in 16 bits ({@link PlacedValues}). */
  private static final int MOST_BINS = Short.MAX_VALUE;

  private final ColumnKind kind;
  private final double[] edges;
  private final double[] deciles;
  private final int[] coarse;
  private final double center;
  private final int sumExponent;
  private final int squareExponent;
  private final int exactLimit;
  private transient BinLookup lookup;
  private transient double sumFactor;
  private transient double squareFactor;

  /**
   * @param deciles the reference's quantiles 0.1 … 0.9, ascending, each at most once; all of them
   *     are edges
   * @param coarse coarse bin of every bin: starts at 0, rises by 0 or 1
   * @param exactLimit up to how many distinct values a profile keeps them all
   */
  public NumericGrid(
      ColumnKind kind,
      double[] edges,
      double[] deciles,
      int[] coarse,
      double center,
      int sumExponent,
      int squareExponent,
      int exactLimit) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.edges = edges.clone();
    this.deciles = deciles.clone();
    this.coarse = coarse.clone();
    this.center = center;
    this.sumExponent = sumExponent;
    this.squareExponent = squareExponent;
    this.exactLimit = exactLimit;
    check();
    prepare();
  }

  private void prepare() {
    lookup = new BinLookup(edges);
    sumFactor = FixedPoint.factor(sumExponent);
    squareFactor = FixedPoint.factor(squareExponent);
  }

  /**
   * The grid of a column without any value in the reference: nothing can be held against it. An
   * operational column has its ladder all the same.
   */
  public static NumericGrid withoutReference(ColumnKind kind, int exactLimit) {
    int exponentOfUnits = FixedPoint.exponentFor(1, 30);
    double[] edges = kind == ColumnKind.OPERATIONAL ? LogLadder.edges() : new double[] {0};
    int bins = edges.length + 1;
    int coarseBins = Math.min(GridMaker.COARSE_BINS, bins);
    return new NumericGrid(
        kind,
        edges,
        new double[0],
        IntStream.range(0, bins).map(bin -> bin * coarseBins / bins).toArray(),
        0,
        exponentOfUnits,
        exponentOfUnits,
        exactLimit);
  }

  /**
   * Bins for probabilities whatever the reference held: by two hundredths, their sums kept by
   * tenths.
   *
   * @param exactLimit up to how many distinct values a profile keeps them all
   */
  public static NumericGrid ofProbabilities(int exactLimit) {
    TreeSet<Double> edges = new TreeSet<>(List.of(0.0, Math.nextUp(1.0)));
    for (int k = 1; k < 200; k++) {
      edges.add(k % 20 == 0 ? GridMaker.tenth(k / 20) : k / 200.0);
    }
    double[] ascending = edges.stream().mapToDouble(Double::doubleValue).toArray();
    int[] coarse = new int[ascending.length + 1];
    return new NumericGrid(
            ColumnKind.SCORE, ascending, new double[0], coarse, 0.5, 52, 52, exactLimit)
        .withTenths();
  }

  /** Bins for 0 and 1. */
  public static NumericGrid ofIndicators() {
    return new NumericGrid(
        ColumnKind.NUMERIC, new double[] {0, 1}, new double[0], new int[] {0, 0, 1}, 0, 40, 40, 2);
  }

  /** A bin for each of the groups that {@link FeatureGroups} tells apart. */
  public static NumericGrid ofGroups() {
    int groups = JointGrid.MISSING;
    return new NumericGrid(
        ColumnKind.NUMERIC,
        IntStream.range(1, groups).asDoubleStream().toArray(),
        new double[0],
        IntStream.range(0, groups).toArray(),
        0,
        40,
        40,
        groups);
  }

  /** A single bin for losses, of which only the sums count; they are rounded to 2^-50. */
  public static NumericGrid ofLosses() {
    return new NumericGrid(
        ColumnKind.NUMERIC, new double[] {0}, new double[0], new int[] {0, 0}, 0, 50, 50, 1);
  }

  /** A single bin, about 0, for how large values of this column are whatever their sign. */
  public NumericGrid ofMagnitudes() {
    double most = Math.max(Math.abs(edges[0]), Math.abs(edges[edges.length - 1]));
    return new NumericGrid(
        ColumnKind.NUMERIC, new double[] {most}, new double[0], new int[] {0, 0}, 0, 50, 50, 1);
  }

  /** The same bins, with sums kept by coarse bins of which none crosses a tenth. */
  public NumericGrid withTenths() {
    TreeSet<Double> tenths = new TreeSet<>();
    for (int k = 1; k <= 9; k++) {
      tenths.add(GridMaker.tenth(k));
    }
    int[] finer = new int[coarse.length];
    for (int bin = 1; bin < finer.length; bin++) {
      boolean starts = coarse[bin] != coarse[bin - 1] || tenths.contains(edges[bin - 1]);
      finer[bin] = finer[bin - 1] + (starts ? 1 : 0);
    }
    return new NumericGrid(
        kind, edges, deciles, finer, center, sumExponent, squareExponent, exactLimit);
  }

  /** The edges at which coarse bins begin, ascending; between them sums are known. */
  public double[] coarseEdges() {
    return IntStream.range(1, coarse.length)
        .filter(bin -> coarse[bin] != coarse[bin - 1])
        .mapToDouble(bin -> edges[bin - 1])
        .toArray();
  }

  /** The bins of the same values where those above {@code cap}, a finite one, are cut to it. */
  public NumericGrid cappedAt(double cap) {
    int below = bin(cap);
    boolean known = hasEdge(cap);
    double[] cut = Arrays.copyOf(edges, known ? below + 1 : below + 2);
    int[] cutCoarse = Arrays.copyOf(coarse, cut.length + 1);
    if (!known) {
      cut[below] = cap;
    }
    cut[cut.length - 1] = Math.nextUp(cap);
    Arrays.fill(cutCoarse, below + 1, cutCoarse.length, coarse[below]);
    return new NumericGrid(
        kind,
        cut,
        Arrays.stream(deciles).filter(decile -> decile <= cap).toArray(),
        cutCoarse,
        center,
        sumExponent,
        squareExponent,
        exactLimit);
  }

  /** The same bins for a reference without any value. */
  public NumericGrid withoutDeciles(int newExactLimit) {
    return new NumericGrid(
        kind, edges, new double[0], coarse, center, sumExponent, squareExponent, newExactLimit);
  }

  /**
   * The finest grid that profiles of both can be told on: the edges of both, and of the coarse bins
   * those ends that both have. Undefined where their sums do not add up, or where neither has the
   * other's deciles, so that they have little in common.
   */
  Outcome<NumericGrid> common(NumericGrid other) {
    if (equals(other)) {
      return Outcome.of(this);
    }
    if (kind != other.kind
        || Double.compare(center, other.center) != 0
        || sumExponent != other.sumExponent
        || squareExponent != other.squareExponent) {
      return Outcome.undefined(
          "Some of its rows were counted on bins with other scales, so they do not add up.");
    }
    double[] both = Arrays.stream(edges).filter(other::hasEdge).toArray();
    Optional<double[]> shared =
        Stream.of(deciles, other.deciles)
            .filter(of -> of.length > 0)
            .filter(of -> Arrays.stream(of).allMatch(d -> hasEdge(d) && other.hasEdge(d)))
            .findFirst();
    if (shared.isEmpty()) {
      return Outcome.undefined(
          "Some of its rows were counted on bins that do not refine those of the others.");
    }
    double[] ends =
        Arrays.stream(both).filter(e -> startsCoarseBin(e) && other.startsCoarseBin(e)).toArray();
    BinLookup coarseBins = new BinLookup(ends);
    int[] commonCoarse = new int[both.length + 1];
    for (int bin = 1; bin < commonCoarse.length; bin++) {
      commonCoarse[bin] = coarseBins.bin(both[bin - 1]);
    }
    return Outcome.of(
        new NumericGrid(
            kind,
            both,
            shared.get(),
            commonCoarse,
            center,
            sumExponent,
            squareExponent,
            Math.min(exactLimit, other.exactLimit)));
  }

  private boolean startsCoarseBin(double edge) {
    int bin = bin(edge);
    return coarse[bin] != coarse[bin - 1];
  }

  private void check() {
    if (kind == ColumnKind.CATEGORICAL) {
      throw new IllegalArgumentException("A categorical column has a dictionary, not bins.");
    }
    if (coarse.length > MOST_BINS) {
      throw new IllegalArgumentException(
          "A grid has at most " + MOST_BINS + " bins, not " + coarse.length + ".");
    }
    for (int i = 0; i < edges.length; i++) {
      if (!Double.isFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) {
        throw new IllegalArgumentException(
            "Edge " + i + " is " + edges[i] + "; edges must be finite and ascend strictly.");
      }
    }
    for (double decile : deciles) {
      if (Arrays.binarySearch(edges, decile) < 0) {
        throw new IllegalArgumentException("The decile " + decile + " is not an edge.");
      }
    }
    if (coarse.length != edges.length + 1 || coarse[0] != 0) {
      throw new IllegalArgumentException("Every bin needs its coarse bin, and the first one is 0.");
    }
    for (int bin = 1; bin < coarse.length; bin++) {
      if (coarse[bin] != coarse[bin - 1] && coarse[bin] != coarse[bin - 1] + 1) {
        throw new IllegalArgumentException(
            "Bin "
                + bin
                + " lies in coarse bin "
                + coarse[bin]
                + " after "
                + coarse[bin - 1]
                + "; coarse bins are runs of neighbours.");
      }
    }
    if (!Double.isFinite(center) || exactLimit < 1) {
      throw new IllegalArgumentException(
          "The centre must be finite and the limit of exact values positive, not "
              + center
              + " and "
              + exactLimit
              + ".");
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    prepare();
  }

  @Override
  public NumericProfile rebuild(StoredProfile stored) {
    return NumericProfile.of(this, stored);
  }

  @Override
  public NumericTally tally(BinDetail detail) {
    return new NumericTally(this, detail);
  }

  public ColumnKind kind() {
    return kind;
  }

  /** Number of bins: one more than edges. */
  public int bins() {
    return edges.length + 1;
  }

  public int coarseBins() {
    return coarse[coarse.length - 1] + 1;
  }

  /** The bin of a finite value. */
  public int bin(double value) {
    return lookup.bin(value);
  }

  /** A value in units of the sum scale, or a mark for values too large to be summed. */
  public long units(double value) {
    return FixedPoint.units(value, sumFactor);
  }

  /**
   * The squared distance to the centre in units of its scale, or a mark for what is too large to be
   * summed.
   */
  public long squareUnits(double value) {
    double deviation = value - center;
    return FixedPoint.units(deviation * deviation, squareFactor);
  }

  /** Whether the grid has an edge at exactly this value. */
  public boolean hasEdge(double value) {
    return Arrays.binarySearch(edges, value + 0.0) >= 0;
  }

  /** Whether profiles also count, value by value, the rows with a positive decision. */
  public boolean splitByDecision() {
    return kind == ColumnKind.SCORE;
  }

  public int coarse(int bin) {
    return coarse[bin];
  }

  /** The least value that a bin can hold; negative infinity for the first. */
  public double low(int bin) {
    return bin == 0 ? Double.NEGATIVE_INFINITY : edges[bin - 1];
  }

  /** The greatest value that a bin can hold; positive infinity for the last. */
  public double high(int bin) {
    return bin == edges.length ? Double.POSITIVE_INFINITY : Math.nextDown(edges[bin]);
  }

  public double[] edges() {
    return edges.clone();
  }

  public double[] deciles() {
    return deciles.clone();
  }

  public int[] coarseOfBins() {
    return coarse.clone();
  }

  /** The coarse bin of every bin: the array of the grid itself, not to be changed. */
  int[] coarse() {
    return coarse;
  }

  public double center() {
    return center;
  }

  public int sumExponent() {
    return sumExponent;
  }

  public int squareExponent() {
    return squareExponent;
  }

  public int exactLimit() {
    return exactLimit;
  }

  /** Profiles add up where their grids are equal. */
  @Override
  public boolean equals(Object object) {
    if (object == this) {
      return true;
    }
    return object instanceof NumericGrid other
        && kind == other.kind
        && Arrays.equals(edges, other.edges)
        && Arrays.equals(deciles, other.deciles)
        && Arrays.equals(coarse, other.coarse)
        && Double.compare(center, other.center) == 0
        && sumExponent == other.sumExponent
        && squareExponent == other.squareExponent
        && exactLimit == other.exactLimit;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        kind,
        Arrays.hashCode(edges),
        Arrays.hashCode(deciles),
        Arrays.hashCode(coarse),
        center,
        sumExponent,
        squareExponent,
        exactLimit);
  }
}
