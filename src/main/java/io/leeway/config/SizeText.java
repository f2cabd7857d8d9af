package io.leeway.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as written in the configuration. */
final class SizeText {
  private static final Pattern TEXT = Pattern.compile("(-?\\d{1,9})\\s*([A-Za-z]*)");

  private SizeText() {}

  /**
   * Bytes of {@code 256MB}, {@code 1 GiB} or {@code 4096 bytes}; {@code kB}, {@code MB} and {@code
   * GB} count by 1000, {@code KiB}, {@code MiB} and {@code GiB} by 1024.
   *
   * @throws IllegalArgumentException if the text is no such amount, or not above 0
   */
  static long parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim());
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      long unit =
          switch (matcher.group(2)) {
            case "B", "byte", "bytes" -> 1;
            case "kB", "KB" -> 1_000;
            case "MB" -> 1_000_000;
            case "GB" -> 1_000_000_000;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> 0;
          };
      if (count < 1) {
        throw new IllegalArgumentException(
            "'" + text + "' is not above 0; write for example 256MB");
      }
      if (unit > 0) {
        return count * unit;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not an amount of memory; write a count and one of bytes, kB, MB, GB, KiB, MiB, GiB, "
            + "for example 256MB");
  }
}
