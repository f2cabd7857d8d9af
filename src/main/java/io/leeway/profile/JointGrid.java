package io.leeway.profile;

import io.leeway.stats.inference.Normal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * On what several columns are counted together: each numeric column by the normal score of its
 * coarse bin, a missing number by 0, and the model's score by its own value. All of it follows from
 * the grids of the columns.
 *
 * <p>The normal score of coarse bin {@code c} of {@code C} is the standard normal quantile of
 * {@code (c + 1/2) / C}, as a multiple of 2<sup>-{@value #SCORE_BITS}</sup>. Above {@value
 * #MOST_VARIABLES} columns so many frozen random projections stand for them: sums of all scores,
 * each with a sign that follows from the names, over the root of their number.
 */
public final class JointGrid implements Grid<JointProfile> {
  private static final long serialVersionUID = 1L;

  /** Columns whose moments are counted one by one; more are projected on so many sums. */
  public static final int MOST_VARIABLES = 32;

  /** Groups of the rows by one column: coarse bins or categories, and one for missing values. */
  static final int GROUPS = 33;

  static final int MISSING = GROUPS - 1;

  static final int SCORE_BITS = 10;

  /** Of a projection: four standard deviations. */
  private static final int MOST_UNITS = 4 << SCORE_BITS;

  /** The model's score in units of its own, so that squares of 256 rows fit a long by far. */
  private static final int OUTPUT_BITS = 15;

  private static final double MOST_OUTPUT_UNITS = 1 << 18;

  /** A column of numbers and its bins. */
  public record Numeric(String column, NumericGrid bins) implements Serializable {}

  /** A column of categories and its dictionary. */
  public record Categorical(String column, Categories dictionary) implements Serializable {}

  /** What is added up. */
  public enum Keeps {
    /** Of every pair of variables the sum of their product. */
    MOMENTS,
    /** By groups of every feature the rows and the sum of the model's score. */
    GROUPS
  }

  private final Keeps keeps;
  private final ArrayList<Numeric> numeric;
  private final ArrayList<Categorical> categorical;
  private final Numeric output;
  private final int outputExponent;
  private transient int[][] units;
  private transient int[][] signs;

  /**
   * @param numeric the numeric features
   * @param categorical those by which the score is told, too
   * @param output the model's score, if there is one
   */
  public JointGrid(
      Keeps keeps, List<Numeric> numeric, List<Categorical> categorical, Optional<Numeric> output) {
    this.keeps = keeps;
    this.numeric = new ArrayList<>(numeric);
    this.categorical = new ArrayList<>(categorical);
    this.output = output.orElse(null);
    this.outputExponent = output.map(of -> outputExponent(of.bins())).orElse(0);
    if (keeps == Keeps.MOMENTS ? numeric.isEmpty() : output.isEmpty()) {
      throw new IllegalArgumentException(
          "Moments need a numeric column, and groups a score to be told by.");
    }
  }

  @Override
  public List<String> needs() {
    return Stream.concat(features().stream(), output().stream()).toList();
  }

  @Override
  public JointProfile rebuild(StoredProfile stored) {
    return JointProfile.of(this, stored);
  }

  @Override
  public JointTally tally(BinDetail detail) {
    return tally();
  }

  /** Adds rows and profiles up, of no rows yet. */
  public JointTally tally() {
    return new JointTally(this);
  }

  /** Names of the numeric columns. */
  public List<String> numeric() {
    return numeric.stream().map(Numeric::column).toList();
  }

  /** Names of the categorical columns. */
  public List<String> categorical() {
    return categorical.stream().map(Categorical::column).toList();
  }

  /** Names of all features by which the score is told: the numeric columns, then the others. */
  public List<String> features() {
    return Stream.concat(numeric().stream(), categorical().stream()).toList();
  }

  /** Name of the column that holds the model's score. */
  public Optional<String> output() {
    return Optional.ofNullable(output).map(Numeric::column);
  }

  /** Whether there is a score among the variables. */
  public boolean hasOutput() {
    return output != null;
  }

  /** What is added up. */
  public Keeps keeps() {
    return keeps;
  }

  /** Whether the variables are projections, so that none of them is a column. */
  public boolean isProjected() {
    return numeric.size() > MOST_VARIABLES;
  }

  /** Variables that are normal scores or projections. */
  public int inputs() {
    return Math.min(numeric.size(), MOST_VARIABLES);
  }

  /** All variables: the constant 1, the inputs, and the score if there is one. */
  int variables() {
    return 1 + inputs() + (hasOutput() ? 1 : 0);
  }

  /** Number of moments: of every pair of variables, each with itself, too. */
  int moments() {
    return keeps == Keeps.MOMENTS ? moment(0, variables()) : 0;
  }

  /** The place of a moment of two variables; {@code i <= j}. */
  static int moment(int i, int j) {
    return j * (j + 1) / 2 + i;
  }

  /** Places for what is kept by groups of rows. */
  int groups() {
    return keeps == Keeps.GROUPS ? GROUPS * (numeric.size() + categorical.size()) : 0;
  }

  /** What a variable's unit is worth: moments are sums of products of units. */
  double unit(int variable) {
    if (variable == 0) {
      return 1;
    }
    return Math.scalb(1.0, variable <= inputs() ? -SCORE_BITS : -outputExponent);
  }

  /** From where the score is counted. */
  public double outputCenter() {
    return output.bins().center();
  }

  /** Scores are rounded to multiples of this, about the centre. */
  public double outputUnit() {
    return unit(variables() - 1);
  }

  /** So that what is ordinary of the reference has {@value #OUTPUT_BITS} bits. */
  private static int outputExponent(NumericGrid bins) {
    double[] edges = bins.edges();
    double reach =
        Math.max(
            Math.abs(edges[0] - bins.center()), Math.abs(edges[edges.length - 1] - bins.center()));
    return FixedPoint.exponentFor(reach, OUTPUT_BITS);
  }

  /** A finite score in units, or {@link FixedPoint#TOO_LARGE}. */
  long outputUnits(double value) {
    double of = Math.rint(Math.scalb(value - output.bins().center(), outputExponent));
    return Math.abs(of) <= MOST_OUTPUT_UNITS ? (long) of : FixedPoint.TOO_LARGE;
  }

  /** The normal score, in units, of every bin of a numeric column. */
  int[] unitsOfBins(int column) {
    if (units == null) {
      units = numeric.stream().map(of -> unitsOfBins(of.bins())).toArray(int[][]::new);
    }
    return units[column];
  }

  private static int[] unitsOfBins(NumericGrid grid) {
    int[] ofBins = new int[grid.bins()];
    for (int bin = 0; bin < ofBins.length; bin++) {
      double below = (grid.coarse(bin) + 0.5) / grid.coarseBins();
      ofBins[bin] = (int) Math.rint(Math.scalb(Normal.quantile(below), SCORE_BITS));
    }
    return ofBins;
  }

  NumericGrid numericGrid(int column) {
    return numeric.get(column).bins();
  }

  /** The group of a category of a categorical column; {@code null} is a missing one. */
  int group(int column, String category) {
    if (category == null) {
      return MISSING;
    }
    Categories dictionary = categorical.get(column).dictionary();
    int code = dictionary.code(category);
    int named = MISSING - 1;
    if (code < 0) {
      return named;
    }
    return dictionary.size() <= named
        ? code
        : (int) Long.remainderUnsigned(HashOrder.hash(category), named);
  }

  /**
   * One row's projections.
   *
   * @param scores of all numeric columns, in units
   * @param into where the projections go
   */
  void project(int[] scores, int[] into) {
    if (signs == null) {
      signs = signs();
    }
    double root = Math.sqrt(scores.length);
    for (int to = 0; to < MOST_VARIABLES; to++) {
      int sum = 0;
      for (int from = 0; from < scores.length; from++) {
        sum += signs[to][from] * scores[from];
      }
      int scaled = (int) Math.rint(sum / root);
      into[to] = Math.max(-MOST_UNITS, Math.min(MOST_UNITS, scaled));
    }
  }

  private int[][] signs() {
    int[][] of = new int[MOST_VARIABLES][numeric.size()];
    for (int to = 0; to < MOST_VARIABLES; to++) {
      for (int from = 0; from < numeric.size(); from++) {
        of[to][from] = (HashOrder.hash(to + "/" + numeric.get(from).column()) & 1) == 0 ? 1 : -1;
      }
    }
    return of;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof JointGrid other
        && keeps == other.keeps
        && numeric.equals(other.numeric)
        && categorical.equals(other.categorical)
        && Objects.equals(output, other.output);
  }

  @Override
  public int hashCode() {
    return Objects.hash(keeps, numeric, categorical, output);
  }
}
