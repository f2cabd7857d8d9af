package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DAGs of {@code jobs/airflow} are parsed and walked by Python over a stub of the few names of
 * Airflow that they use, also where Airflow is installed; what they read is what commands write.
 * Skipped without Python.
 */
class AirflowTest {
  /** Later than any attempt of the walk, and earlier than all. */
  private static final Instant LATER = Instant.parse("2099-03-01T04:30:00Z");

  private static final Instant EARLIER = Instant.parse("2026-03-01T04:30:00Z");

  @TempDir private Path folder;

  private static boolean hasPython() {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void told(String name, ModelOutcome outcome) throws IOException {
    told(name, LATER, outcome);
  }

  private void told(String name, Instant at, ModelOutcome outcome) throws IOException {
    Path file = folder.resolve("summaries/m").resolve(name + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        new CommandSummary(
                name.split("-", 2)[0], at, at, "test", Optional.empty(), List.of(outcome))
            .json());
  }

  private static ModelOutcome with(String name, Map<String, Object> facts) {
    return ModelOutcome.passed("m").and(new Told(name, "done", facts, List.of()));
  }

  private static ModelOutcome failed(Failure.Family family, String message, boolean retry) {
    return ModelOutcome.failed("m", new Failure(family, message, retry));
  }

  @Test
  void theDagsAreWalkedOverWhatCommandsTell() throws IOException, InterruptedException {
    assumeTrue(hasPython(), "There is no python3 on this machine.");
    told("baseline-done", ModelOutcome.passed("m"));
    told("monitor-quiet", with("retrain", Map.of("decision", "SUPPRESSED_COOLDOWN")));
    told("monitor-fires", with("retrain", Map.of("decision", "FIRE")));
    told("retrain-done", with("retrain", Map.of("version", 4)));
    told("failed-user", failed(Failure.Family.USER, "no such column", false));
    told("failed-earlier", EARLIER, failed(Failure.Family.USER, "no such table", false));
    told("failed-environment", failed(Failure.Family.ENVIRONMENT, "no answer", true));

    Process walk =
        new ProcessBuilder("python3", "src/test/airflow/walk.py", folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(walk.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said).endsWith("walked\n");
  }
}
