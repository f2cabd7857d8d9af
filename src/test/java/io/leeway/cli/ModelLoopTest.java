package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.FailingFileSystem;
import io.leeway.testing.FailingFileSystem.Trouble;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several models in one command, and what goes wrong with each. */
class ModelLoopTest {
  private static final String ROWS =
      """
      SELECT CAST(id AS STRING) AS id, timestamp'2026-01-01T00:00:00Z' + make_interval(0, 0, 0, 0, id)
        AS scored_at, (id %% 10) / 10.0D AS score, id %% 7 AS age FROM range(%d)""";
  private static final String FOUR_DAYS = ROWS.formatted(96);

  @TempDir private Path directory;

  private Path table(String name, String query) {
    Path path = directory.resolve(name);
    LocalSpark.session().sql(query).coalesce(1).write().format("delta").save(path.toString());
    return path;
  }

  private static String model(String name, Path predictions) {
    return """
    models.%s {
      task = regression
      predictions { table = "%s", id = id, time = scored_at, score = score }
      features { numeric = [age] }
      reference { from = 2026-01-01, until = 2026-01-03 }
    }
    """
        .formatted(name, predictions);
  }

  private String configuration(String store, String... models) throws IOException {
    Path file = directory.resolve("models.conf");
    Files.writeString(
        file, "leeway {\nstore.path = \"" + store + "\"\n" + String.join("", models) + "}");
    return file.toString();
  }

  private CommandRun monitor(String store, String... models) throws IOException {
    return monitor(LocalSpark.session(), store, models);
  }

  private CommandRun monitor(SparkSession session, String store, String... models)
      throws IOException {
    return CommandRun.in(session, "monitor", "--config", configuration(store, models), "--json");
  }

  private static List<String> results(CommandRun run) {
    return run.summary().get("models").findValuesAsText("result");
  }

  @Test
  void oneThatFailsDoesNotStopTheOthers() throws IOException {
    Path good = table("good", FOUR_DAYS);
    Path mistyped =
        table("mistyped", "SELECT id, scored_at, 'x' AS score, age FROM (" + FOUR_DAYS + ")");
    Path corrupt = table("corrupt", FOUR_DAYS);
    corrupt(corrupt);
    Path empty = table("empty", FOUR_DAYS + " WHERE id < 0");
    String store = directory.resolve("results").toString();

    CommandRun run =
        monitor(
            store,
            model("absent", directory.resolve("absent")),
            model("broken", corrupt),
            model("empty", empty),
            model("good", good),
            model("mistyped", mistyped));

    assertThat(run.code()).isEqualTo(2);
    assertThat(results(run)).containsExactly("failed", "failed", "failed", "done", "failed");
    assertThat(outcome(run, "good").get("result").asText()).isEqualTo("done");
    assertThat(outcome(run, "good").get("windows").asInt()).isEqualTo(2);
    assertThat(outcome(run, "good").get("rows").asInt()).isEqualTo(48);
    assertThat(message(run, "absent"))
        .contains("predictions.table", directory + "/absent", "Check");
    assertThat(message(run, "broken")).contains(".parquet", "damaged", "Restore the file");
    assertThat(outcome(run, "empty").get("class").asText()).isEqualTo("user");
    assertThat(message(run, "empty"))
        .contains(
            "Model 'empty'", "no row of table " + empty, "from 2026-01-01", "reference block");
    assertThat(message(run, "mistyped")).contains("predictions.score", "'score'", "string", "cast");
    assertThat(run.err()).doesNotContain("bug").doesNotContain("\tat ");
    CommandRun published =
        CommandRun.of(
            "sql",
            "SELECT DISTINCT model FROM latest_metrics",
            "--store",
            store,
            "--format",
            "csv");
    assertThat(published.out()).isEqualTo("model\r\ngood\r\n");
  }

  private static JsonNode outcome(CommandRun run, String model) {
    for (JsonNode outcome : run.summary().get("models")) {
      if (outcome.get("model").asText().equals(model)) {
        return outcome;
      }
    }
    throw new AssertionError("No outcome of " + model + " in " + run.out());
  }

  private static String message(CommandRun run, String model) {
    return outcome(run, model).get("message").asText();
  }

