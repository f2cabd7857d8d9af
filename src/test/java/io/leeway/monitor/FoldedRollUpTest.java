package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.HashOrder;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days 1 to 4 are the reference. It has seven towns, more than the three that are kept of a slice,
 * and two shops; every day brings shops of its own. Up to day 10 three segments are kept, from then
 * on five. What to expect is grouped by hand: the rows of all base windows together, folded once.
 */
class FoldedRollUpTest {
  private static final List<Slice> SLICES =
      List.of(Slice.of("town"), Slice.of("shop"), Slice.of("shop", "side"));
  private static final int FIRST = 3;
  private static final int SECOND = 5;
  private static final int LAST_OF_FIRST = 10;

  @TempDir static Path folder;
  private static MonitoredTable table;
  private static List<Visit> visits;
  private static List<Published> metrics;

  private record Visit(int day, String version, Map<String, String> values, double x) {
    Segment in(Slice slice) {
      return new Segment(slice, slice.columns().stream().map(values::get).toList());
    }
  }

  private record Published(
      String slice,
      String segment,
      String granularity,
      int day,
      String version,
      String metric,
      Double value,
      Long n,
      Long referenceN,
      String reason,
      String baselineId) {
    static Published of(Row row) {
      return new Published(
          row.getAs("slice"),
          row.getAs("segment"),
          row.getAs("granularity"),
          row.<Timestamp>getAs("window_start").toInstant().atOffset(ZoneOffset.UTC).getDayOfMonth(),
          row.getAs("model_version"),
          row.getAs("metric"),
          row.getAs("value"),
          row.getAs("n"),
          row.getAs("reference_n"),
          row.getAs("reason"),
          row.getAs("baseline_id"));
    }
  }

  private record Sum(long n, double x) {
    static Sum of(Visit visit) {
      return new Sum(1, visit.x());
    }

    Sum plus(Sum other) {
      return new Sum(n + other.n, x + other.x);
    }
  }

  /** A short horizon leaves the windows of the first configuration as they are. */
  private static ModelConfig model(int maxSegments) {
    return table.model(
        "restate-horizon = 1 hour",
        "features { numeric = [x], categorical = [] }",
        "slices = [[town], [shop], [shop, side]]",
        "windows { base = 1 day, roll-up = [3 days] }",
        "max-segments = " + maxSegments,
        "reference { from = 2026-01-01, until = 2026-01-05 }");
  }

  private static void append(int firstDay, int lastDay, String shop) {
    table.append(
        firstDay,
        lastDay,
        60,
        "concat('v', 1 + pmod(hash(id, 'v'), 2)) AS version, (id % 9) / 9.0D AS p, "
            + "CASE WHEN id % 10 = 0 THEN NULL ELSE concat('t', pmod(hash(id, 't'), 7)) END AS town, "
            + shop
            + " AS shop, concat('side', pmod(hash(id, 's'), 2)) AS side, "
            + "CAST(1 + pmod(hash(id, 'x'), 17) AS DOUBLE) AS x");
  }

  @BeforeAll
  static void monitor() {
    table = new MonitoredTable(folder);
    append(1, 4, "concat('k', pmod(hash(id, 'k'), 2))");
    // Days 5 to 8 have two new shops each, the others up to six.
    append(5, 8, "concat('k', IF(id % 5 < 2, 10 * day + id % 2, id % 2))");
    append(9, LAST_OF_FIRST, "concat('k', day - 3 + pmod(hash(id, 'k'), 6))");
    table.monitor(model(FIRST));
    append(LAST_OF_FIRST + 1, 14, "concat('k', day - 3 + pmod(hash(id, 'k'), 7))");
    table.monitor(model(SECOND));
    visits =
        LocalSpark.session()
            .read()
            .format("delta")
            .load(table.predictions())
            .selectExpr("day(at)", "version", "town", "shop", "side", "x")
            .collectAsList()
            .stream()
            .map(FoldedRollUpTest::visit)
            .toList();
    metrics =
        table
            .metrics(
                "(metric IN ('n', 'segments_folded') OR (metric = 'mean' AND column_name = 'x') "
                    + "OR (metric = 'psi' AND column_name = 'x' AND comparison = 'previous'))")
            .stream()
            .map(Published::of)
            .toList();
  }

