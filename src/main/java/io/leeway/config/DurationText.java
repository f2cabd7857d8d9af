package io.leeway.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as written in the configuration; a day is 24 hours. */
final class DurationText {
  private static final Pattern TEXT = Pattern.compile("(-?\\d{1,9})\\s*([a-z]*)");

  private DurationText() {}

  /**
   * Reads {@code 30 days}, {@code 12 h} or {@code 0}.
   *
   * @throws IllegalArgumentException if the text is no count and unit, or negative
   */
  static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      long seconds =
          switch (matcher.group(2)) {
            case "s", "second", "seconds" -> 1;
            case "m", "minute", "minutes" -> 60;
            case "h", "hour", "hours" -> 3_600;
            case "d", "day", "days" -> 86_400;
            case "w", "week", "weeks" -> 604_800;
            default -> 0;
          };
      if (count < 0) {
        throw new IllegalArgumentException(
            "'" + text + "' is negative; write a length of time from 0 on");
      }
      if (seconds > 0 || (count == 0 && matcher.group(2).isEmpty())) {
        return Duration.ofSeconds(count * seconds);
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not a length of time; write a count and one of seconds, minutes, hours, days, weeks, "
            + "for example '30 days'");
  }

  /**
   * The same of a length above 0.
   *
   * @throws IllegalArgumentException also if it is 0
   */
  static Duration parsePositive(String text) {
    Duration length = parse(text);
    if (length.isZero()) {
      throw new IllegalArgumentException("'" + text + "' is no time at all; write a longer one");
    }
    return length;
  }

  /** In the largest unit that leaves no rest. */
  static String format(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + " days";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + " hours";
    }
    return seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds";
  }
}