  private static void corrupt(Path table) throws IOException {
    try (var files = Files.list(table)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".parquet")).toList()) {
        Files.write(file, new byte[(int) Files.size(file)]);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      }
    }
  }

  @Test
  void awkwardNamesAreNames() throws IOException {
    Path good = table("good", FOUR_DAYS);
    String longest = "n".repeat(200);
    String quoted = "it's a \\\"model\\\" v1.2/b";

    CommandRun run =
        monitor(
            directory.resolve("results").toString(),
            model('"' + quoted + '"', good),
            model(longest, good));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(results(run)).containsExactly("done", "done");
    CommandRun one =
        CommandRun.of(
            "monitor",
            "--config",
            directory.resolve("models.conf").toString(),
            "--model",
            "it's a \"model\" v1.2/b",
            "--json");
    assertThat(one.code()).isZero();
    assertThat(results(one)).containsExactly("nothing_due");
    CommandRun names =
        CommandRun.of(
            "sql",
            "SELECT DISTINCT model FROM latest_metrics ORDER BY length(model)",
            "--store",
            directory.resolve("results").toString(),
            "--format",
            "csv");
    assertThat(names.lines()).containsExactly("model", "\"it's a \"\"model\"\" v1.2/b\"", longest);
  }

  @Test
  void anUnknownModelIsAnsweredWithTheNearest() throws IOException {
    String file =
        configuration(directory.resolve("results").toString(), model("credit", directory));

    CommandRun run = CommandRun.of("monitor", "--config", file, "--model", "credt");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("no model 'credt'", "nearest first: credit");
  }

  @Test
  void aFullStorageMayBeTriedAgain() throws IOException {
    CommandRun run =
        monitor(
            FailingFileSystem.session(),
            FailingFileSystem.address(Trouble.FULL, directory.resolve("results")),
            model("a", table("good", FOUR_DAYS)));

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.summary().get("retry").asBoolean()).isTrue();
    assertThat(run.summary().get("class").asText()).isEqualTo("environment");
    assertThat(message(run, "a")).contains("failing://full", "storage is full", "Free space");
  }

  @Test
  void aStorageThatRefusesIsNamed() throws IOException {
    CommandRun run =
        monitor(
            FailingFileSystem.session(),
            FailingFileSystem.address(Trouble.DENIED, directory.resolve("results")),
            model("a", table("good", FOUR_DAYS)));

    assertThat(run.code()).isEqualTo(4);
    assertThat(message(run, "a")).contains("failing://denied", "refuses access", "right to");
  }

  @Test
  void theSummaryIsWrittenOnFailureToo() throws IOException {
    Path summary = directory.resolve("out/summary.json");
    String file = configuration(directory.resolve("results").toString(), model("a", directory));

    CommandRun run =
        CommandRun.of("baseline", "--config", file, "--summary-out", summary.toString());

    assertThat(run.code()).isEqualTo(2);
    JsonNode written = CommandRun.json(Files.readString(summary));
    assertThat(written.get("command").asText()).isEqualTo("baseline");
    assertThat(written.get("code").asInt()).isEqualTo(2);
    assertThat(written.get("models").get(0).get("class").asText()).isEqualTo("user");
  }

  @Test
  void aSummaryThatCannotBeWrittenIsAFailure() throws IOException {
    Path blocked = Files.writeString(directory.resolve("file"), "x");
    String file =
        configuration(
            directory.resolve("results").toString(), model("a", table("good", FOUR_DAYS)));

    CommandRun run =
        CommandRun.of(
            "monitor", "--dry-run", "--config", file, "--summary-out", blocked + "/summary.json");

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("--summary-out").contains(blocked.toString());
  }

  @Test
  void aDryRunSaysWhatIsDueAndWritesNothing() throws IOException {
    CommandRun run =
        CommandRun.of(
            "monitor",
            "--dry-run",
            "--config",
            configuration(
                directory.resolve("results").toString(), model("a", table("good", FOUR_DAYS))));

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("2 windows from 2026-01-03T00:00:00Z until 2026-01-05T00:00:00Z");
    assertThat(directory.resolve("results")).doesNotExist();
  }

  @Test
  void untilBeforeFromIsRefused() throws IOException {
    CommandRun run =
        CommandRun.of(
            "monitor",
            "--from",
            "2026-01-04",
            "--until",
            "2026-01-03",
            "--config",
            configuration(
                directory.resolve("results").toString(), model("a", table("good", FOUR_DAYS))));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--until 2026-01-03 is not after --from 2026-01-04");
  }
}
