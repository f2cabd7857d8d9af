package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTableTest {

  private static List<String> print(List<String[]> rows, long all, int width) {
    StringWriter text = new StringWriter();
    PlainTable.print(
        List.of("name", "value"), List.of(false, true), rows, all, width, new PrintWriter(text));
    return text.toString().lines().toList();
  }

  private static String[] row(String name, String value) {
    return new String[] {name, value};
  }

  @Test
  void columnsAreAlignedAndNumbersStandToTheRight() {
    assertThat(print(List.of(row("psi", "0.5"), row("wasserstein", "12")), 2, 40))
        .containsExactly(
            "name         value",
            "-----------  -----",
            "psi            0.5",
            "wasserstein     12",
            "(2 rows)");
  }

  @Test
  void missingValuesAndControlCharactersAreSeen() {
    List<String> lines = print(List.of(row(null, null), row("a\nb\u001b", "1")), 2, 40);

    assertThat(lines.get(2)).startsWith("NULL").endsWith("NULL");
    assertThat(lines.get(3)).startsWith("a\\nb\\u001b ");
  }

  @Test
  void longValuesAreCutAtTheWidth() {
    assertThat(print(one(row("abcdefgh", "1")), 1, 6).get(2)).startsWith("abcde…  ");
    assertThat(print(one(row("abcdef", "1")), 1, 6).get(2)).startsWith("abcdef  ");
  }

  @Test
  void numbersAreRoundedToSixDigits() {
    assertThat(rounded("0.123456789")).isEqualTo("0.123457");
    assertThat(rounded("61000.25")).isEqualTo("61000.3");
    assertThat(rounded("1.0E-12")).isEqualTo("1E-12");
    assertThat(rounded("123456789012")).isEqualTo("123456789012");
    assertThat(rounded("NaN")).isEqualTo("NaN");
    assertThat(rounded("0.0")).isEqualTo("0");
  }

  private static List<String[]> one(String[] row) {
    return Collections.singletonList(row);
  }

  private static String rounded(String value) {
    String line = print(one(row("x", value)), 1, 40).get(2);
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  @Test
  void rowsBeyondTheLimitAreCounted() {
    assertThat(print(one(row("x", "1")), 1_234, 40).get(3))
        .isEqualTo("(1 of 1,234 rows, 1,233 more; --limit shows them)");
    assertThat(print(one(row("x", "1")), 1, 40).get(3)).isEqualTo("(1 row)");
  }
}
