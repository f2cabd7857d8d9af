package io.leeway.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LenderConfigTest {

  private static final Path FOLDER = Path.of("/base");

  @Test
  void isAConfigurationAndNamesColumnsOfTheTables() {
    LeewayConfig config =
        ConfigLoader.load(LenderConfig.hocon("warehouse/leeway", "w/p", "w/o"), FOLDER);
    ModelConfig model = config.model(LenderConfig.MODEL);
    Set<String> columns = Rows.columns(Simulation.defaults().day(1).prediction(0)).keySet();

    assertThat(model.predictions().table().text()).isEqualTo("/base/w/p");
    assertThat(model.labels().orElseThrow().table().text()).isEqualTo("/base/w/o");
    assertThat(model.labels().orElseThrow().predictionTime()).contains("prediction_time");
    List<String> named = new ArrayList<>(model.features().listed());
    named.add(model.predictions().id().orElseThrow());
    named.add(model.predictions().time());
    named.addAll(model.predictions().version().stream().toList());
    named.addAll(model.predictions().outputColumns());
    model.slices().forEach(slice -> named.addAll(slice.columns()));
    assertThat(columns).containsAll(named);
    assertThat(model.features().listed()).hasSize(15);
    assertThat(model.policy()).isNotEmpty();
    assertThat(config.describe()).contains("/base/warehouse/leeway");
  }

  // Midnight of 1 January and, sixty days later (31 + 28 + 1), of 2 March in Melbourne, where
  // summer
  // time is 11 hours ahead of UTC.
  @Test
  void theCalmDaysAreTheReference() {
    ModelConfig model =
        ConfigLoader.load(LenderConfig.hocon("s/s", "p/p", "o/o"), FOLDER)
            .model(LenderConfig.MODEL);
    assertThat(model.reference().from()).contains(Instant.parse("2025-12-31T13:00:00Z"));
    assertThat(model.reference().until()).contains(Instant.parse("2026-03-01T13:00:00Z"));
    assertThat(model.reference().until())
        .isEqualTo(Optional.of(Simulation.demoScript().day(61).window().start()));
  }

  @Test
  void takesAnyPath() {
    String path = "/loans \"old\"/50 % $x ${y} # z";
    ModelConfig model =
        ConfigLoader.load(LenderConfig.hocon("s/s", path, "o/o"), FOLDER).model(LenderConfig.MODEL);
    assertThat(model.predictions().table().text()).isEqualTo(path);
  }

  // Eight days, two thirds of twelve, from 25 February of a leap year; Perth is 8 hours ahead.
  @Test
  void followsTheSimulation() {
    Simulation simulation =
        Simulation.defaults()
            .withDays(12)
            .withFirstDay(LocalDate.of(2024, 2, 25))
            .withZone(ZoneId.of("Australia/Perth"));
    ModelConfig model =
        ConfigLoader.load(LenderConfig.hocon(simulation, "s/s", "p/p", "o/o"), FOLDER)
            .model(LenderConfig.MODEL);
    assertThat(model.windows().zone()).isEqualTo(ZoneId.of("Australia/Perth"));
    assertThat(model.reference().until()).contains(Instant.parse("2024-03-03T16:00:00Z"));
  }
}
