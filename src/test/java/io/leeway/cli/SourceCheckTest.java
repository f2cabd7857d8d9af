package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.FailingFileSystem;
import io.leeway.testing.FailingFileSystem.Trouble;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCheckTest {

  @TempDir private Path directory;

  private String table(String name, String query) {
    Path path = directory.resolve(name);
    LocalSpark.session().sql(query).write().format("delta").save(path.toString());
    return path.toString();
  }

  private CommandRun check(String models) throws IOException {
    Path file = directory.resolve("check.conf");
    Files.writeString(
        file, "leeway { store.path = \"" + directory.resolve("results") + "\"\n" + models + "\n}");
    return CommandRun.of("check", "--config", file.toString());
  }

  @Test
  void everyProblemOfEveryTableIsShownAtOnce() throws IOException {
    String predictions =
        table(
            "predictions",
            """
            SELECT 'a' AS id, 'yesterday' AS scored_at, '0.5' AS probability, 1 AS decision,
              30 AS age, 'VIC' AS state, array(1.0, 2.0) AS embedding, named_struct('x', 1) AS s,
              'slow' AS latency""");
    String labels = table("labels", "SELECT 1 AS id, 1 AS defaulted, '1 May' AS observed_at");

    CommandRun checked =
        check(
            """
            models.credit {
              task = binary
              predictions {
                table = "%s", id = id, time = scored_at, score = probability, decision = decison
                where = "age >"
              }
              labels { table = "%s", id = id, label = defaultd, time = observed_at }
              features { numeric = [age, state, s.x], categorical = [embedding] }
              slice-columns { band = "case when agee < 30 then 'y' else 'o' end", total = "sum(age)" }
              slices = [[stat], [band]]
              reference.where = "age + 1"
              operations { latency = latency, failed = "state" }
            }
            models.missing {
              task = binary
              predictions { table = "%s/nowhere", id = id, time = t, score = p }
              reference.where = "true"
            }"""
                .formatted(predictions, labels, directory));

    assertThat(checked.code()).isEqualTo(2);
    assertThat(checked.err().lines().filter(line -> line.startsWith("Model '")))
        .satisfiesExactlyInAnyOrder(
            line ->
                problem(line, "credit", "predictions.time", "'scored_at'", "string", "timestamp"),
            line -> problem(line, "credit", "predictions.score", "'probability'", "a number"),
            line -> problem(line, "credit", "predictions.decision", "did you mean 'decision'"),
            line -> problem(line, "credit", "predictions.where", "\"age >\"", "not understood"),
            line -> problem(line, "credit", "features.numeric", "'state'", "features.categorical"),
            line -> problem(line, "credit", "features.categorical", "'embedding'", "array"),
            line -> problem(line, "credit", "slice-columns.band", "agee", "`age`"),
            line -> problem(line, "credit", "slice-columns.total", "one value a row"),
            line -> problem(line, "credit", "slices", "'stat'", "did you mean 'state'"),
            line -> problem(line, "credit", "operations.latency", "string", "a number"),
            line -> problem(line, "credit", "operations.failed", "\"state\"", "true or false"),
            line -> problem(line, "credit", "labels.id", "int", "string", "one type"),
            line -> problem(line, "credit", "labels.label", "did you mean 'defaulted'"),
            line -> problem(line, "credit", "labels.time", "'observed_at'", "string"),
            line -> problem(line, "credit", "reference.where", "int", "true or false"),
            line -> problem(line, "missing", "predictions.table", "nowhere", "no table"));
  }

  private static void problem(String line, String model, String key, String... words) {
    assertThat(line).startsWith("Model '" + model + "', " + key + ": ").contains(words);
  }

  @Test
  void anAlienTableAndAReferenceTableAreOpenedToo() throws IOException {
    String predictions =
        table(
            "predictions",
            "SELECT 'a' AS id, current_timestamp() AS t, 0.5D AS p, 30 AS age, 'VIC' AS state");
    String reference = table("reference", "SELECT 30 AS age, current_timestamp() AS t, 0.5D AS p");
    LocalSpark.session().range(1).write().parquet(directory.resolve("parquet").toString());

    CommandRun checked =
        check(
            """
            models.a {
              task = binary
              predictions { table = "%s", id = id, time = t, score = p }
              labels { table = "%s/parquet", label = y }
              features { numeric = [age] }
              slices = [[state]]
              reference { table = "%s" }
            }"""
                .formatted(predictions, directory, reference));

    assertThat(checked.code()).isEqualTo(2);
    assertThat(checked.err())
        .contains("Model 'a', labels.table: The folder", "no _delta_log")
        .contains("Model 'a', slices: reference table '" + reference + "' has no column 'state'");
    assertThat(checked.err().lines().filter(line -> line.startsWith("Model '"))).hasSize(2);
  }

  /** A baseline profiles the model's outputs by version and time, wherever its rows lie. */
  @Test
  void aReferenceTableNeedsWhatTheModelReturnedToo() throws IOException {
    String predictions =
        table(
            "predictions",
            """
            SELECT 'a' AS id, current_timestamp() AS t, 'v1' AS version, 0.5D AS p, 1 AS decision,
              30 AS age, 1 AS secret""");
    String reference =
        table(
            "reference",
            """
            SELECT 'May' AS t, array(1) AS version, 'high' AS p, 30 AS age, 0 AS defaulted""");

    CommandRun checked =
        check(
            """
            models.a {
              task = binary
              predictions {
                table = "%s", id = id, time = t, version = version, score = p, decision = decision
                where = "decision < 2"
              }
              features { exclude = [secret, defaulted, unknown] }
              slice-columns { band = "age + decision" }
              slices = [[band]]
              reference { table = "%s" }
            }"""
                .formatted(predictions, reference));

    assertThat(checked.code()).isEqualTo(2);
    String at = "'" + reference + "'";
    assertThat(checked.err().lines().filter(line -> line.startsWith("Model '")))
        .satisfiesExactlyInAnyOrder(
            line -> problem(line, "a", "predictions.time", "'t'", at, "string", "timestamp"),
            line -> problem(line, "a", "predictions.version", "'version'", at, "array"),
            line -> problem(line, "a", "predictions.score", "'p'", at, "string", "a number"),
            line ->
                problem(
                    line,
                    "a",
                    "predictions.decision",
                    "'decision'",
                    "reference table " + at,
                    "age"),
            line -> problem(line, "a", "slice-columns.band", "over table " + at, "decision"),
            line -> problem(line, "a", "features.exclude", "'unknown'", predictions));
  }

  /** What {@code monitor} would refuse, {@code check} and {@code baseline} refuse as well. */
  @Test
  void timesWithoutAZoneAreRefusedInEitherTable() throws IOException {
    String zoneless = "SELECT 1 AS id, TIMESTAMP_NTZ'2026-01-01 07:00:00' AS t, 0.5D AS p";
    String model =
        """
        models.a {
          task = binary
          windows.zone = "Australia/Sydney"
          predictions { table = "%s", id = id, time = t, score = p }
          reference { table = "%s" }
        }"""
            .formatted(table("predictions", zoneless), table("reference", zoneless));

    CommandRun checked = check(model);

    assertThat(checked.code()).isEqualTo(2);
    assertThat(checked.err().lines().filter(line -> line.startsWith("Model '")))
        .satisfiesExactly(
            line -> problem(line, "a", "predictions.time", "predictions'", "no zone", "Sydney"),
            line -> problem(line, "a", "predictions.time", "reference'", "no zone", "Sydney"));
    CommandRun baseline =
        CommandRun.of("baseline", "--config", directory.resolve("check.conf").toString());
    assertThat(baseline.code()).isEqualTo(2);
    assertThat(baseline.err()).contains("predictions.time", "no zone");
  }

  @Test
  void aStorageThatDoesNotAnswerHidesNoProblem() throws IOException {
    String predictions =
        table("predictions", "SELECT 1 AS id, current_timestamp() AS t, 0.5D AS p, 30 AS age");
    Path file = directory.resolve("check.conf");
    String model =
        """
        models.%s {
          task = binary
          predictions { table = "%s", id = id, time = t, score = %s }
          labels { table = "%s", label = y }
          reference.where = "true"
        }
        """;
    String unreachable = FailingFileSystem.address(Trouble.UNREACHABLE, directory);
    Files.writeString(
        file,
        "leeway {\nstore.path = \"results\"\n"
            + model.formatted("first", predictions, "scoer", unreachable)
            + model.formatted("second", predictions, "rate", predictions)
            + "}");

    CommandRun checked =
        CommandRun.in(FailingFileSystem.session(), "check", "--config", file.toString(), "--json");

    assertThat(checked.code()).isEqualTo(4);
    assertThat(checked.summary().get("class").asText()).isEqualTo("environment");
    assertThat(checked.err().lines().filter(line -> line.startsWith("Model '")))
        .satisfiesExactly(
            line -> problem(line, "first", "predictions.score", "'scoer'"),
            line -> problem(line, "first", "labels.table", "cannot be reached"),
            line -> problem(line, "second", "predictions.score", "'rate'"),
            line -> problem(line, "second", "labels.label", "'y'"));
  }
}
