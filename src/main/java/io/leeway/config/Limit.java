package io.leeway.config;

import io.leeway.config.RuleConfig.Direction;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far is too far: a number that was written down, or so many spreads that are learned from the
 * reference.
 *
 * @param value finite; of learned spreads above 0
 * @param unit what it is counted in
 */
public record Limit(double value, Unit unit) {
  /** So many spreads are too far where only {@code learned} is written. */
  public static final double USUAL_SPREADS = 3;

  private static final String LEARNED = "learned";
  private static final Pattern PERCENT = Pattern.compile("(.+?)\\s*%");
  private static final Pattern SPREADS = Pattern.compile(LEARNED + "(?:\\s+(.+))?");

  /** What limits are counted in. */
  public enum Unit {
    /** That of the metric. */
    METRIC,
    /** The value that is compared with: {@code 5%} is 0.05 of it. */
    SHARE,
    /**
     * The standard deviation of a window about the reference while nothing changes, learned from
     * how the reference's own windows differ.
     */
    SPREAD
  }

  public Limit {
    Objects.requireNonNull(unit, "unit");
    if (!Double.isFinite(value) || (unit == Unit.SPREAD && value <= 0)) {
      throw new IllegalArgumentException(
          "A limit is finite, and above 0 where it is learned, but is " + value + ".");
    }
  }

  /** In the unit of the metric. */
  public static Limit of(double value) {
    return new Limit(value, Unit.METRIC);
  }

  /** Of the value that is compared with; 0.05 is 5 %. */
  public static Limit share(double share) {
    return new Limit(share, Unit.SHARE);
  }

  /** So many spreads of the reference's windows, above 0. */
  public static Limit learned(double spreads) {
    return new Limit(spreads, Unit.SPREAD);
  }

  public boolean isShare() {
    return unit == Unit.SHARE;
  }

  public boolean isLearned() {
    return unit == Unit.SPREAD;
  }

  /** As it may be written in the configuration: {@code 0.05}, {@code 5%}, {@code learned 3}. */
  public String text() {
    return switch (unit) {
      case METRIC -> plain(BigDecimal.valueOf(value));
      case SHARE -> plain(BigDecimal.valueOf(value).movePointRight(2)) + "%";
      case SPREAD -> LEARNED + " " + plain(BigDecimal.valueOf(value));
    };
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** As configurations are compared by. */
  @Override
  public String toString() {
    return switch (unit) {
      case METRIC -> Double.toString(value);
      case SHARE -> value + " of the reference";
      case SPREAD -> value + " learned spreads";
    };
  }

  /**
   * Reads {@code 0.05}, {@code 5%}, {@code learned} or {@code learned 4}.
   *
   * @throws IllegalArgumentException if it is none of them, or none that goes with the direction
   */
  static Limit parse(String text, Direction direction) {
    Matcher spreads = SPREADS.matcher(text.trim().toLowerCase(Locale.ROOT));
    return spreads.matches()
        ? learned(text, spreads.group(1), direction)
        : written(text, direction);
  }

  private static Limit learned(String text, String spreads, Direction direction) {
    if (direction == Direction.BELOW) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is measured from the reference, but below compares the value itself; write"
              + " falls-by = "
              + text);
    }
    double number = spreads == null ? USUAL_SPREADS : number(spreads);
    if (!(number > 0) || Double.isInfinite(number)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' does not say how many spreads; write learned for "
              + plain(BigDecimal.valueOf(USUAL_SPREADS))
              + " of them, or a number above 0 such as \"learned 4\"");
    }
    return learned(number);
  }

  /** NaN where it is no number. */
  private static double number(String text) {
    try {
      return new BigDecimal(text).doubleValue();
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Limit written(String text, Direction direction) {
    Matcher percent = PERCENT.matcher(text);
    boolean relative = percent.matches();
    double number;
    try {
      BigDecimal written = new BigDecimal(relative ? percent.group(1) : text);
      number = (relative ? written.movePointLeft(2) : written).doubleValue();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a limit; write a number, or for falls-by and rises-by a share such as 5%",
          e);
    }
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("'" + text + "' is not finite; write a number");
    }
    if (relative && !direction.isChange()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is relative, but "
              + direction.text()
              + " compares the value itself; write "
              + number
              + ", or use falls-by or rises-by");
    }
    if (direction.isChange() && number <= 0) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not above 0; the direction stands in the key, so write a number above 0");
    }
    if (direction == Direction.FALLS_BY && relative && number > 1) {
      throw new IllegalArgumentException("'" + text + "' is more than all; write at most 100%");
    }
    return relative ? share(number) : of(number);
  }
}
