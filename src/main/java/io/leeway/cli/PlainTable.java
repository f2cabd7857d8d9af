package io.leeway.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Rows as aligned text: numbers to the right and to six digits, a missing value as {@code NULL},
 * line breaks and other control characters as {@code \n} or {@code \u001b}.
 */
final class PlainTable {
  /** Characters of a value, above which it is cut. */
  static final int WIDTH = 40;

  private static final MathContext DIGITS = new MathContext(6);
  private static final String CUT = "…";

  private PlainTable() {}

  /**
   * Prints a header, the rows and how many there are.
   *
   * @param numeric which columns hold numbers
   * @param all rows of the answer, of which {@code rows} may be the first ones
   */
  static void print(
      List<String> header,
      List<Boolean> numeric,
      List<String[]> rows,
      long all,
      int width,
      PrintWriter out) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(header.stream().map(name -> shown(name, width)).toList());
    for (String[] row : rows) {
      cells.add(
          IntStream.range(0, row.length)
              .mapToObj(i -> shown(numeric.get(i) ? rounded(row[i]) : row[i], width))
              .toList());
    }
    int[] widths = new int[header.size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    print(cells.get(0), widths, numeric, out);
    out.println(
        String.join("  ", IntStream.of(widths).mapToObj(wide -> "-".repeat(wide)).toList()));
    cells.stream().skip(1).forEach(line -> print(line, widths, numeric, out));
    out.println(count(rows.size(), all));
  }

  private static String count(int shown, long all) {
    if (shown < all) {
      return String.format(
          Locale.ROOT, "(%,d of %,d rows, %,d more; --limit shows them)", shown, all, all - shown);
    }
    return String.format(Locale.ROOT, "(%,d row%s)", all, all == 1 ? "" : "s");
  }

  private static void print(
      List<String> line, int[] widths, List<Boolean> numeric, PrintWriter out) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String gap = " ".repeat(widths[i] - length(line.get(i)));
      text.append(i == 0 ? "" : "  ");
      text.append(numeric.get(i) ? gap + line.get(i) : line.get(i) + gap);
    }
    out.println(text.toString().stripTrailing());
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String shown(String value, int width) {
    String text = value == null ? "NULL" : visible(value);
    return length(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + CUT;
  }

  private static String visible(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                text.append("\\n");
              } else if (Character.isISOControl(c)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  /** Whole numbers stay as they are; NaN and infinities are no numbers to round. */
  private static String rounded(String value) {
    if (value == null || !value.matches("-?\\d+\\.\\d+(?:E-?\\d+)?")) {
      return value;
    }
    BigDecimal number = new BigDecimal(value);
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal shorter = number.round(DIGITS).stripTrailingZeros();
    int magnitude = shorter.precision() - shorter.scale();
    return magnitude > 15 || magnitude < -5 ? shorter.toString() : shorter.toPlainString();
  }
}
