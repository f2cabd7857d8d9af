package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.simulate.Simulation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

  @TempDir private Path directory;

  /** Ten days: six are the reference, the seventh is history, three come in one by one. */
  @Test
  void everyLiveRunScansItsDayAlone() {
    assertThat(SmallQuickstart.words())
        .contains(
            "History: scanned 1 window with 600 predictions.",
            "Day 8: scanned 1 window with 600 predictions.",
            "Day 9: scanned 1 window with 600 predictions.",
            "Day 10: scanned 1 window with 600 predictions.");
  }

  /** The simulation moves incomes of one state and brings in a new purpose, and nothing else. */
  @Test
  void theDriftsThatWereMadeAreFound() {
    List<String> words = SmallQuickstart.words();
    List<String> drifts =
        words
            .subList(words.indexOf("The largest drifts of the last 3 days:"), words.size())
            .stream()
            .filter(line -> line.startsWith("  - "))
            .toList();

    assertThat(drifts).hasSize(3);
    assertThat(drifts)
        .anySatisfy(drift -> assertThat(drift).contains("In state=QLD income has moved"))
        .anySatisfy(drift -> assertThat(drift).contains("purpose has moved", "'solar_battery'"));
  }

  /** Each is one incident, with its column, its rows and the day from which it was made. */
  @Test
  void theyAreTheIncidentsAndNothingElseIs() {
    List<String> words = SmallQuickstart.words();
    int at = words.indexOf("What people would have to look at:");
    assertThat(at).isPositive();
    List<String> incidents =
        words.subList(at + 1, words.size()).stream()
            .takeWhile(line -> line.startsWith("  - "))
            .toList();
    LocalDate eighth = Simulation.defaults().date(8);
    assertThat(incidents).hasSize(2);
    assertThat(incidents)
        .anySatisfy(
            of ->
                assertThat(of)
                    .contains("'income'", "in state=QLD, since " + eighth)
                    .doesNotContain("purpose"))
        .anySatisfy(
            of ->
                assertThat(of)
                    .contains("'purpose'", "in all rows, since " + eighth)
                    .doesNotContain("income"));
  }

  @Test
  void aCommandOverItsConfigurationFindsNothingNewOnceItsLabelsAreMature() {
    // The simulated days are long gone by the clock of the command.
    CommandRun matured =
        CommandRun.of("monitor", "--config", SmallQuickstart.configuration(), "--json");
    CommandRun again =
        CommandRun.of("monitor", "--config", SmallQuickstart.configuration(), "--json");

    assertThat(matured.out()).doesNotContain("NEW_ROWS");

    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("credit-risk: nothing is due");
    assertThat(again.summary().get("models").get(0).get("result").asText())
        .isEqualTo("nothing_due");
  }

  @Test
  void theQueriesToTryHaveAnswers() {
    for (String query : Quickstart.queries()) {
      CommandRun answer =
          CommandRun.of(
              "sql", query, "--config", SmallQuickstart.configuration(), "--format", "csv");
      assertThat(answer.code()).as(query).isZero();
      assertThat(answer.lines()).as(query).hasSizeGreaterThan(2);
    }
  }

  @Test
  void itsConfigurationPassesTheCheck() {
    CommandRun check = CommandRun.of("check", "--config", SmallQuickstart.configuration());

    assertThat(check.code()).isZero();
    assertThat(check.out()).contains("credit-risk: its tables are as its configuration says.");
  }

  @Test
  void anEarlierSimulationIsReplacedAndForeignFilesAreNot() throws Exception {
    SimulatedFolder folder = new SimulatedFolder(directory);
    Files.writeString(folder.configuration(), "# Simulated data, made by Leeway.\n");
    Files.createDirectories(folder.predictions().resolve("_delta_log"));

    folder.clear();

    try (var files = Files.list(directory)) {
      Set<Path> left = files.collect(Collectors.toSet());
      assertThat(left).isEmpty();
    }
  }

  @Test
  void simulateWritesWhatItWasAskedFor() {
    Path target = directory.resolve("lender");

    CommandRun made =
        CommandRun.of(
            "simulate",
            "--out",
            target.toString(),
            "--days",
            "3",
            "--rows",
            "30",
            "--event",
            "missing-day@2",
            "--json");

    assertThat(made.code()).isZero();
    assertThat(made.summary().get("code").asInt()).isZero();
    assertThat(made.out()).contains("20 predictions in", "Day 2 has no rows.");
    assertThat(target.resolve("leeway.conf")).isRegularFile();
    assertThat(target.resolve("predictions/_delta_log")).isDirectory();
    assertThat(target.resolve("outcomes/_delta_log")).isDirectory();
  }
}
