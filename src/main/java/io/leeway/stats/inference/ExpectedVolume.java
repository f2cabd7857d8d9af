package io.leeway.stats.inference;

import io.leeway.stats.Outcome;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The number of rows of a window against those of the reference's own windows. With their mean M
 * and variance s² (divisor R − 1, at least M: counts vary no less than Poisson's), one new window
 * lies, with 95 % probability, in
 *
 * <pre>{@code M ± t(0.975; R - 1) s sqrt(1 + 1/R)}</pre>
 *
 * <p>Daily windows are held against those of the same weekday, where the reference has four or more
 * of each weekday and their means differ (one-way analysis of variance, F test with 6 and R − 7
 * degrees, p &lt; 0.001).
 *
 * <p>The statement is about one window, so its noise does not shrink with the reference; it takes
 * windows as independent draws without a trend.
 *
 * @param rows n of the window, &ge; 0
 * @param expected M, &gt; 0
 * @param deviation s, &gt; 0
 * @param windows R, the windows behind M and s
 * @param weekday that those windows are of, empty if of any
 * @see "G. J. Hahn and W. Q. Meeker (1991), Statistical Intervals, 4.7"
 */
public record ExpectedVolume(
    long rows, double expected, double deviation, int windows, Optional<DayOfWeek> weekday) {
  private static final int WEEKDAYS = DayOfWeek.values().length;
  private static final int OF_EACH_WEEKDAY = 4;
  private static final double DIFFER = 0.001;

  /** The rows of a daily window. */
  public record Day(DayOfWeek weekday, long rows) {
    public Day {
      Objects.requireNonNull(weekday, "weekday");
      requireRows(rows);
    }
  }

  /**
   * Of windows of another length than a day; undefined below eight reference windows and where all
   * of them are empty.
   *
   * @param reference rows per window of the reference
   */
  public static Outcome<ExpectedVolume> of(long[] reference, long rows) {
    Arrays.stream(reference).forEach(ExpectedVolume::requireRows);
    requireRows(rows);
    return Floor.REFERENCE_WINDOWS
        .objection(reference.length)
        .<Outcome<ExpectedVolume>>map(Outcome::undefined)
        .orElseGet(() -> against(reference, rows, Optional.empty()));
  }

  /** Of daily windows; undefined below fourteen and where all that count are empty. */
  public static Outcome<ExpectedVolume> ofDays(List<Day> reference, Day window) {
    Optional<String> objection = Floor.DAILY_REFERENCE_WINDOWS.objection(reference.size());
    if (objection.isPresent()) {
      return Outcome.undefined(objection.get());
    }
    Map<DayOfWeek, long[]> byWeekday = new EnumMap<>(DayOfWeek.class);
    reference.stream()
        .collect(Collectors.groupingBy(Day::weekday))
        .forEach((day, of) -> byWeekday.put(day, of.stream().mapToLong(Day::rows).toArray()));
    boolean enough =
        byWeekday.size() == WEEKDAYS
            && byWeekday.values().stream().allMatch(of -> of.length >= OF_EACH_WEEKDAY);
    return enough && pEqualMeans(byWeekday.values().toArray(long[][]::new)) < DIFFER
        ? against(byWeekday.get(window.weekday), window.rows, Optional.of(window.weekday))
        : against(reference.stream().mapToLong(Day::rows).toArray(), window.rows, Optional.empty());
  }

  /** Where one new window lies with 95 % probability, cut at 0. */
  public Interval predicted() {
    return new Interval(expected - half(), expected + half()).cut(0, Double.POSITIVE_INFINITY);
  }

  /** The window's rows over the expected ones. */
  public double ratio() {
    return rows / expected;
  }

  /**
   * The ratio's 95 % interval, cut at 0; uncut, it holds 1 just where the rows are as predicted.
   */
  public Interval ratioInterval() {
    return new Interval((rows - half()) / expected, (rows + half()) / expected)
        .cut(0, Double.POSITIVE_INFINITY);
  }

  /** P-value of "the window is one like those of the reference", against more and fewer rows. */
  public double pChange() {
    return 2 * StudentT.upperTail(Math.abs(t()), windows - 1.0);
  }

  /** P-value of the same against fewer rows only. */
  public double pFall() {
    return StudentT.lowerTail(t(), windows - 1.0);
  }

  private double t() {
    return (rows - expected) / error();
  }

  private double half() {
    return StudentT.quantile(0.975, windows - 1.0) * error();
  }

  private double error() {
    return deviation * Math.sqrt(1 + 1.0 / windows);
  }

  private static Outcome<ExpectedVolume> against(
      long[] reference, long rows, Optional<DayOfWeek> weekday) {
    double mean = Arrays.stream(reference).average().orElse(0);
    if (mean == 0) {
      return Outcome.undefined("The windows of the reference have no rows.");
    }
    double variance = squares(reference, mean) / (reference.length - 1);
    return Outcome.of(
        new ExpectedVolume(
            rows, mean, Math.sqrt(Math.max(variance, mean)), reference.length, weekday));
  }

  /** The tail of F of the variance between groups over that within them. */
  static double pEqualMeans(long[]... groups) {
    double total = 0;
    double rows = 0;
    for (long[] group : groups) {
      total += Arrays.stream(group).sum();
      rows += group.length;
    }
    double between = 0;
    double within = 0;
    for (long[] group : groups) {
      double mean = Arrays.stream(group).average().orElseThrow();
      double off = mean - total / rows;
      between += group.length * off * off;
      within += squares(group, mean);
    }
    double above = groups.length - 1.0;
    double below = rows - groups.length;
    if (within == 0) {
      return between > 0 ? 0 : 1;
    }
    return FisherF.upperTail(between / above / (within / below), above, below);
  }

  private static double squares(long[] values, double mean) {
    return Arrays.stream(values).mapToDouble(value -> (value - mean) * (value - mean)).sum();
  }

  private static void requireRows(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("The number of rows is " + rows + ".");
    }
  }
}
