package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.leeway.domain.ColumnKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeSearchTest {
  /**
   * A reference.
   *
   * @param passes how many are enough: three for ordinary data, six for any
   */
  record Reference(String name, int passes, Supplier<double[]> rows) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Reference> references() {
    return Stream.concat(sizes(), shapes());
  }

  private static Stream<Reference> sizes() {
    return IntStream.of(1, 2, 3, 9, 10, 11, 100, 4096, 4097, 50_000)
        .mapToObj(
            size ->
                new Reference(
                    "normal, " + size + " rows, seed 1",
                    3,
                    () -> NumericRows.normal(1, size, 10, 4)));
  }

  private static Stream<Reference> shapes() {
    int n = 60_000;
    return Stream.of(
        new Reference("constant", 1, () -> all(n, 20.5)),
        new Reference("constant zero", 1, () -> all(n, 0)),
        new Reference("two values", 1, () -> NumericRows.integers(2, n, 2)),
        new Reference("small integers", 1, () -> NumericRows.integers(3, n, 50)),
        new Reference("many integers", 3, () -> NumericRows.integers(4, n, 30_000)),
        new Reference("uniform", 3, () -> NumericRows.uniform(5, n, 0, 1)),
        new Reference("all negative", 3, () -> NumericRows.uniform(6, n, -9e5, -3)),
        new Reference("normal about zero", 3, () -> NumericRows.normal(7, n, 0, 1)),
        new Reference("log-normal", 3, () -> exp(NumericRows.normal(8, n, 5, 2))),
        new Reference("a million normal", 3, () -> NumericRows.normal(9, 1_000_000, 50, 9)),
        new Reference("heavy points", 3, EdgeSearchTest::heavyPoints),
        new Reference("mostly zero", 3, () -> mostlyZero(n)),
        new Reference("whole range", 3, () -> wholeRange(11, n)),
        new Reference("two ends", 1, () -> NumericRows.joined(all(50, -1e308), all(50, 1e308))),
        new Reference("denormals", 6, () -> denormals(12, n)),
        new Reference("narrow far off", 6, () -> NumericRows.normal(13, n, 1e9, 1e-3)),
        new Reference("crowds about many places", 6, () -> crowds(14, 300_000)));
  }

  private static double[] all(int size, double value) {
    return DoubleStream.generate(() -> value).limit(size).toArray();
  }

  private static double[] exp(double[] rows) {
    return Arrays.stream(rows).map(Math::exp).toArray();
  }

  private static double[] heavyPoints() {
    double[] smooth = NumericRows.normal(10, 60_000, 100, 20);
    return NumericRows.joined(smooth, all(200, 77.25), all(3000, 100), all(121, 140.5));
  }

  private static double[] mostlyZero(int size) {
    double[] rows = NumericRows.uniform(15, size, -1, 1);
    return Arrays.stream(rows).map(row -> Math.abs(row) < 0.9 ? 0 : row).toArray();
  }

  private static double[] wholeRange(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(size, -1, 1).map(u -> Math.scalb(u, random.nextInt(-900, 900))).toArray();
  }

  private static double[] denormals(long seed, int size) {
    return new SplittableRandom(seed)
        .ints(size, -900_000, 900_000)
        .mapToDouble(i -> i * Double.MIN_VALUE)
        .toArray();
  }

  /** Hundreds of clusters, each so narrow that only the last bits tell its rows apart. */
  private static double[] crowds(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, size)
        .mapToDouble(i -> 1 + i % 400 + random.nextInt(5000) * 1e-12)
        .toArray();
  }

  private record Found(NumericGrid grid, int passes) {}

  private static Found search(ColumnKind kind, double[] rows) {
    return search(kind, rows, new int[] {0, rows.length}, false);
  }

  /** With rows cut at the given places; optionally with probes sent between processes. */
  private static Found search(ColumnKind kind, double[] rows, int[] cuts, boolean sent) {
    EdgeSearch search = new EdgeSearch(kind, 512);
    for (var next = search.next(); next.isPresent(); next = search.next()) {
      KeyProbe counted = next.get();
      // 65,536 parts and as many values of 64 bytes, each twice over where ranges have little.
      assertThat(counted.mostBytes()).isLessThan(2 * 65_536 * (8 + 64));
      List<KeyProbe> parts = new ArrayList<>();
      for (int cut = 1; cut < cuts.length; cut++) {
        KeyProbe part = sent ? sent(counted).fresh() : counted.fresh();
        Arrays.stream(rows, cuts[cut - 1], cuts[cut]).forEach(part::add);
        parts.add(0, sent ? sent(part) : part);
      }
      parts.forEach(counted::addAll);
      search.take(counted);
      assertThat(search.passes()).isLessThanOrEqualTo(6);
    }
    return new Found(search.grid(), search.passes());
  }

  private static KeyProbe sent(KeyProbe probe) {
    try {
      return SerializationTest.copy(probe);
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("references")
  void findsExactDecilesAndEveryPromisedEdgeInFewPasses(Reference reference) {
    double[] rows = reference.rows().get();
    Found found = search(ColumnKind.NUMERIC, rows);
    double[] sorted = rows.clone();
    Arrays.sort(sorted);
    assertThat(found.passes()).isLessThanOrEqualTo(reference.passes());
    assertThat(found.grid().deciles()).isEqualTo(deciles(sorted));
    double least = sorted[0];
    double greatest = sorted[sorted.length - 1];
    assertThat(found.grid().edges()).contains(least + 0.0, Math.nextUp(greatest) + 0.0);
    assertPointBins(found.grid(), sorted);
    assertEqualMass(found.grid(), sorted);
  }

  /** NumPy's linear interpolation, from the sorted rows. */
  private static double[] deciles(double[] sorted) {
    TreeSet<Double> deciles = new TreeSet<>();
    for (int k = 1; k <= 9; k++) {
      double position = (sorted.length - 1) * (k / 10.0);
      int below = (int) Math.floor(position);
      double a = sorted[below];
      double b = sorted[Math.min(sorted.length - 1, below + 1)];
      double t = position - below;
      double lerp = t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
      deciles.add((Double.isInfinite(b - a) ? a * (1 - t) + b * t : lerp) + 0.0);
    }
    return deciles.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void assertPointBins(NumericGrid grid, double[] sorted) {
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      if ((to - from) * 512L >= sorted.length) {
        int bin = grid.bin(sorted[from] + 0.0);
        assertThat(grid.low(bin)).isEqualTo(sorted[from] + 0.0).isEqualTo(grid.high(bin) + 0.0);
      }
      from = to;
    }
  }

  /** A bin that is not a point holds at most 2/256 of the rows, and a row. */
  private static void assertEqualMass(NumericGrid grid, double[] sorted) {
    long[] counts = new long[grid.bins()];
    Arrays.stream(sorted).forEach(row -> counts[grid.bin(row + 0.0)]++);
    for (int bin = 0; bin < counts.length; bin++) {
      if (grid.low(bin) != grid.high(bin)) {
        assertThat(counts[bin]).isLessThanOrEqualTo(sorted.length * 2L / 256 + 1);
      }
    }
  }

  @Test
  void theWholeRangeOfDoublesHasEdges() {
    double[] rows = {-Double.MAX_VALUE, -1, 0, 1, Double.MAX_VALUE};
    NumericGrid grid = search(ColumnKind.NUMERIC, rows).grid();
    assertThat(grid.edges()).contains(-Double.MAX_VALUE, Double.MAX_VALUE);
    assertThat(grid.high(grid.bins() - 1)).isInfinite();
    // Positions 0.4 and 0.8 of 5 rows: −MAX + 0.4 (−1 + MAX) and −MAX + 0.8 (−1 + MAX).
    assertThat(grid.deciles()).contains(-Double.MAX_VALUE * 0.6 - 0.4);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void howRowsAreCutIntoProbesDoesNotMatter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] rows = NumericRows.joined(NumericRows.normal(seed, 30_000, 0, 7), all(300, 2.5));
    NumericGrid expected = search(ColumnKind.SCORE, rows).grid();
    int[] cuts =
        IntStream.concat(IntStream.of(0, rows.length), random.ints(9, 0, rows.length))
            .sorted()
            .toArray();
    assertThat(search(ColumnKind.SCORE, rows, cuts, false).grid()).isEqualTo(expected);
    assertThat(search(ColumnKind.SCORE, rows, cuts, true).grid())
        .isEqualTo(expected)
        .hasSameHashCodeAs(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void binsOfScoresFollowTheTenthsRule(long seed) {
    double[] rows = NumericRows.uniform(seed, 20_000, 0, 1);
    NumericGrid grid = search(ColumnKind.SCORE, rows).grid();
    TreeSet<Double> probes = new TreeSet<>();
    for (int k = 1; k <= 9; k++) {
      double near = k / 10.0;
      for (int step = 0; step < 4; step++) {
        probes.add(near);
        near = Math.nextDown(near);
      }
      probes.add(Math.nextUp(k / 10.0));
    }
    Arrays.stream(rows).limit(2000).forEach(probes::add);
    // No bin may hold scores of two tenths.
    double[] least = new double[grid.bins()];
    Arrays.fill(least, Double.NaN);
    for (double p : probes) {
      int bin = grid.bin(p);
      if (Double.isNaN(least[bin])) {
        least[bin] = p;
      }
      assertThat(Math.floor(10 * p)).isEqualTo(Math.floor(10 * least[bin]));
    }
  }

  @Test
  void scoresHaveALadderInLogitTowardsBothEnds() {
    double[] edges = search(ColumnKind.SCORE, NumericRows.uniform(4, 9000, 0, 1)).grid().edges();
    assertThat(Arrays.stream(edges).filter(e -> e > 9e-7 && e < 1e-4).count()).isGreaterThan(8);
    assertThat(Arrays.stream(edges).filter(e -> e > 1 - 1e-4 && e < 1 - 9e-7).count())
        .isGreaterThan(8);
  }

  @Test
  void missingAndNonFiniteRowsAreCountedApart() {
    EdgeSearch search = new EdgeSearch(ColumnKind.NUMERIC, 512);
    KeyProbe probe = search.next().orElseThrow();
    probe.addNull();
    probe.add(Double.NaN);
    probe.add(Double.NEGATIVE_INFINITY);
    probe.add(-0.0);
    probe.add(0.0);
    search.take(probe);
    assertThat(search.nulls()).isEqualTo(1);
    assertThat(search.nonFinite()).isEqualTo(2);
    assertThat(search.rows()).isEqualTo(2);
    assertThat(search.isConstant()).isTrue();
    assertThat(search.next()).isEmpty();
    assertThat(search.grid().edges()).containsExactly(0.0, Double.MIN_VALUE);
  }

  @Test
  void withoutValuesThereIsNoGrid() {
    EdgeSearch search = new EdgeSearch(ColumnKind.NUMERIC, 512);
    search.take(search.next().orElseThrow());
    assertThat(search.next()).isEmpty();
    assertThat(search.isConstant()).isFalse();
    assertThatIllegalStateException().isThrownBy(search::grid).withMessageContaining("0 values");
  }
}
