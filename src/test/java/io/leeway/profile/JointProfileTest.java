package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import io.leeway.profile.JointGrid.Keeps;
import io.leeway.stats.inference.Normal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JointProfileTest extends MergeLawTest<JointProfile> {
  /** Rows of numbers, a category and a score; NaN and null are missing. */
  @SuppressWarnings("ArrayRecordComponent") // Made once, never compared.
  private record Table(double[][] numbers, String[] categories, double[] scores) {
    static Table random(long seed, int rows, int columns) {
      SplittableRandom random = new SplittableRandom(seed);
      double[][] numbers = new double[columns][rows];
      String[] categories = new String[rows];
      double[] scores = new double[rows];
      for (int row = 0; row < rows; row++) {
        double common = random.nextDouble();
        for (int column = 0; column < columns; column++) {
          boolean missing = random.nextInt(20) == 0;
          numbers[column][row] = missing ? Double.NaN : common + random.nextDouble();
        }
        int category = random.nextInt(4);
        categories[row] = category == 3 ? null : "c" + category;
        scores[row] = random.nextInt(30) == 0 ? Double.NaN : common / 2 + 0.25;
      }
      return new Table(numbers, categories, scores);
    }

    JointGrid grid(Keeps keeps) {
      List<JointGrid.Numeric> numeric =
          IntStream.range(0, numbers.length)
              .mapToObj(
                  column ->
                      new JointGrid.Numeric(
                          "x" + column,
                          NumericRows.grid(ColumnKind.NUMERIC, 4, finite(numbers[column]))))
              .toList();
      // c2 is not in the dictionary.
      Categories dictionary = new Categories(List.of("c0", "c1"), 10);
      return new JointGrid(
          keeps,
          numeric,
          List.of(new JointGrid.Categorical("c", dictionary)),
          Optional.of(
              new JointGrid.Numeric(
                  "score", NumericRows.grid(ColumnKind.SCORE, 4, finite(scores)))));
    }

    private static double[] finite(double[] values) {
      return Arrays.stream(values).filter(Double::isFinite).toArray();
    }

    JointProfile profile(JointGrid grid, int[] rows) {
      JointTally tally = grid.tally();
      tally.add(noted(grid), rows, 0, rows.length);
      return tally.profile();
    }

    private JointRows noted(JointGrid grid) {
      JointRows block = new JointRows(grid);
      int size = scores.length;
      PlacedValues placed = new PlacedValues();
      for (int column = 0; column < numbers.length; column++) {
        placed.turnTo(
            grid.numericGrid(column), numbers[column], new boolean[size], new int[size], 0, size);
        block.noteNumbers(column, placed);
      }
      List<String> texts = List.of("c0", "c1", "c2");
      int[] codes =
          Arrays.stream(categories).mapToInt(of -> of == null ? -1 : texts.indexOf(of)).toArray();
      block.noteTexts(0, codes, texts::get, 0, size);
      placed.turnTo(
          NumericRows.grid(ColumnKind.SCORE, 4, finite(scores)),
          scores,
          new boolean[size],
          new int[size],
          0,
          size);
      block.noteOutput(placed);
      return block;
    }
  }

  @Override
  Stream<Rows<JointProfile>> rows() {
    return Stream.of(Keeps.values())
        .flatMap(keeps -> Stream.of(rows(1, 3, keeps), rows(2, 34, keeps)));
  }

  private static Rows<JointProfile> rows(long seed, int columns, Keeps keeps) {
    Table table = Table.random(seed, 700, columns);
    JointGrid grid = table.grid(keeps);
    return new Rows<>(
        columns + " columns, " + keeps,
        seed,
        table.scores.length,
        rows -> table.profile(grid, rows),
        UnaryOperator.identity(),
        grid::rebuild);
  }

  /** Against products of rounded normal scores, row by row in exact integers. */
  @Test
  void momentsAreSumsOfProducts() {
    Table table = Table.random(5, 900, 3);
    JointGrid grid = table.grid(Keeps.MOMENTS);
    int[] all = IntStream.range(0, 900).toArray();
    JointProfile profile = table.profile(grid, all);

    double[][] variables = new double[5][900];
    boolean[] counted = new boolean[900];
    int n = 0;
    for (int row = 0; row < 900; row++) {
      counted[row] = !Double.isNaN(table.scores[row]);
      n += counted[row] ? 1 : 0;
      variables[0][row] = 1;
      variables[4][row] = table.scores[row];
      for (int column = 0; column < 3; column++) {
        NumericGrid bins = grid.numericGrid(column);
        double value = table.numbers[column][row];
        double below =
            Double.isNaN(value) ? 0.5 : (bins.coarse(bins.bin(value)) + 0.5) / bins.coarseBins();
        variables[column + 1][row] = Math.rint(1024 * Normal.quantile(below)) / 1024;
      }
    }
    assertThat(profile.rows()).isEqualTo(900);
    assertThat(profile.n()).isEqualTo(n);
    assertThat(profile.nulls()).isEqualTo(900 - n);
    double center = grid.outputCenter();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        double expected = 0;
        for (int row = 0; row < 900; row++) {
          double left = variables[i][row] - (i == 4 ? center : 0);
          double right = variables[j][row] - (j == 4 ? center : 0);
          expected += counted[row] ? left * right : 0;
        }
        // A score is rounded by half of 2^-15 of its range at most, once in a row; normal scores
        // of 32 bins are below 2.2, scores and their distances below 1.
        double bound = i == 4 || j == 4 ? 900 * 2.2 * Math.scalb(1.0, -15) : 1e-9;
        assertThat(profile.moment(i, j)).as("%d, %d", i, j).isCloseTo(expected, within(bound));
      }
    }
  }

  @Test
  void rowsAndScoresByCategoryAreThoseOfTheRows() {
    Table table = Table.random(6, 500, 2);
    JointGrid grid = table.grid(Keeps.GROUPS);
    JointProfile profile = table.profile(grid, IntStream.range(0, 500).toArray());

    assertThat(grid.features()).containsExactly("x0", "x1", "c");
    double[] rows = profile.groupRows(2);
    double[] sums = profile.groupSums(2);
    String[] named = {"c0", "c1"};
    for (int group = 0; group < named.length; group++) {
      String name = named[group];
      int[] of =
          IntStream.range(0, 500)
              .filter(row -> name.equals(table.categories[row]))
              .filter(row -> !Double.isNaN(table.scores[row]))
              .toArray();
      double sum = Arrays.stream(of).mapToDouble(row -> table.scores[row]).sum();
      double squares =
          Arrays.stream(of)
              .mapToDouble(row -> Math.pow(table.scores[row] - grid.outputCenter(), 2))
              .sum();
      assertThat(profile.groupSquares(2)[group])
          .isCloseTo(squares, within(of.length * Math.scalb(1.0, -14)));
      assertThat(rows[group]).isEqualTo(of.length);
      assertThat(sums[group] + of.length * grid.outputCenter())
          .isCloseTo(sum, within(of.length * Math.scalb(1.0, -15)));
    }
    assertThat(Arrays.stream(rows).sum()).isEqualTo((double) profile.n());
    assertThat(rows[JointGrid.MISSING]).as("no category").isPositive();
    assertThat(rows[JointGrid.MISSING - 1]).as("not in the dictionary").isPositive();
  }

  /** 40 columns that share a part are still seen as close by their projections' spread. */
  @Test
  void manyColumnsAreProjected() {
    Table table = Table.random(8, 600, 40);
    JointGrid grid = table.grid(Keeps.MOMENTS);
    JointProfile profile = table.profile(grid, IntStream.range(0, 600).toArray());

    assertThat(grid.isProjected()).isTrue();
    assertThat(profile.variables()).isEqualTo(1 + JointGrid.MOST_VARIABLES + 1);
    // The trace of a covariance is kept on average by projections with random signs.
    double trace = 0;
    for (int i = 1; i <= JointGrid.MOST_VARIABLES; i++) {
      double mean = profile.moment(0, i) / profile.n();
      trace += profile.moment(i, i) / (double) profile.n() - mean * mean;
    }
    assertThat(trace / JointGrid.MOST_VARIABLES).isBetween(0.5, 1.5);
  }

  @Test
  void aScoreFarBeyondTheReferenceIsCountedApart() {
    NumericGrid bins = NumericRows.grid(ColumnKind.NUMERIC, 4, 1, 2, 3, 4);
    NumericGrid scores = NumericRows.grid(ColumnKind.SCORE, 4, 10, 11, 12);
    JointGrid grid =
        new JointGrid(
            Keeps.MOMENTS,
            List.of(new JointGrid.Numeric("x", bins)),
            List.of(),
            Optional.of(new JointGrid.Numeric("y", scores)));
    JointRows block = new JointRows(grid);
    PlacedValues placed = new PlacedValues();
    placed.turnTo(bins, new double[] {1, 2}, new boolean[2], new int[2], 0, 2);
    block.noteNumbers(0, placed);
    placed.turnTo(scores, new double[] {11, 1e9}, new boolean[2], new int[2], 0, 2);
    block.noteOutput(placed);
    JointTally tally = grid.tally();
    tally.add(block, new int[] {0, 1}, 0, 2);
    JointProfile profile = tally.profile();

    assertThat(profile.rows()).isEqualTo(2);
    assertThat(profile.n()).isEqualTo(1);
    assertThat(profile.overflows()).isEqualTo(1);
  }

  @Test
  void profilesOfOtherGridsAreRefused() {
    Table table = Table.random(1, 60, 2);
    Table other = Table.random(2, 60, 2);
    int[] all = IntStream.range(0, 60).toArray();
    JointProfile profile = table.profile(table.grid(Keeps.MOMENTS), all);
    JointProfile foreign = other.profile(other.grid(Keeps.MOMENTS), all);

    assertThatIllegalArgumentException().isThrownBy(() -> profile.merge(foreign));
    assertThat(profile.mergeOnCommon(foreign).reason()).isPresent();
    StoredProfile.Builder wrong = new StoredProfile.Builder(ColumnKind.JOINT);
    wrong.sumBins = new int[] {900};
    wrong.sums = new BigInteger[] {BigInteger.ONE};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.grid(Keeps.MOMENTS).rebuild(wrong.build()))
        .withMessageContaining("another grid");
  }
}
