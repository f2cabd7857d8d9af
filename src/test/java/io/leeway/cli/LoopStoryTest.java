package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.registry.Registry;
import io.leeway.simulate.LoopConfig;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The loop, closed once, and what the commands say of it afterwards; damage comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoopStoryTest {
  @TempDir private static Path folder;
  private static List<String> words;

  @BeforeAll
  static void play() {
    words =
        new LoopStory(
                LocalSpark.compiling(), new LoopFolder(LocalSpark.compiling(), folder), line -> {})
            .run();
  }

  private static CommandRun ran(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", folder.resolve("leeway.conf").toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  @Order(1)
  void isToldStepByStepWithItsNumbers() {
    assertThat(words)
        .anyMatch(of -> of.startsWith("2. Decision FIRE: calibration_in_the_large in all rows"))
        .anyMatch(of -> of.contains("Version 2: logistic-regression"))
        .anyMatch(of -> of.contains("The gate has blessed it"))
        .anyMatch(of -> of.contains("Version 2: SHIP. squared_error is better by"))
        .anyMatch(of -> of.startsWith("8. Version 2 promoted by"))
        .anyMatch(of -> of.contains("The gate has refused it"))
        .anyMatch(of -> of.contains("Version 3: ROLL_BACK."))
        .anyMatch(of -> of.contains("The record is whole; version 2 serves."));
  }

  @Test
  @Order(2)
  void whoServesIsToldToThoseWhoReadNoTables() throws IOException {
    String current =
        Files.readString(
            folder.resolve("results/models").resolve(LoopConfig.MODEL).resolve("current.json"));

    assertThat(current).contains("\"champion\"").contains("\"version\":2");
  }

  @Test
  @Order(3)
  void versionsAreListedShownAndCompared() {
    assertThat(ran("models", "list").out())
        .contains("version 2 serves")
        .containsPattern("2 +champion")
        .containsPattern("3 +withdrawn");
    assertThat(ran("models", "show", "3").out())
        .contains("What the gate found")
        .contains("FAIL")
        .contains("roc_auc");
    assertThat(ran("models", "diff", "2", "3").out()).contains("pipeline_hash").contains(" -> ");
    assertThat(ran("models", "show", "9").code()).isEqualTo(ExitCode.USER);
  }

  @Test
  @Order(4)
  void whatIsNotInOrderIsRefusedInWords() {
    assertThat(ran("approve", "3", "--by", "x", "--reason", "y").err())
        .contains("Version 3 of model 'credit-line' is withdrawn");
    assertThat(ran("promote", "3", "--by", "x", "--reason", "y").err()).contains("not approved");
    assertThat(ran("rollback", "--by", "x", "--reason", "y").err())
        .contains("has no champion before it");
    assertThat(ran("rollback", "--challenger", "--by", "x", "--reason", "y").err())
        .contains("has no challenger now");
    assertThat(ran("promote", "2", "--by", " ", "--reason", "y").err()).contains("--by is blank");
    assertThat(ran("retrain", "--force").err()).contains("--force and --reason go together");
    assertThat(ran("ab").out()).contains("has no running test");
  }

  @Test
  @Order(5)
  void theRecordIsToldAndWhole() {
    CommandRun whole = ran("audit", "verify");
    assertThat(whole.code()).isEqualTo(ExitCode.DONE);
    assertThat(whole.out()).contains("entries, whole. The last one is 17:");
    assertThat(ran("audit", "show", "--of", "2").out())
        .contains("retrain decided")
        .contains("46,520 new mature labels")
        .contains("approved (version 2) by anna (demo)")
        .contains("promoted (version 2) by olga (demo)");
  }

  @Test
  @Order(6)
  void theCircuitIsOpenedByHandAndThatGoesOnRecord() {
    assertThat(ran("circuit", "open", "--by", "olga", "--reason", "a drill").out())
        .contains("FORCED_OPEN");
    assertThat(ran("models", "list").out()).contains("circuit FORCED_OPEN");
  }

  /** A folder in the place of the file stands for a storage that does not take it. */
  @Test
  @Order(7)
  void aFileThatCannotBeWrittenIsToldOfAndMendedByTheNextAct() throws IOException {
    Path file = folder.resolve("results/models").resolve(LoopConfig.MODEL).resolve("current.json");
    Files.delete(file);
    Files.createDirectories(file.resolve("in-the-way"));

    CommandRun done = ran("circuit", "disabled", "--by", "olga", "--reason", "a drill");
    assertThat(done.code()).isEqualTo(ExitCode.DONE);
    assertThat(done.out())
        .contains("is DISABLED now")
        .contains("ATTENTION")
        .contains("not to be done");

    Files.delete(file.resolve("in-the-way"));
    Files.delete(file);
    CommandRun again = ran("promote", "2", "--by", "olga", "--reason", "again");
    assertThat(again.err()).contains("is champion already");
    assertThat(Files.readString(file)).contains("DISABLED").contains("\"version\":2");
  }

  @Test
  @Order(8)
  void aChampionThatIsNotAsItWasWrittenIsTheEndOfAGreenScoring() throws IOException {
    Path champion = folder.resolve("results/models").resolve(LoopConfig.MODEL).resolve("v=2");
    Path spec = champion.resolve("governance/feature_spec.json");
    String before = Files.readString(spec);
    Files.writeString(spec, before + " ");

    CommandRun scored = ran("score");
    assertThat(scored.code()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(scored.err())
        .contains("its champion does not answer")
        .contains("feature_spec.json")
        .contains("'leeway rollback'");

    Files.writeString(spec, before);
    assertThat(ran("score").code()).isEqualTo(ExitCode.DONE);
  }

  @Test
  @Order(9)
  void aFallbackThatDoesNotParseIsFoundByCheck() throws IOException {
    Path file = folder.resolve("leeway.conf");
    String before = Files.readString(file);
    assertThat(ran("check").code()).isEqualTo(ExitCode.DONE);
    Files.writeString(file, before.replace("constant = 0.1", "sql = \"CASE WHEN\""));

    CommandRun checked = ran("check");
    assertThat(checked.code()).isEqualTo(ExitCode.USER);
    assertThat(checked.err()).contains("retrain.circuit.fallback.sql is \"CASE WHEN\"");
    Files.writeString(file, before);
  }

  @Test
  @Order(10)
  void aDamagedRecordIsNamed() {
    Store store =
        Store.open(LocalSpark.session(), ConfigLoader.load(folder.resolve("leeway.conf")).store());
    assertThat(new Registry(store).faults(LoopConfig.MODEL)).isEmpty();
    LocalSpark.session()
        .sql(
            "UPDATE delta.`%s/results/audit_log` SET actor = 'eve' WHERE sequence = 8"
                .formatted(folder));

    CommandRun damaged = ran("audit", "verify");
    assertThat(damaged.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(damaged.out()).contains("Entry 8 of model 'credit-line' was changed");
    assertThat(ran("models", "list").out()).contains("THE RECORD IS DAMAGED");
    assertThat(ran("promote", "3", "--by", "x", "--reason", "y").code()).isEqualTo(ExitCode.USER);
    assertThat(ran("retrain", "--force", "--reason", "x").err()).contains("Do not RESTORE");
  }
}
