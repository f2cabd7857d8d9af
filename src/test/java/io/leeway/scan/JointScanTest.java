package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.profile.Categories;
import io.leeway.profile.JointGrid;
import io.leeway.profile.JointProfile;
import io.leeway.profile.NumericGrid;
import io.leeway.stats.inference.Normal;
import io.leeway.testing.LocalSpark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JointScanTest {
  /** Four coarse bins of two bins each; sums and squares in fine units. */
  private static final NumericGrid BINS = grid(ColumnKind.NUMERIC);

  private static final NumericGrid SCORES = grid(ColumnKind.SCORE);

  private static final List<MonitoredColumn> COLUMNS =
      List.of(
          MonitoredColumn.numeric("x", "x", BINS),
          MonitoredColumn.categorical("c", "c", new Categories(List.of("c0", "c1"), 9)),
          MonitoredColumn.numeric("y", "y", BINS),
          MonitoredColumn.numeric("score", "score", SCORES));

  private static final List<MonitoredColumn> TOGETHER = MonitoredColumn.together(COLUMNS);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private List<Row> rows;
  private Map<String, FoundProfile> all;
  private Map<Segment, JointProfile> found;

  private static NumericGrid grid(ColumnKind kind) {
    double[] edges = {-0.5, 0, 0.25, 0.5, 0.75, 1, 1.5};
    return new NumericGrid(
        kind, edges, new double[0], new int[] {0, 0, 1, 1, 2, 2, 3, 3}, 0.5, 40, 40, 5);
  }

  @BeforeAll
  void scan() {
    Dataset<Row> table =
        LocalSpark.session()
            .range(0, 900, 1, 5)
            .selectExpr(
                "timestamp_seconds(1767225600 + id * 60) AS ts",
                "CASE WHEN id % 13 = 0 THEN NULL ELSE sin(id) + 0.5 END AS x",
                "CASE WHEN id % 17 = 0 THEN double('NaN') ELSE sin(id) / 2 + cos(id) / 3 END AS y",
                "concat('c', id % 3) AS c",
                "CASE WHEN id % 29 = 0 THEN NULL ELSE (id % 101) / 101D END AS score",
                "concat('a', id % 3) AS a",
                "concat('b', id % 4) AS b");
    rows = table.collectAsList();
    List<MonitoredColumn> columns = new ArrayList<>(COLUMNS);
    columns.addAll(TOGETHER);
    ScanSpec spec =
        new ScanSpec(
            "ts",
            Optional.empty(),
            Optional.empty(),
            "1",
            List.of(Slice.OVERALL, Slice.of("a"), Slice.of("b"), Slice.of("a", "b")),
            Map.of("a", "a", "b", "b"),
            columns,
            List.of(new Window(START, START.plusSeconds(86_400))),
            Set.of(),
            100,
            1 << 20);
    JointGrid grid = (JointGrid) TOGETHER.get(0).grid();
    all = FoundProfile.of(ProfileScan.of(table, spec));
    found = new LinkedHashMap<>();
    for (Slice slice : spec.slices()) {
      for (List<String> values : values(slice)) {
        FoundProfile one =
            all.get(FoundProfile.name(null, 0, slice.columns(), values, MonitoredColumn.JOINT));
        if (one != null) {
          found.put(new Segment(slice, values), grid.rebuild(one.profile()));
        }
      }
    }
  }

  /** All combinations of the values of a slice's columns. */
  private static List<List<String>> values(Slice slice) {
    List<List<String>> all = new ArrayList<>(List.of(List.of()));
    for (String column : slice.columns()) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> values : all) {
        for (int i = 0; i < (column.equals("a") ? 3 : 4); i++) {
          List<String> more = new ArrayList<>(values);
          more.add(column + i);
          longer.add(more);
        }
      }
      all = longer;
    }
    return all;
  }

  /** Cut by nothing, by a and by b, never by both. */
  @Test
  void momentsAreKeptOverAllAndByOneColumn() {
    assertThat(found.keySet())
        .extracting(Segment::toString)
        .containsExactlyInAnyOrder("", "a=a0", "a=a1", "a=a2", "b=b0", "b=b1", "b=b2", "b=b3");
  }

  /** Sums over the rows one by one, with the normal scores' definition. */
  @Test
  void momentsAreThoseOfTheRows() {
    found.forEach(
        (segment, profile) -> {
          List<Row> of =
              rows.stream()
                  .filter(row -> isIn(segment, row))
                  .filter(row -> !row.isNullAt(row.fieldIndex("score")))
                  .toList();
          assertThat(profile.rows())
              .isEqualTo(rows.stream().filter(row -> isIn(segment, row)).count());
          assertThat(profile.n()).isEqualTo(of.size());
          List<ToDoubleFunction<Row>> variables =
              List.of(
                  row -> 1,
                  row -> normalScore(row, "x"),
                  row -> normalScore(row, "y"),
                  row -> row.getDouble(row.fieldIndex("score")) - 0.5);
          for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
              ToDoubleFunction<Row> left = variables.get(i);
              ToDoubleFunction<Row> right = variables.get(j);
              double expected =
                  of.stream()
                      .mapToDouble(r -> left.applyAsDouble(r) * right.applyAsDouble(r))
                      .sum();
              // A score is rounded to a multiple of at most 2^-14 of the bins' reach.
              assertThat(profile.moment(i, j))
                  .as("%s: %d, %d", segment, i, j)
                  .isCloseTo(expected, within(of.size() * 2.2 * 0x1p-14));
            }
          }
        });
  }

  @Test
  void scoresByGroupAreToldOverAllRowsAlone() {
    assertThat(all.keySet())
        .filteredOn(name -> name.endsWith(MonitoredColumn.SCORE_BY_FEATURE))
        .hasSize(1);
    JointGrid grid = (JointGrid) TOGETHER.get(1).grid();
    String name =
        FoundProfile.name(null, 0, List.of(), List.of(), MonitoredColumn.SCORE_BY_FEATURE);
    JointProfile groups = grid.rebuild(all.get(name).profile());
    double[] byCategory = groups.groupRows(grid.features().indexOf("c"));
    for (int category = 0; category < 2; category++) {
      String value = "c" + category;
      long expected =
          rows.stream()
              .filter(row -> value.equals(row.getString(row.fieldIndex("c"))))
              .filter(row -> !row.isNullAt(row.fieldIndex("score")))
              .count();
      assertThat(byCategory[category]).isEqualTo((double) expected);
    }
  }

  private static boolean isIn(Segment segment, Row row) {
    return segment.valuesByColumn().entrySet().stream()
        .allMatch(of -> of.getValue().equals(row.getString(row.fieldIndex(of.getKey()))));
  }

  private static double normalScore(Row row, String column) {
    int at = row.fieldIndex(column);
    if (row.isNullAt(at) || Double.isNaN(row.getDouble(at))) {
      return 0;
    }
    double share = (BINS.coarse(BINS.bin(row.getDouble(at))) + 0.5) / 4;
    return Math.rint(1024 * Normal.quantile(share)) / 1024;
  }
}
