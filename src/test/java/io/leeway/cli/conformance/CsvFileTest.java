package io.leeway.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFileTest {
  @TempDir private Path directory;

  @Test
  void quotesCommasAndLineFeedsBelongToTheField() throws IOException {
    assertThat(rows("a,b\n\"x, \"\"y\"\"\n z\",2\n"))
        .containsExactly(List.of("a", "b"), List.of("x, \"y\"\n z", "2"));
  }

  @Test
  void emptyFieldsAreMissingQuotedOrNot() throws IOException {
    assertThat(rows("a,b,c\n,\"\",\n").get(1)).containsExactly(null, null, null);
  }

  @Test
  void lastLineNeedsNoEnd() throws IOException {
    assertThat(rows("a,b\n1,2\r\n3,\"4\"")).hasSize(3).last().isEqualTo(List.of("3", "4"));
  }

  @Test
  void packedFilesReadAlike() throws IOException {
    Path file = directory.resolve("file.csv.gz");
    TinyFolder.pack(file, "a\nü\n".getBytes(StandardCharsets.UTF_8));
    assertThat(rows(file)).containsExactly(List.of("a"), List.of("ü"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b;1| file.csv:2: there are 1 fields for 2 columns.",
        "a,b;1,2;3,4,5| file.csv:3: there are 3 fields for 2 columns.",
        "a,b;'x;y',2;1| file.csv:4: there are 1 fields for 2 columns.",
        "a;'x| file.csv:2: the file ends within quotes.",
        "a;'x'y| file.csv:2: there is text behind a closing quote.",
        "a;x'y| file.csv:2: there is a quote within a field that does not start with one.",
        "a,a;1,2| file.csv:1: a column name stands there twice: [a, a].",
        "a,;1,2| file.csv:1: column 2 has no name.",
        "''| file.csv: is empty"
      },
      quoteCharacter = '~')
  void whatIsNoCsvIsRefusedByLine(String text, String message) {
    String csv = text.equals("''") ? "" : text.replace(';', '\n').replace('\'', '"');
    assertThatThrownBy(() -> rows(csv))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void brokenPackingAndBrokenTextAreRefused() throws IOException {
    Path notPacked = Files.writeString(directory.resolve("plain.csv.gz"), "a\n1\n");
    Path latin = Files.write(directory.resolve("latin.csv"), new byte[] {'a', '\n', (byte) 0xFC});
    Path cut = directory.resolve("cut.csv.gz");
    TinyFolder.pack(cut, "a\n1\n".getBytes(StandardCharsets.UTF_8));
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(whole, whole.length - 6));

    for (Path file : List.of(notPacked, latin, cut)) {
      assertThatThrownBy(() -> rows(file))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + ": cannot be read as UTF-8 text")
          .hasMessageEndingWith("fetch or pack the file again.");
    }
  }

  @Test
  void missingFilesAndColumnsAreNamed() throws IOException {
    assertThatThrownBy(() -> CsvFile.open(directory.resolve("none.csv")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("none.csv: there is no such file.");
    Path file = Files.writeString(directory.resolve("file.csv"), "a,b\n");
    try (CsvFile csv = CsvFile.open(file)) {
      assertThatThrownBy(() -> csv.column("c"))
          .isInstanceOf(UserException.class)
          .hasMessage(file + ": there is no column 'c'; the header names [a, b].");
    }
  }

  private List<List<String>> rows(String text) throws IOException {
    return rows(Files.writeString(directory.resolve("file.csv"), text));
  }

  private static List<List<String>> rows(Path file) {
    try (CsvFile csv = CsvFile.open(file)) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(csv.header());
      while (csv.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < csv.header().size(); i++) {
          row.add(csv.field(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
