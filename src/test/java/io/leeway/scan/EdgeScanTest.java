package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.EdgeSearch;
import io.leeway.profile.NumericGrid;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seed of all rows: 5. */
class EdgeScanTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("even double, skewed double, steps double, score double, state string");
  private static final List<String> NUMBERS = List.of("even", "skewed", "steps", "score");
  private static final List<Row> ROWS = rows();

  @TempDir private Path directory;

  private static List<Row> rows() {
    SplittableRandom random = new SplittableRandom(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double normal = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
      rows.add(
          RowFactory.create(
              i % 17 == 0 ? null : (Double) random.nextDouble(-1, 1),
              i % 19 == 0 ? Double.NaN : Math.exp(9 * normal),
              (double) random.nextInt(7),
              1 / (1 + Math.exp(-4 * normal)),
              i % 23 == 0 ? null : "s" + random.nextInt(40)));
    }
    return rows;
  }

  private Dataset<Row> table(int files) {
    String path = directory.resolve("t" + files).toString();
    LocalSpark.compiling()
        .createDataFrame(ROWS, SCHEMA)
        .repartition(files)
        .write()
        .format("delta")
        .save(path);
    return LocalSpark.compiling().read().format("delta").load(path);
  }

  private static Map<String, EdgeSearch> searches() {
    Map<String, EdgeSearch> searches = new TreeMap<>();
    for (String name : NUMBERS) {
      ColumnKind kind = name.equals("score") ? ColumnKind.SCORE : ColumnKind.NUMERIC;
      searches.put(name, new EdgeSearch(kind, 512));
    }
    return searches;
  }

  private static Map<String, CategoricalProfile> learn(
      Dataset<Row> table, Map<String, EdgeSearch> searches) {
    return learn(table, searches, 1L << 28);
  }

  private static Map<String, CategoricalProfile> learn(
      Dataset<Row> table, Map<String, EdgeSearch> searches, long stateMemory) {
    List<EdgeScan.Learned> columns = new ArrayList<>();
    searches.forEach((name, search) -> columns.add(new EdgeScan.Learned(name, name, search)));
    columns.add(new EdgeScan.Learned("state", "state", null));
    return EdgeScan.learn(table, columns, stateMemory);
  }

  /** Type 7 of Hyndman and Fan: linear between the order statistics around (n − 1) q. */
  private static double quantile(double[] sorted, double q) {
    double position = (sorted.length - 1) * q;
    int below = (int) Math.floor(position);
    double share = position - below;
    return share == 0 ? sorted[below] : sorted[below] + share * (sorted[below + 1] - sorted[below]);
  }

  @ParameterizedTest(name = "{0} files")
  @ValueSource(ints = {1, 2, 7})
  void decilesAreThoseOfAllRowsHoweverTheyAreSpread(int files) {
    Map<String, EdgeSearch> searches = searches();
    learn(table(files), searches);

    for (int column = 0; column < NUMBERS.size(); column++) {
      int place = column;
      double[] sorted =
          ROWS.stream()
              .filter(row -> !row.isNullAt(place) && Double.isFinite(row.getDouble(place)))
              .mapToDouble(row -> row.getDouble(place))
              .sorted()
              .toArray();
      EdgeSearch search = searches.get(NUMBERS.get(column));
      double[] deciles = search.grid().deciles();
      double[] expected =
          java.util.stream.IntStream.rangeClosed(1, 9)
              .mapToDouble(k -> quantile(sorted, k / 10.0))
              .distinct()
              .toArray();
      assertThat(deciles).hasSameSizeAs(expected);
      for (int i = 0; i < deciles.length; i++) {
        // The same formula, but interpolated from either end: two units in the last place.
        assertThat(deciles[i])
            .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(2 * Math.ulp(expected[i])));
      }
      assertThat(search.rows()).isEqualTo(sorted.length);
      assertThat(search.passes()).as(NUMBERS.get(column)).isLessThanOrEqualTo(3);
    }
  }

  /** The last time with so little memory that every pass counts one column only. */
  @Test
  void gridsAndDictionariesAreTheSameForEveryPartitioning() {
    Map<String, NumericGrid> first = new HashMap<>();
    CategoricalProfile states = null;
    for (int files : new int[] {1, 2, 7}) {
      Map<String, EdgeSearch> searches = searches();
      long memory = files == 7 ? 1 : 1L << 28;
      CategoricalProfile found = learn(table(files), searches, memory).get("state");
      for (String name : NUMBERS) {
        NumericGrid grid = searches.get(name).grid();
        assertThat(grid).isEqualTo(first.computeIfAbsent(name, n -> grid));
      }
      states = states == null ? found : states;
      assertThat(found).isEqualTo(states);
    }
    Map<String, Long> expected = new TreeMap<>();
    ROWS.stream()
        .filter(row -> !row.isNullAt(4))
        .forEach(row -> expected.merge(row.getString(4), 1L, Long::sum));
    assertThat(states.byName()).isEqualTo(expected);
    assertThat(states.nulls()).isEqualTo(ROWS.stream().filter(row -> row.isNullAt(4)).count());
  }

  @Test
  void anEmptyTableTeachesNothing() {
    Map<String, EdgeSearch> searches = searches();
    Map<String, CategoricalProfile> found =
        learn(LocalSpark.compiling().createDataFrame(List.of(), SCHEMA), searches);

    assertThat(found.get("state").n()).isZero();
    assertThat(searches.values()).allSatisfy(search -> assertThat(search.rows()).isZero());
  }
}