  private static Visit visit(Row row) {
    Map<String, String> values = new HashMap<>();
    values.put("town", row.getString(2));
    values.put("shop", row.getString(3));
    values.put("side", row.getString(4));
    return new Visit(row.getInt(0), row.getString(1), values, row.getDouble(5));
  }

  private static List<Visit> visits(int firstDay, int lastDay, String version) {
    return visits.stream()
        .filter(visit -> firstDay <= visit.day() && visit.day() <= lastDay)
        .filter(visit -> version == null || visit.version().equals(version))
        .toList();
  }

  /** The first so many of the segments at hand, and the missing one. */
  private static Set<Segment> first(List<Visit> of, Slice slice, Set<Segment> besides, int limit) {
    TreeMap<String, Segment> others = new TreeMap<>(HashOrder.INSTANCE);
    Set<Segment> named = new HashSet<>(besides);
    for (Visit visit : of) {
      Segment segment = visit.in(slice);
      if (segment.values().stream().allMatch(Objects::isNull)) {
        named.add(segment);
      } else if (!besides.contains(segment)) {
        others.put(segment.toString(), segment);
      }
    }
    others.values().stream().limit(limit).forEach(named::add);
    return named;
  }

  /** What the reference names: of both versions together. */
  private static Set<Segment> admitted(Slice slice, int limit) {
    return first(visits(1, 4, null), slice, Set.of(), limit);
  }

  private static Set<Segment> named(List<Visit> of, Slice slice, int limit) {
    Set<Segment> admitted = admitted(slice, limit);
    boolean full = visits(1, 4, null).stream().anyMatch(v -> !admitted.contains(v.in(slice)));
    return first(of, slice, admitted, full ? 0 : limit);
  }

  private static Map<String, Sum> folded(List<Visit> of, Slice slice, Set<Segment> named) {
    Map<String, Sum> sums = new TreeMap<>();
    for (Visit visit : of) {
      Segment segment = visit.in(slice);
      Segment target = named.contains(segment) ? segment : Segment.other(slice);
      sums.merge(target.toString(), Sum.of(visit), Sum::plus);
    }
    return sums;
  }

  private static List<Published> published(
      Slice slice, String granularity, int firstDay, String version, String metric) {
    return metrics.stream()
        .filter(one -> one.slice().equals(slice.toString()))
        .filter(one -> one.granularity().equals(granularity) && one.day() == firstDay)
        .filter(one -> one.version().equals(version) && one.metric().equals(metric))
        .toList();
  }

  private static Map<String, Sum> means(
      Slice slice, String granularity, int firstDay, String version) {
    Map<String, Sum> sums = new TreeMap<>();
    for (Published mean : published(slice, granularity, firstDay, version, "mean")) {
      if (mean.n() > 0) {
        sums.put(mean.segment(), new Sum(mean.n(), mean.n() * mean.value()));
      }
    }
    return sums;
  }

  private static void assertSame(Map<String, Sum> found, Map<String, Sum> expected, String what) {
    assertThat(found.keySet()).as(what).isEqualTo(expected.keySet());
    expected.forEach(
        (segment, sum) -> {
          assertThat(found.get(segment).n()).as(what + segment).isEqualTo(sum.n());
          // A mean of small whole numbers, rounded twice.
          assertThat(found.get(segment).x()).as(what + segment).isCloseTo(sum.x(), within(1e-9));
        });
  }

  private static void assertFoldedOnce(String granularity, int firstDay, int lastDay, int limit) {
    for (Slice slice : SLICES) {
      for (String version : List.of("v1", "v2")) {
        List<Visit> of = visits(firstDay, lastDay, version);
        assertSame(
            means(slice, granularity, firstDay, version),
            folded(of, slice, named(of, slice, limit)),
            slice + " " + version + " " + firstDay + "-" + lastDay + ": ");
      }
    }
  }

