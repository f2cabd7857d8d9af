package io.leeway.scan;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.profile.Categories;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.StoredProfile;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a scan should find, computed row by row from Java objects with collections and exact
 * decimals alone; nothing of the code under test but its value classes.
 */
final class BruteForce<R> {
  /** A column's grid or dictionary, and a row's value: a {@code Double} or a {@code String}. */
  record Expected<R>(MonitoredColumn column, Function<R, Object> value) {}

  private final Function<R, Instant> time;
  private final Function<R, String> version;
  private final Function<R, Boolean> positive;
  private final Map<String, Function<R, String>> sliceColumns;
  private final List<Expected<R>> columns;

  BruteForce(
      Function<R, Instant> time,
      Function<R, String> version,
      Function<R, Boolean> positive,
      Map<String, Function<R, String>> sliceColumns,
      List<Expected<R>> columns) {
    this.time = time;
    this.version = version;
    this.positive = positive;
    this.sliceColumns = sliceColumns;
    this.columns = columns;
  }

  /** Every profile by its name, without any folding of segments. */
  Map<String, StoredProfile> profiles(List<R> rows, List<Slice> slices, List<Window> windows) {
    Map<String, List<R>> segments = new TreeMap<>();
    Map<String, Expected<R>> columnOf = new TreeMap<>();
    Map<String, Slice> sliceOf = new TreeMap<>();
    for (R row : rows) {
      Optional<Window> window =
          windows.stream()
              .filter(w -> time.apply(row) != null && w.contains(time.apply(row)))
              .findFirst();
      if (window.isEmpty()) {
        continue;
      }
      for (Slice slice : slices) {
        List<String> values = new ArrayList<>();
        slice.columns().forEach(c -> values.add(sliceColumns.get(c).apply(row)));
        for (Expected<R> column : columns) {
          String name =
              FoundProfile.name(
                  version.apply(row),
                  windows.indexOf(window.get()),
                  slice.columns(),
                  values,
                  column.column().name());
          segments.computeIfAbsent(name, n -> new ArrayList<>()).add(row);
          columnOf.put(name, column);
          sliceOf.put(name, slice);
        }
      }
    }
    Map<String, StoredProfile> profiles = new TreeMap<>();
    segments.forEach(
        (name, members) ->
            profiles.put(
                name, profile(columnOf.get(name), members, sliceOf.get(name).isOverall())));
    return profiles;
  }

  private StoredProfile profile(Expected<R> expected, List<R> rows, boolean fine) {
    MonitoredColumn column = expected.column();
    return column.grid() instanceof NumericGrid grid
        ? numeric(grid, expected.value(), rows, fine)
        : categorical((Categories) column.grid(), expected.value(), rows);
  }

  private StoredProfile categorical(
      Categories dictionary, Function<R, Object> value, List<R> rows) {
    TreeMap<String, Long> counts = new TreeMap<>();
    StoredProfile.Builder stored = new StoredProfile.Builder(ColumnKind.CATEGORICAL);
    for (R row : rows) {
      Object text = value.apply(row);
      if (text == null) {
        stored.nulls++;
      } else {
        stored.n++;
        counts.merge((String) text, 1L, Long::sum);
      }
    }
    if (counts.size() > dictionary.unseenLimit()) {
      throw new AssertionError("Too many categories for this oracle.");
    }
    stored.rows = rows.size();
    stored.exact = true;
    stored.categories = counts.keySet().toArray(String[]::new);
    stored.categoryCounts = counts.values().stream().mapToLong(Long::longValue).toArray();
    return stored.build();
  }

