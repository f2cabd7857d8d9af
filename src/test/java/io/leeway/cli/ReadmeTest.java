package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README tells people to type works. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

  @BeforeAll
  static void makesTheViews() {
    Views.createTemporary(MonitoredLender.store(), 1);
  }

  @Test
  void readmeHoldsFiveQueriesAndSevenOfViews() throws IOException {
    assertThat(blocks("sql")).hasSize(12);
  }

  @ParameterizedTest
  @MethodSource("queries")
  void queryRuns(String query) {
    assertThat(LocalSpark.session().sql(query).columns()).isNotEmpty();
    assertThat(LocalSpark.session().sql(query).collectAsList()).isNotEmpty();
  }

  @Test
  void queryOfSumsFindsEveryState() throws IOException {
    assertThat(LocalSpark.session().sql(blocks("sql").get(11)).collectAsList())
        .hasSizeGreaterThan(4);
  }

  @Test
  void configurationOfFiveLinesLoads() throws IOException {
    assertThat(ConfigLoader.load(blocks("hocon").get(0), MonitoredLender.folder()).models())
        .hasSize(1);
  }

  static List<String> queries() throws IOException {
    return blocks("sql");
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(Path.of("README.md")));
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }
}
