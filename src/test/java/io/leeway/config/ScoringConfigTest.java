package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoringConfigTest {
  private static ScoringConfig read(String hocon) {
    return ServingBlocks.read(hocon, ScoringConfig::read);
  }

  @Test
  void needsATableAlone() {
    assertThat(read("table = warehouse/applications"))
        .isEqualTo(
            new ScoringConfig(
                new TableRef("/data/project/warehouse/applications", true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void takesWhatIsTold() {
    assertThat(
            read(
                "table = lake.applications, unit = customer_id, shadow-table = lake.shadow, max-age = 3 days"))
        .isEqualTo(
            new ScoringConfig(
                new TableRef("lake.applications", false),
                Optional.of("customer_id"),
                Optional.of(new TableRef("lake.shadow", false)),
                Optional.of(Duration.ofDays(3))));
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> read("max-age = 0, units = c"))
        .hasMessageContaining("table: is missing")
        .hasMessageContaining("max-age: '0' is no time at all")
        .hasMessageContaining("units: unknown key; did you mean 'unit'");
  }
}