  @Test
  void theReferenceNamesTheFirstOfAllItsWindowsAndVersions() {
    for (Slice slice : SLICES) {
      for (String version : List.of("v1", "v2")) {
        List<Visit> of = visits(1, 4, version);
        Map<String, Sum> expected = folded(of, slice, admitted(slice, FIRST));
        Map<String, Long> found = new TreeMap<>();
        published(slice, "reference", 1, version, "n").stream()
            .filter(row -> row.baselineId().equals(firstBaseline()))
            .forEach(row -> found.put(row.segment(), row.n()));
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((segment, sum) -> assertThat(found).containsEntry(segment, sum.n()));
      }
    }
  }

  private static String firstBaseline() {
    return published(SLICES.get(0), "1 day", 5, "v1", "n").get(0).baselineId();
  }

  @Test
  void aBaseWindowIsFoldedByTheSegmentsOfTheReferenceAndItsOwn() {
    for (int day = 5; day <= 14; day++) {
      assertFoldedOnce("1 day", day, day, day <= LAST_OF_FIRST ? FIRST : SECOND);
    }
  }

  @Test
  void aRollUpHasTheRowsOfItsWindowsFoldedOnce() {
    for (int day = 5; day + 2 <= LAST_OF_FIRST; day++) {
      assertFoldedOnce("3 days", day, day + 2, FIRST);
    }
    for (int day = LAST_OF_FIRST + 1; day + 2 <= 14; day++) {
      assertFoldedOnce("3 days", day, day + 2, SECOND);
    }
  }

  @Test
  void whatARollUpIsComparedWithIsFoldedByItself() {
    int compared = 0;
    for (Slice slice : SLICES.subList(0, 2)) {
      for (String version : List.of("v1", "v2")) {
        List<Visit> before = visits(5, 7, version);
        Map<String, Sum> previous = folded(before, slice, named(before, slice, FIRST));
        for (Published psi : published(slice, "3 days", 8, version, "psi")) {
          Sum sum = previous.get(psi.segment());
          boolean wasThere =
              before.stream().anyMatch(v -> v.in(slice).toString().equals(psi.segment()));
          if (sum != null) {
            assertThat(psi.referenceN()).isEqualTo(sum.n());
            compared++;
          } else {
            assertThat(psi.reason()).startsWith("NO_PREVIOUS");
            assertThat(psi.reason().contains("(other)") || !wasThere).isTrue();
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(8);
  }

  @Test
  void aRollUpAcrossTwoBaselinesNamesNoSegmentWithPartOfItsRows() {
    int names = 0;
    for (int day : new int[] {LAST_OF_FIRST - 1, LAST_OF_FIRST}) {
      for (Slice slice : SLICES) {
        for (String version : List.of("v1", "v2")) {
          List<Visit> of = visits(day, day + 2, version);
          Map<String, Sum> found = means(slice, "3 days", day, version);
          Set<Segment> named = new HashSet<>();
          of.forEach(visit -> named.add(visit.in(slice)));
          named.removeIf(segment -> !found.containsKey(segment.toString()));
          names += named.size();
          assertSame(found, folded(of, slice, named), slice + " " + version + " " + day + ": ");
        }
      }
    }
    assertThat(names).isGreaterThan(10);
  }

  @Test
  void aRollUpSaysHowManyItFoldsWhileNoneOfItsWindowsDid() {
    Set<Boolean> told = new HashSet<>();
    for (int day = 5; day + 2 <= LAST_OF_FIRST; day++) {
      for (Slice slice : SLICES) {
        for (String version : List.of("v1", "v2")) {
          boolean windowsDid = false;
          for (int of = day; of <= day + 2; of++) {
            windowsDid |= foldedSegments(visits(of, of, version), slice) > 0;
          }
          long folds = foldedSegments(visits(day, day + 2, version), slice);
          List<Published> found = published(slice, "3 days", day, version, "segments_folded");
          if (windowsDid || folds == 0) {
            assertThat(found).isEmpty();
          } else {
            assertThat(found).hasSize(1);
            assertThat(found.get(0).value()).isEqualTo((double) folds);
          }
          told.add(!found.isEmpty());
        }
      }
    }
    assertThat(told).containsExactlyInAnyOrder(true, false);
  }

  private static long foldedSegments(List<Visit> of, Slice slice) {
    Set<Segment> named = named(of, slice, FIRST);
    return of.stream()
        .map(visit -> visit.in(slice))
        .filter(segment -> !named.contains(segment))
        .distinct()
        .count();
  }
}
