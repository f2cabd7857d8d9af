package io.leeway.policy.verdict;

import java.util.Locale;

/** Numbers in sentences: four digits, without zeros at their end. */
final class Numbers {
  private Numbers() {}

  static String text(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e7) {
      return Long.toString((long) number);
    }
    String text = String.format(Locale.ROOT, "%.4g", number);
    return text.contains("e") || !text.contains(".") ? text : text.replaceAll("\\.?0+$", "");
  }
}
