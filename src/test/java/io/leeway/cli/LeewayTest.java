package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing here starts Spark: wrong arguments are answered before. */
class LeewayTest {

  @TempDir private Path directory;

  private static CommandRun run(String... arguments) {
    return CommandRun.with(Sessions.by(new SparkConf(false)), arguments);
  }

  @Test
  void helpNamesEveryCommand() {
    CommandRun help = run("--help");

    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("quickstart", "simulate", "baseline", "monitor", "check", "sql", "views");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command :
        new String[] {"quickstart", "simulate", "baseline", "monitor", "check", "sql", "views"}) {
      CommandRun help = run(command, "--help");
      assertThat(help.code()).as(command).isZero();
      assertThat(help.out()).as(command).contains("Usage: leeway " + command);
    }
  }

  @Test
  void noCommandIsTheUsersMistake() {
    assertThat(run()).extracting(CommandRun::code).isEqualTo(2);
    assertThat(run().err()).contains("No command given").contains("--help");
  }

  @Test
  void anUnknownOptionIsAnsweredWithTheNearest() {
    CommandRun wrong = run("monitor", "--dryrun");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--dryrun").contains("--dry-run").doesNotContain("\tat ");
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheNearest() {
    CommandRun wrong = run("monitr");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("monitr").contains("monitor");
  }

  @Test
  void aSchedulerHearsOfWrongArgumentsToo() throws Exception {
    Path file = directory.resolve("summary.json");

    CommandRun wrong = run("monitor", "--summary-out", file.toString(), "--dryrun");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(CommandRun.json(Files.readString(file)).get("code").asInt()).isEqualTo(2);
  }

  @Test
  void aWrongDateIsRefusedBeforeAnythingIsRead() {
    CommandRun wrong = run("monitor", "--from", "2026-13-01", "--config", "nowhere.conf");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--from").contains("'2026-13-01'").contains("2026-03-01");
  }

  @Test
  void aConfigurationThatIsNotThereIsNamed() {
    CommandRun wrong = run("monitor", "--config", "nowhere.conf", "--json");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("nowhere.conf").contains("no such file");
    assertThat(wrong.summary().get("class").asText()).isEqualTo("user");
    assertThat(wrong.summary().get("retry").asBoolean()).isFalse();
    assertThat(wrong.summary().get("message").asText()).contains("nowhere.conf");
  }

  @Test
  void allProblemsOfAConfigurationAreShownAtOnce() throws Exception {
    Path file = directory.resolve("wrong.conf");
    Files.writeString(file, "leeway { stor.path = \"/x\", models.a { task = binry } }");

    CommandRun wrong = run("check", "--config", file.toString());

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("stor").contains("binry").contains("predictions");
  }

  @Test
  void aClusterCannotFollowRelativePaths() throws Exception {
    Path file = directory.resolve("relative.conf");
    Files.writeString(
        file,
        """
        leeway {
          store.path = "s3a://bucket/leeway"
          models.a {
            task = binary
            predictions { table = "./predictions", id = id, time = t, score = p }
            reference { from = 2026-01-01, until = 2026-02-01 }
          }
        }
        """);
    SparkConf cluster = new SparkConf(false).set("spark.master", "yarn");

    CommandRun refused =
        CommandRun.with(Sessions.by(cluster), "monitor", "--config", file.toString());

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("models.a.predictions.table")
        .contains("'./predictions'")
        .contains("write a whole address");
  }

  @Test
  void anEventThatDoesNotExistIsAnsweredWithTheNearest() {
    CommandRun wrong =
        run("simulate", "--out", directory.resolve("s").toString(), "--event", "null-bust");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("'null-bust'").contains("nearest first: null-burst");
  }

  @Test
  void aFolderWithOtherFilesIsNotTouched() throws Exception {
    Path file = directory.resolve("mine.txt");
    Files.writeString(file, "mine");

    CommandRun simulate = run("simulate", "--out", directory.toString());
    CommandRun quickstart = run("quickstart", "--dir", directory.toString());

    assertThat(simulate.code()).isEqualTo(2);
    assertThat(quickstart.code()).isEqualTo(2);
    assertThat(quickstart.err()).contains(directory.toString()).contains("new or empty");
    assertThat(file).hasContent("mine");
  }
}
