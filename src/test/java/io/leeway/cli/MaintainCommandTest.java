package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintainCommandTest {
  @TempDir private Path directory;
  private Path configuration;

  @BeforeEach
  void configure() throws IOException {
    configuration = configuration("");
  }

  private Path configuration(String retention) throws IOException {
    Path file = directory.resolve("leeway.conf");
    Files.writeString(
        file,
        """
        leeway {
          store.path = "%s"
          %s
          models.m {
            task = regression
            predictions { table = "%s", id = id, time = scored_at, score = score }
            features { numeric = [age] }
            reference { from = 2026-01-01, until = 2026-01-03 }
          }
        }
        """
            .formatted(store(), retention, directory.resolve("predictions")));
    return file;
  }

  private Path store() {
    return directory.resolve("results");
  }

  private CommandRun maintain(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "maintain";
    arguments[1] = "--config";
    arguments[2] = configuration.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return CommandRun.of(arguments);
  }

  private void monitored() {
    SparkSession spark = LocalSpark.session();
    spark
        .sql(
            "SELECT CAST(id AS STRING) AS id, timestamp'2026-01-01T00:00:00Z' + make_interval(0, 0,"
                + " 0, 0, id) AS scored_at, (id % 10) / 10.0D AS score, id % 7 AS age FROM range(96)")
        .coalesce(1)
        .write()
        .format("delta")
        .save(directory.resolve("predictions").toString());
    assertThat(CommandRun.of("monitor", "--config", configuration.toString()).code()).isZero();
  }

  private void leaveRowsOfADeadAttempt() {
    String metrics = "delta.`" + store().resolve("metrics") + "`";
    LocalSpark.session()
        .sql(
            "INSERT INTO %s SELECT * EXCEPT (attempt_id, computed_at), 'dead', now() - INTERVAL 9 DAYS FROM %s WHERE granularity = '1 day'"
                .formatted(metrics, metrics));
  }

  private long metricsOf(String attempt) {
    return LocalSpark.session()
        .read()
        .format("delta")
        .load(store().resolve("metrics").toString())
        .where("attempt_id = '" + attempt + "'")
        .count();
  }

  @Test
  void removesOldAttemptsSaysSoAndLeavesTheRestForMonitor() {
    monitored();
    leaveRowsOfADeadAttempt();
    long dead = metricsOf("dead");
    assertThat(dead).isPositive();

    CommandRun patient = maintain("--abandoned-after", "10 days");
    CommandRun planned = maintain("--dry-run", "--json");
    assertThat(patient.lines()).contains("m: nothing to do; nothing was changed.");
    assertThat(metricsOf("dead")).isEqualTo(dead);

    CommandRun done = maintain("--json");

    assertThat(done.code()).isZero();
    assertThat(done.out())
        .contains(
            "m: maintenance done.",
            "  metrics: " + dead + " rows went, of attempts that never committed.");
    JsonNode told = done.summary().get("models").get(0);
    assertThat(told.get("result").asText()).isEqualTo("done");
    assertThat(told.get("code").asInt()).isZero();
    assertThat(told.get("removed")).hasSize(1);
    assertThat(told.get("removed").get(0).get("table").asText()).isEqualTo("metrics");
    assertThat(told.get("removed").get(0).get("why").asText()).isEqualTo("abandoned");
    assertThat(told.get("removed").get(0).get("rows").asLong()).isEqualTo(dead);
    assertThat(planned.out()).contains("m: a dry run, nothing was changed.", " rows would go, ");
    JsonNode plan = planned.summary().get("models").get(0);
    assertThat(plan.get("result").asText()).isEqualTo("planned");
    assertThat(plan.get("removed")).isEqualTo(told.get("removed"));
    assertThat(metricsOf("dead")).isZero();

    CommandRun again = maintain("--json", "--vacuum");
    assertThat(again.code()).isZero();
    assertThat(again.lines())
        .contains("m: nothing to do; nothing was changed.", "metrics: vacuumed.");
    assertThat(again.summary().get("models").get(0).get("result").asText())
        .isEqualTo("nothing_due");
    CommandRun monitor = CommandRun.of("monitor", "--config", configuration.toString());
    assertThat(monitor.out()).contains("nothing is due");
  }

  @Test
  void ofATableThatKeepsDeletedFilesForLessThanAWeekNoFileIsDeleted() {
    monitored();
    LocalSpark.session()
        .sql(
            "ALTER TABLE delta.`"
                + store().resolve("metrics")
                + "` SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 6 days')");

    CommandRun run = maintain("--vacuum");

    assertThat(run.out()).contains("metrics: not vacuumed", "'interval 6 days'");
    assertThat(run.lines()).contains("profiles: vacuumed.");
  }

  @Test
  void ofAStoreThatIsNotThereThereIsNothingToDo() {
    CommandRun run = maintain("--json");

    assertThat(run.code()).isZero();
    assertThat(run.lines()).contains("m: nothing to do; nothing was changed.");
    assertThat(store()).doesNotExist();
    assertThat(maintain("--upgrade").out()).contains("nothing to upgrade");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --abandoned-after=soon      | '--abandoned-after: ''soon'' is not a length of time'
          --abandoned-after=2 hours   | '--abandoned-after: ''2 hours'' is less than a day; write at least ''1 day''.'
          --model=x                   | 'there is no model ''x'''
          --upgrade --vacuum          | '--upgrade removes nothing'
          --compact                   | '--compact'
          """)
  void aWrongArgumentIsRefusedInWords(String arguments, String words) {
    CommandRun run =
        maintain(
            arguments.startsWith("--abandoned") ? new String[] {arguments} : arguments.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(words);
  }

  @Test
  void allProblemsOfTheRetentionAreSaidAtOnce() throws IOException {
    configuration =
        configuration(
            "store.retention { crosses = 12 hours, abandoned = never, overall = 9 days }");
    CommandRun wrong = maintain();
    configuration = configuration("store.retention { crosses = 90 days, slices = 30 days }");
    CommandRun shorter = maintain();

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains(
            "leeway.conf:3: leeway.store.retention.crosses: '12 hours' is less than a day",
            "leeway.conf:3: leeway.store.retention.abandoned: 'never' is not a length of time",
            "leeway.conf:3: leeway.store.retention.overall: unknown key",
            "Known here: crosses, slices, superseded, abandoned");
    assertThat(shorter.err())
        .contains(
            "leeway.store.retention.slices: is shorter than crosses, 30 days against 90 days");
  }
}
