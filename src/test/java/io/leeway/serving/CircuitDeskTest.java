package io.leeway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.CircuitConfig;
import io.leeway.domain.UserException;
import io.leeway.registry.AuditEntry;
import io.leeway.serving.circuit.CircuitReadings;
import io.leeway.serving.circuit.CircuitState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircuitDeskTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final CircuitConfig CONFIG = CircuitConfig.defaults();
  private static final CircuitReadings WELL = CircuitReadings.of(1_000, 1, 2);
  private static final CircuitReadings ILL = CircuitReadings.of(1_000, 600, 2);

  @TempDir private Path directory;
  private ServedModel model;
  private CircuitDesk desk;

  @BeforeEach
  void aDesk() {
    model = new ServedModel(directory);
    desk = new CircuitDesk(model.registry());
  }

  private Optional<AuditEntry> look(CircuitReadings seen, Duration later) {
    return desk.look(ServedModel.NAME, CONFIG, seen, NOON.plus(later), "leeway");
  }

  private CircuitState state() {
    return CircuitDesk.published(model.state()).state();
  }

  @Test
  void onlyChangesAndWhatIsHalfSpentGoOnRecord() {
    assertThat(look(WELL, Duration.ZERO)).isPresent();
    assertThat(look(WELL, Duration.ofHours(35))).isEmpty();
    assertThat(look(WELL, Duration.ofHours(36))).isPresent();
    AuditEntry opened = look(ILL, Duration.ofHours(37)).orElseThrow();
    assertThat(look(ILL, Duration.ofHours(37).plusMinutes(59))).isEmpty();
    look(CircuitReadings.NONE, Duration.ofHours(38));
    assertThat(state()).isEqualTo(CircuitState.HALF_OPEN);
    assertThat(look(WELL, Duration.ofHours(39))).isPresent();
    assertThat(state()).isEqualTo(CircuitState.HALF_OPEN);
    look(WELL, Duration.ofHours(40));
    assertThat(state()).isEqualTo(CircuitState.CLOSED);

    assertThat(opened.act().reason())
        .isEqualTo("600 of 1000 calls failed, 60.0 %; the limit is 50.0 %.");
    assertThat(opened.act().details().json())
        .isEqualTo(
            "{\"calls\":1000,\"failures\":600,\"fallback\":\"previous-champion\",\"forced\":false,"
                + "\"good_windows\":0,\"null_scores\":2,\"opened_by\":\"FAILURES\",\"published\":\"2026-03-03T01:00:00Z\","
                + "\"state\":\"OPEN\",\"until\":\"2026-03-03T02:00:00Z\","
                + "\"valid_until\":\"2026-03-06T01:00:00Z\"}");
  }

  @Test
  void whatAPersonForcesStaysUntilAPersonClosesIt() {
    desk.force(ServedModel.NAME, CircuitState.FORCED_OPEN, CONFIG, NOON, "olga", "scores look odd");
    look(WELL, Duration.ofDays(3));
    assertThat(state()).isEqualTo(CircuitState.FORCED_OPEN);

    desk.force(ServedModel.NAME, CircuitState.CLOSED, CONFIG, NOON, "olga", "all is well");
    assertThat(state()).isEqualTo(CircuitState.CLOSED);
    assertThat(model.state().circuit().orElseThrow().reason()).isEqualTo("all is well");
    assertThatThrownBy(
            () ->
                desk.force(
                    ServedModel.NAME, CircuitState.HALF_OPEN, CONFIG, NOON, "olga", "let us see"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Nobody sets a circuit to HALF_OPEN");
  }
}
