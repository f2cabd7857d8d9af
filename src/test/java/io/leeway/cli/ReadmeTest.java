package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.SimulatedTables;
import io.leeway.simulate.Simulation;
import io.leeway.store.Store;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README and the notebooks tell people to type works. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
  private static final int DAYS = 12;

  @TempDir static Path folder;

  @BeforeAll
  static void monitorsAFewDays() {
    SparkSession spark = LocalSpark.session();
    Simulation simulation = Simulation.defaults().withDays(DAYS).withRowsPerDay(40);
    String predictions = folder.resolve("predictions").toString();
    String outcomes = folder.resolve("outcomes").toString();
    SimulatedTables.write(SimulatedTables.predictions(spark, simulation), predictions);
    SimulatedTables.write(SimulatedTables.outcomes(spark, simulation), outcomes);
    LeewayConfig config =
        ConfigLoader.load(
            LenderConfig.hocon(
                simulation, folder.resolve("store").toString(), predictions, outcomes),
            folder);
    Store store = Store.open(spark, config.store());
    new Monitor(store, line -> {}).run(config.models().get(0), MonitorRequest.due(Instant.now()));
    Views.createTemporary(store, 1);
  }

  @Test
  void readmeHoldsFiveQueriesAndOneOfThresholds() throws IOException {
    assertThat(blocks("sql")).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("queries")
  void queryRuns(String query) {
    assertThat(LocalSpark.session().sql(query).columns()).isNotEmpty();
    LocalSpark.session().sql(query).collectAsList();
  }

  @Test
  void queryOfSumsFindsEveryState() throws IOException {
    assertThat(LocalSpark.session().sql(blocks("sql").get(4)).collectAsList())
        .hasSizeGreaterThan(4);
  }

  @Test
  void configurationOfFiveLinesLoads() throws IOException {
    assertThat(ConfigLoader.load(blocks("hocon").get(0), folder).models()).hasSize(1);
  }

  static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>(blocks("sql"));
    String notebook = Files.readString(Path.of("notebooks", "drift.sql"));
    Arrays.stream(notebook.split(";\\s*\\n"))
        .map(String::strip)
        .filter(cell -> !cell.isEmpty())
        .forEach(queries::add);
    return queries;
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
