package io.leeway.config;

import java.time.Duration;

/**
 * How long the result tables keep what {@code maintain} may remove. The overall slice and the
 * reference are kept for ever.
 *
 * @param crosses after its window's end, what is told of slices of more than one column
 * @param slices the same of slices of one column; no shorter
 * @param superseded after it was replaced, what another run has replaced
 * @param abandoned after its start, what an attempt wrote that has not committed
 */
public record RetentionConfig(
    Duration crosses, Duration slices, Duration superseded, Duration abandoned) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final RetentionConfig STANDARD =
      new RetentionConfig(
          Duration.ofDays(90), Duration.ofDays(730), Duration.ofDays(365), Duration.ofDays(7));

  public RetentionConfig {
    if (slices.compareTo(crosses) < 0 || crosses.compareTo(DAY) < 0) {
      throw new IllegalArgumentException(
          "Crosses are kept for " + crosses + ", slices of one column for " + slices + ".");
    }
    if (superseded.compareTo(DAY) < 0 || abandoned.compareTo(DAY) < 0) {
      throw new IllegalArgumentException(
          "Kept for less than a day: superseded " + superseded + ", abandoned " + abandoned + ".");
    }
  }

  /** 90 days, two years, one year, 7 days. */
  public static RetentionConfig defaults() {
    return STANDARD;
  }

  /** The same but for attempts that have not committed. */
  public RetentionConfig withAbandoned(Duration other) {
    return new RetentionConfig(crosses, slices, superseded, other);
  }

  static RetentionConfig read(Block block) {
    int before = block.reading().problemCount();
    Duration crosses = block.value("crosses", STANDARD.crosses, RetentionConfig::length);
    Duration slices = block.value("slices", STANDARD.slices, RetentionConfig::length);
    Duration superseded = block.value("superseded", STANDARD.superseded, RetentionConfig::length);
    Duration abandoned = block.value("abandoned", STANDARD.abandoned, RetentionConfig::length);
    block.refuseUnknownKeys();
    if (slices.compareTo(crosses) < 0) {
      if (before == block.reading().problemCount()) {
        block.wrong(
            "slices",
            "is shorter than crosses, "
                + DurationText.format(slices)
                + " against "
                + DurationText.format(crosses)
                + "; keep slices of one column at least as long as crosses");
      }
      slices = crosses;
    }
    return new RetentionConfig(crosses, slices, superseded, abandoned);
  }

  /**
   * Reads a length of at least a day, such as {@code 30 days}.
   *
   * @throws IllegalArgumentException in words, if the text is none
   */
  public static Duration length(String text) {
    Duration length = DurationText.parse(text);
    if (length.compareTo(DAY) < 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is less than a day; write at least '1 day'");
    }
    return length;
  }
}
