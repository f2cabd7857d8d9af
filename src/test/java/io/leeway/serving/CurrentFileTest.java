package io.leeway.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.CircuitConfig;
import io.leeway.registry.ModelState;
import io.leeway.serving.circuit.CircuitState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentFileTest {
  private static final CircuitConfig CONFIG = CircuitConfig.defaults();

  @TempDir private Path directory;

  private CurrentFile file() {
    return new CurrentFile(new Configuration(), directory.resolve("models").toUri().toString());
  }

  private Path written() {
    return directory.resolve("models/credit/current.json");
  }

  @Test
  void saysWhoServesAndNeverGoesBack() throws IOException {
    ServedModel model = new ServedModel(directory);
    model.crowns();
    ModelState before = model.state();
    model.challenges(2_500, "credit-2");
    new CircuitDesk(model.registry())
        .force(
            ServedModel.NAME,
            CircuitState.DISABLED,
            CONFIG,
            Instant.parse("2026-03-01T12:00:00Z"),
            "olga",
            "a test of the load");
    ModelState now = model.state();

    assertThat(file().write(before, CONFIG)).isTrue();
    assertThat(Files.readString(written()))
        .isEqualTo(
            "{\"champion\":{\"digest\":\"d1\",\"uri\":\"models/credit/v=1\",\"version\":1},"
                + "\"model\":\"credit\",\"sequence\":3}\n");
    assertThat(file().write(now, CONFIG)).isTrue();
    assertThat(file().write(before, CONFIG)).isFalse();
    assertThat(file().write(now, CONFIG)).isFalse();

    assertThat(Files.readString(written()))
        .isEqualTo(
            "{\"challenger\":{\"basis_points\":2500,\"digest\":\"d2\",\"salt\":\"credit-2\","
                + "\"uri\":\"models/credit/v=2\",\"version\":2},"
                + "\"champion\":{\"digest\":\"d1\",\"uri\":\"models/credit/v=1\",\"version\":1},"
                + "\"circuit\":{\"fallback\":\"previous-champion\",\"state\":\"DISABLED\"},"
                + "\"model\":\"credit\",\"sequence\":7}\n");
    try (Stream<Path> files = Files.list(written().getParent())) {
      assertThat(files.map(path -> path.getFileName().toString()).filter(n -> n.endsWith("json")))
          .containsExactly("current.json");
    }
  }

  @Test
  void itLiesBesideTheVersionsOfAnyName() {
    assertThat(file().path("credit risk").toString())
        .endsWith("/models/credit~20risk/current.json");
    assertThat(file().path("de:churn").toString()).endsWith("/models/de~3Achurn/current.json");
  }

  @Test
  void aFileThatIsNoneIsMadeAnew() throws IOException {
    ServedModel model = new ServedModel(directory);
    model.crowns();
    Files.createDirectories(written().getParent());
    Files.writeString(written(), "half a fi");
    Files.deleteIfExists(written().resolveSibling(".current.json.crc"));

    assertThat(file().write(model.state(), CONFIG)).isTrue();
    assertThat(Files.readString(written())).endsWith("\"sequence\":3}\n");
  }
}