  private StoredProfile numeric(
      NumericGrid grid, Function<R, Object> value, List<R> rows, boolean fine) {
    StoredProfile.Builder stored = new StoredProfile.Builder(grid.kind());
    SortedMap<Double, long[]> counts = new TreeMap<>();
    for (R row : rows) {
      Double number = (Double) value.apply(row);
      if (number == null) {
        stored.nulls++;
      } else if (number.isNaN()) {
        stored.nans++;
      } else if (number == Double.POSITIVE_INFINITY) {
        stored.positiveInfinities++;
      } else if (number == Double.NEGATIVE_INFINITY) {
        stored.negativeInfinities++;
      } else {
        stored.n++;
        long[] both = counts.computeIfAbsent(number == 0 ? 0.0 : number, v -> new long[2]);
        both[0]++;
        both[1] += positive.apply(row) ? 1 : 0;
      }
    }
    stored.rows = rows.size();
    stored.exact = counts.size() <= grid.exactLimit();
    if (!counts.isEmpty()) {
      stored.minimum = counts.firstKey();
      stored.maximum = counts.lastKey();
    }
    boolean score = grid.kind() == ColumnKind.SCORE;
    BigInteger total = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    boolean squaresKnown = true;
    TreeMap<Integer, long[]> bins = new TreeMap<>();
    TreeMap<Integer, double[]> ends = new TreeMap<>();
    TreeMap<Integer, BigInteger> sums = new TreeMap<>();
    for (Map.Entry<Double, long[]> entry : counts.entrySet()) {
      double v = entry.getKey();
      long n = entry.getValue()[0];
      BigInteger units = units(v, grid.sumExponent());
      double deviation = v - grid.center();
      BigInteger square = units(deviation * deviation, grid.squareExponent());
      int bin = (int) Arrays.stream(grid.edges()).filter(edge -> edge <= v).count();
      long[] inBin = bins.computeIfAbsent(bin, b -> new long[2]);
      inBin[0] += n;
      inBin[1] += entry.getValue()[1];
      double[] end = ends.computeIfAbsent(bin, b -> new double[] {v, v});
      end[1] = v;
      BigInteger times = BigInteger.valueOf(n);
      if (isTooLarge(units)) { // Counted in its bin, not in the sums.
        stored.overflows += n;
        continue;
      }
      total = total.add(units.multiply(times));
      squaresKnown &= !isTooLarge(square);
      squares = squares.add(square.multiply(times));
      sums.merge(fine ? bin : grid.coarse(bin), units.multiply(times), BigInteger::add);
    }
    stored.total = total;
    stored.squares = squaresKnown ? squares : null;
    if (stored.exact) {
      stored.values = counts.keySet().stream().mapToDouble(Double::doubleValue).toArray();
      stored.valueCounts = counts.values().stream().mapToLong(c -> c[0]).toArray();
      if (score) {
        stored.valueDecided = counts.values().stream().mapToLong(c -> c[1]).toArray();
      }
    } else {
      stored.bins = bins.keySet().stream().mapToInt(Integer::intValue).toArray();
      stored.binCounts = bins.values().stream().mapToLong(c -> c[0]).toArray();
      if (score) {
        stored.binDecided = bins.values().stream().mapToLong(c -> c[1]).toArray();
      }
      if (fine) {
        stored.binLows = ends.values().stream().mapToDouble(e -> e[0]).toArray();
        stored.binHighs = ends.values().stream().mapToDouble(e -> e[1]).toArray();
      }
      sums.values().removeIf(sum -> sum.signum() == 0);
      stored.sumBins = sums.keySet().stream().mapToInt(Integer::intValue).toArray();
      stored.sums = sums.values().toArray(BigInteger[]::new);
    }
    return stored.build();
  }

  private static boolean isTooLarge(BigInteger units) {
    return units.abs().compareTo(BigInteger.ONE.shiftLeft(62)) >= 0;
  }

  /** The nearest multiple of 2^-exponent, half to even, as a count of them. */
  private static BigInteger units(double value, int exponent) {
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(exponent));
    BigDecimal exact = new BigDecimal(value);
    BigDecimal scaled = exponent >= 0 ? exact.multiply(power) : exact.divide(power);
    return scaled.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
  }
}
