package io.leeway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.StoreConfig;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five processes promote the same version at the same moment, round after round. */
class PromotersTest {
  private static final int PROMOTERS = 5;
  private static final int ROUNDS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final List<Process> processes = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void exactlyOneWinsEachRound() throws Exception {
    Path signals = Files.createDirectory(folder.resolve("signals"));
    Registry registry =
        new Registry(
            Store.open(
                LocalSpark.session(),
                new StoreConfig(
                    Optional.of(folder.resolve("store").toString()),
                    Optional.empty(),
                    Optional.empty())));
    for (int promoter = 0; promoter < PROMOTERS; promoter++) {
      start("p" + promoter, signals);
    }

    for (int round = 1; round <= ROUNDS; round++) {
      approved(registry, round);
      Files.createFile(signals.resolve("look-" + round));
      await(signals, "ready-" + round + "-");
      Files.createFile(signals.resolve("go-" + round));
      await(signals, "done-" + round + "-");

      List<String> said = new ArrayList<>();
      for (int promoter = 0; promoter < PROMOTERS; promoter++) {
        said.add(Files.readString(signals.resolve("done-" + round + "-p" + promoter)));
      }
      assertThat(said).as("round %d", round).filteredOn("won"::equals).hasSize(1);
      assertThat(said)
          .filteredOn(of -> !of.equals("won"))
          .allMatch(of -> of.contains("somebody was faster"));
      assertThat(registry.state("m").champion().orElseThrow().number()).isEqualTo(round);
    }
    assertThat(registry.faults("m")).isEmpty();
    assertThat(registry.chain("m").entries())
        .filteredOn(of -> of.act().kind() == ActKind.PROMOTED)
        .hasSize(ROUNDS);
  }

  private static void approved(Registry registry, int version) {
    registry.act(
        "m",
        state ->
            NewEntry.of(
                ActKind.VERSION_ADDED,
                version,
                "tess",
                "trained",
                Details.of(
                    "verdict",
                    "BLESSED",
                    "champion",
                    state.champion().map(Version::text).orElse(null),
                    "approvers",
                    1,
                    "expires",
                    Instant.now().plus(Duration.ofHours(1)))));
    registry.act(
        "m", state -> Approval.approve(state, version, "anna", "looks right", Instant.now()));
  }

  private void start(String name, Path signals) throws IOException {
    processes.add(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jobs", "spark.javaopts").toAbsolutePath(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dspark.master=local[1]",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.sql.warehouse.dir=" + folder.resolve("warehouse"),
                "-cp",
                System.getProperty("java.class.path"),
                PromoterProcess.class.getName(),
                folder.resolve("store").toString(),
                signals.toString(),
                name,
                Integer.toString(ROUNDS))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output-" + name).toFile())
            .start());
  }

  /** Waits until all promoters have given a signal. */
  private void await(Path signals, String prefix) throws Exception {
    Instant latest = Instant.now().plus(PATIENCE);
    for (int promoter = 0; promoter < PROMOTERS; promoter++) {
      Path signal = signals.resolve(prefix + "p" + promoter);
      while (!Files.exists(signal)) {
        assertThat(processes.get(promoter).isAlive())
            .as(Files.readString(folder.resolve("output-p" + promoter)))
            .isTrue();
        assertThat(Instant.now()).as("patience for %s", signal.getFileName()).isBefore(latest);
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }
}
