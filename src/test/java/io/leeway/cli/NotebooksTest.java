package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The notebooks are notebooks, and every query of theirs has an answer over tables of the real
 * jobs, in a session that has nothing but the printed statements.
 */
class NotebooksTest {
  private static final Pattern QUERY =
      Pattern.compile("display\\(spark\\.sql\\(r\"\"\"\\n(.*)\\n\"\"\"\\)\\)", Pattern.DOTALL);
  private static final Pattern STATEMENT =
      Pattern.compile("^spark\\.sql\\(\"(.*)\"\\)$", Pattern.MULTILINE);
  private static final SparkSession SPARK = LocalSpark.another();

  @BeforeAll
  static void runsTheSetup() throws IOException {
    CommandRun.of("views", "--ddl", "--config", MonitoredLender.configuration())
        .statements()
        .forEach(SPARK::sql);
    for (Path notebook : notebooks()) {
      for (String cell : cells(notebook, "code")) {
        STATEMENT.matcher(cell).results().forEach(found -> SPARK.sql(found.group(1)));
      }
    }
  }

  @Test
  void thereAreFour() throws IOException {
    assertThat(notebooks())
        .extracting(notebook -> notebook.getFileName().toString())
        .containsExactly(
            "01_how_is_my_model.ipynb",
            "02_where_does_it_drift_and_why.ipynb",
            "03_is_it_fair.ipynb",
            "04_what_if.ipynb");
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void itIsANotebookOfVersionFourWithoutAnswers(Path notebook) throws IOException {
    JsonNode json = json(notebook);

    assertThat(json.get("nbformat").asInt()).isEqualTo(4);
    assertThat(json.get("nbformat_minor").isInt()).isTrue();
    assertThat(json.get("metadata").isObject()).isTrue();
    assertThat(json.get("cells")).hasSizeGreaterThan(4);
    for (JsonNode cell : json.get("cells")) {
      assertThat(cell.get("cell_type").asText()).isIn("markdown", "code");
      assertThat(cell.get("metadata").isObject()).isTrue();
      assertThat(cell.get("source")).isNotEmpty().allMatch(JsonNode::isTextual);
      if (cell.get("cell_type").asText().equals("code")) {
        assertThat(cell.get("execution_count").isNull()).isTrue();
        assertThat(cell.get("outputs").isArray()).isTrue();
        assertThat(cell.get("outputs")).isEmpty();
      } else {
        assertThat(cell.has("outputs")).isFalse();
      }
    }
  }

  /** One setup, and after it nothing but queries and the variables that they name. */
  @ParameterizedTest
  @MethodSource("notebooks")
  void everyCellButTheSetupIsSql(Path notebook) throws IOException {
    List<String> code = cells(notebook, "code");

    assertThat(code.get(0)).isEqualTo(cells(notebooks().get(0), "code").get(0));
    assertThat(code.subList(1, code.size()))
        .isNotEmpty()
        .allMatch(
            cell ->
                QUERY.matcher(cell).matches()
                    || cell.lines()
                        .allMatch(
                            line -> line.startsWith("#") || STATEMENT.matcher(line).matches()));
  }

  @ParameterizedTest(name = "{0}, query {1}")
  @MethodSource("queries")
  void queryHasAnAnswer(String notebook, int number, String query) {
    assertThat(SPARK.sql(query).collectAsList()).as(query).isNotEmpty();
  }

  static List<Arguments> queries() throws IOException {
    List<Arguments> queries = new ArrayList<>();
    for (Path notebook : notebooks()) {
      int number = 0;
      for (String cell : cells(notebook, "code")) {
        Matcher matcher = QUERY.matcher(cell);
        if (matcher.matches()) {
          queries.add(Arguments.of(notebook.getFileName().toString(), ++number, matcher.group(1)));
        }
      }
    }
    return queries;
  }

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  private static List<String> cells(Path notebook, String type) throws IOException {
    List<String> cells = new ArrayList<>();
    for (JsonNode cell : json(notebook).get("cells")) {
      if (cell.get("cell_type").asText().equals(type)) {
        StringBuilder source = new StringBuilder();
        cell.get("source").forEach(line -> source.append(line.asText()));
        cells.add(source.toString());
      }
    }
    return cells;
  }

  private static JsonNode json(Path notebook) throws IOException {
    return CommandRun.json(Files.readString(notebook));
  }
}
