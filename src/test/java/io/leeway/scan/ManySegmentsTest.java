package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.profile.Categories;
import io.leeway.profile.HashOrder;
import io.leeway.profile.NumericGrid;
import io.leeway.testing.LocalSpark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * 200 000 rows, row i by visitor i, on one of 40 000 pages, from one of three sides; slices keep 50
 * segments. What to expect is grouped by hand: all rows by segment, folded once.
 */
class ManySegmentsTest {
  private static final int ROWS = 200_000;
  private static final int KEPT = 50;
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Segment ADMITTED = new Segment(Slice.of("visitor"), List.of("v77"));
  private static final Map<Slice, IntFunction<List<String>>> SLICES =
      Map.of(
          Slice.of("visitor"), i -> List.of("v" + i),
          Slice.of("side"), i -> List.of(side(i)),
          Slice.of("visitor", "side"), i -> List.of("v" + i, side(i)),
          Slice.of("page"), i -> List.of("p" + i % 40_000));

  private static Map<String, FoundProfile> found;

  private static String side(int i) {
    return "s" + i % 3;
  }

  /** State is handed on about a hundred times. */
  @BeforeAll
  static void scan() {
    SparkSession spark = LocalSpark.session();
    Dataset<Row> rows =
        spark
            .range(0, ROWS, 1, 3)
            .selectExpr(
                "concat('v', id) AS visitor",
                "concat('p', id % 40000) AS page",
                "concat('s', id % 3) AS side",
                "cast(id % 7 AS double) AS x",
                "concat('c', id % 5) AS c",
                "timestamp'2026-03-01T01:00:00Z' AS ts");
    List<Slice> slices = new ArrayList<>(SLICES.keySet());
    slices.add(Slice.OVERALL);
    NumericGrid grid =
        new NumericGrid(
            ColumnKind.NUMERIC, new double[] {3}, new double[0], new int[] {0, 0}, 0, 20, 20, 4);
    ScanSpec spec =
        new ScanSpec(
            "ts",
            Optional.empty(),
            Optional.empty(),
            "",
            slices,
            Map.of("visitor", "visitor", "page", "page", "side", "side"),
            List.of(
                MonitoredColumn.numeric("x", "x", grid),
                MonitoredColumn.categorical("c", "c", new Categories(List.of("c0"), 9))),
            List.of(new Window(START, START.plusSeconds(86_400))),
            Set.of(ADMITTED),
            KEPT,
            4L << 20);
    found = FoundProfile.of(ProfileScan.of(rows, spec));
  }

  /** Rows, and the sum of {@code x}, of each segment, folded once over all rows. */
  private static Map<Segment, long[]> byHand(Slice slice) {
    Map<Segment, long[]> all = new HashMap<>();
    for (int i = 0; i < ROWS; i++) {
      long[] sums =
          all.computeIfAbsent(
              new Segment(slice, SLICES.get(slice).apply(i)), segment -> new long[2]);
      sums[0]++;
      sums[1] += i % 7;
    }
    TreeMap<String, Segment> unseen = new TreeMap<>(HashOrder.INSTANCE);
    all.keySet().forEach(segment -> unseen.put(segment.toString(), segment));
    unseen.remove(ADMITTED.toString());
    Set<Segment> kept = unseen.values().stream().limit(KEPT).collect(Collectors.toSet());
    Map<Segment, long[]> folded = new HashMap<>();
    all.forEach(
        (segment, sums) -> {
          boolean named = kept.contains(segment) || segment.equals(ADMITTED);
          folded.merge(
              named ? segment : Segment.other(slice),
              sums,
              (one, other) -> new long[] {one[0] + other[0], one[1] + other[1]});
        });
    return folded;
  }

  private static Map<String, FoundProfile> of(Slice slice, String column) {
    Map<String, FoundProfile> of = new TreeMap<>(found);
    of.keySet()
        .removeIf(
            name -> !name.contains("| " + slice.columns() + "[") || !name.endsWith("| " + column));
    return of;
  }

  @Test
  void everySegmentHasTheRowsOfTheUnionFoldedOnce() {
    for (Slice slice : SLICES.keySet()) {
      Map<Segment, long[]> expected = byHand(slice);
      for (String column : List.of("x", "c")) {
        Map<String, FoundProfile> profiles = of(slice, column);
        assertThat(profiles).as(slice + " " + column).hasSize(expected.size());
        expected.forEach(
            (segment, sums) -> {
              String name = FoundProfile.name(null, 0, slice.columns(), segment.values(), column);
              assertThat(profiles.get(name).profile().rows).as(name).isEqualTo(sums[0]);
              if (column.equals("x")) {
                // Sums are kept in units of 2^-20.
                assertThat(profiles.get(name).profile().total.longValueExact())
                    .as(name)
                    .isEqualTo(sums[1] << 20);
              }
            });
      }
    }
  }

  private static FoldedCount folded(Slice slice) {
    return of(slice, "x").entrySet().stream()
        .filter(entry -> entry.getKey().contains(Segment.OTHER))
        .map(entry -> entry.getValue().folded())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void howManyAreFoldedIsExactUpToSomeTenThousandAndEstimatedAbove() {
    assertThat(folded(Slice.of("page"))).isEqualTo(new FoldedCount(40_000 - KEPT, 0));
    FoldedCount visitors = folded(Slice.of("visitor"));
    assertThat(visitors.stdError()).isBetween(700.0, 900.0);
    assertThat((double) visitors.segments())
        .isCloseTo(ROWS - KEPT - 1, within(4 * visitors.stdError()));
    assertThat((double) folded(Slice.of("visitor", "side")).segments())
        .isCloseTo(ROWS - KEPT, within(4 * visitors.stdError()));
  }

  @Test
  void onlyTheFirstColumnSaysSo() {
    assertThat(of(Slice.of("page"), "c").values())
        .allSatisfy(profile -> assertThat(profile.folded()).isEqualTo(FoldedCount.NONE));
  }
}
