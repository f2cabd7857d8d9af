package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.leeway.testing.FailingFileSystem;
import io.leeway.testing.FailingFileSystem.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people give commands by mistake, and what storage does to them: message and exit code. Of
 * {@code monitor} over several models it is {@link ModelLoopTest} that tells, of wrong arguments
 * {@link LeewayTest}.
 */
class BadInputTest {

  @TempDir private Path directory;

  private static void refused(CommandRun run, int code, String... words) {
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).contains(words).doesNotContain("bug", "\tat ");
  }

  private Path configuration(String text) throws IOException {
    return Files.writeString(directory.resolve("leeway.conf"), text);
  }

  private String model(String table, String store) {
    return """
    leeway {
      store.path = "%s"
      models.credit {
        task = binary
        predictions { table = "%s", id = id, time = t, score = p }
        reference { from = 2026-01-01, until = 2026-02-01 }
      }
    }
    """
        .formatted(store, table);
  }

  @Test
  void aFolderIsNoConfiguration() {
    refused(
        CommandRun.of("monitor", "--config", directory.toString()),
        2,
        directory + ": is a folder; name the configuration file in it.");
  }

  @Test
  void aConfigurationThatIsNoTextIsSaidToBe() throws IOException {
    Path file = directory.resolve("latin.conf");
    Files.write(file, "leeway { x = ü }".getBytes(StandardCharsets.ISO_8859_1));

    refused(CommandRun.of("check", "--config", file.toString()), 2, file + ": is not UTF-8 text");
  }

  @Test
  void aConfigurationWithoutItsLastBraceIsNamedByLine() throws IOException {
    Path file = configuration("leeway {\n  store.path = \"/x\"\n");

    refused(
        CommandRun.of("baseline", "--config", file.toString()), 2, file + ":3:", "close the brace");
  }

  /** Tests may run as a user who may read everything; this file the system refuses to anyone. */
  @Test
  void aConfigurationThatTheSystemRefusesToReadIsNamed() {
    Path file = Path.of("/proc/self/mem");
    assumeThat(file).exists();

    refused(
        CommandRun.of("monitor", "--config", file.toString()),
        2,
        file + ": cannot be read (",
        "check its permissions and storage");
  }

  @Test
  void aStorageThatDoesNotAnswerACheckMayBeAskedAgain() throws IOException {
    String table = FailingFileSystem.address(Trouble.UNREACHABLE, directory.resolve("p"));
    Path file = configuration(model(table, directory.resolve("results").toString()));

    refused(
        CommandRun.in(FailingFileSystem.session(), "check", "--config", file.toString()),
        4,
        table,
        "cannot be reached",
        "Check the address and the network");
  }

  @Test
  void aStorageThatDoesNotAnswerAQueryMayBeAskedAgain() {
    String store = FailingFileSystem.address(Trouble.UNREACHABLE, directory);

    refused(
        CommandRun.in(FailingFileSystem.session(), "sql", "SELECT 1", "--store", store),
        4,
        store,
        "cannot be reached",
        "run the command again");
  }

  @Test
  void aDamagedResultTableIsNamedByItsFile() throws IOException {
    Path results = directory.resolve("results");
    copy(SmallQuickstart.folder().resolve("results"), results);
    try (Stream<Path> files = Files.walk(results.resolve("metrics"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".parquet")).toList()) {
        Files.write(file, new byte[(int) Files.size(file)]);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      }
    }

    refused(
        CommandRun.of("sql", "SELECT sum(value) FROM metrics", "--store", results.toString()),
        2,
        results + "/metrics/",
        ".parquet",
        "damaged",
        "Restore the file");
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(from)) {
      all = files.toList();
    }
    for (Path file : all) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path below = Files.writeString(directory.resolve("file"), "x").resolve("below");

    refused(
        CommandRun.of("simulate", "--out", below.toString(), "--days", "1"),
        4,
        "The folder '" + below + "' cannot be used",
        "Name one that can be read and written");
    refused(
        CommandRun.of("quickstart", "--dir", below.toString()),
        4,
        "The folder '" + below + "' cannot be used");
  }

  @Test
  void aTableThatTheCatalogDoesNotHaveIsNamed() throws IOException {
    Path file = configuration(model("lake.nowhere", directory.resolve("results").toString()));

    refused(
        CommandRun.of("baseline", "--config", file.toString()),
        2,
        "Model 'credit', predictions.table: There is no table 'lake.nowhere' in the catalog",
        "Check its name");
  }

  /** Slashes become %2F in a folder's name: 6 bytes of "model=" and 3 each, against 255. */
  @Test
  void aNameThatIsTooLongForTheStorageIsRefused() throws IOException {
    String fits = "/".repeat(83);
    String longer = "/".repeat(84);
    String one = model("lake.nowhere", directory.resolve("results").toString());
    String two = one.replace("store.path", "# store.path");
    Path file =
        configuration(
            one.replace("models.credit", "models.\"" + fits + '"')
                + two.replace("models.credit", "models.\"" + longer + '"'));

    CommandRun run = CommandRun.of("check", "--config", file.toString());

    refused(run, 2, "Model '" + longer + "', its name: is too long", "258 bytes", "a shorter one");
    assertThat(run.err()).doesNotContain("Model '" + fits + "', its name");
  }
}
