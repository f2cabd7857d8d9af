package io.leeway.retrain;

import static io.leeway.retrain.Applicants.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ModelConfig;
import io.leeway.registry.Details;
import io.leeway.registry.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncumbentTest {
  @TempDir private Path folder;
  private Applicants applicants;

  @BeforeEach
  void applied() {
    applicants = new Applicants(folder);
    applicants.apply(10, 1, 1);
  }

  /** Version 4, with what was said when it was added. */
  static Version version(Details facts) {
    return new Version(
        4,
        Version.Stage.CHAMPION,
        "",
        "",
        Optional.empty(),
        "",
        "tess",
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        List.of(),
        Optional.empty(),
        facts);
  }

  private ModelConfig model(String... scenarios) {
    return applicants.model(
        "retrain { algorithm = logistic-regression, gate.scenarios { %s } }"
            .formatted(String.join(", ", scenarios)));
  }

  /** Scenarios that a version was trained on, of those of one configuration under another. */
  private Set<String> trainedOn(ModelConfig then, ModelConfig now) {
    Lineage lineage =
        new Lineage(
            then,
            applicants.source("predictions"),
            applicants.source("labels"),
            day(10),
            day(20),
            day(30),
            day(40),
            10,
            "0");
    return trainedOn(Details.of("lineage", lineage.facts()), now);
  }

  private static Set<String> trainedOn(Details facts, ModelConfig now) {
    return Incumbent.of(now, version(facts), null).trainedOn();
  }

  private static String period(String name, int from, int until) {
    return "%s { from = \"%s\", until = \"%s\" }".formatted(name, day(from), day(until));
  }

  @Test
  void aScenarioOfTheTrainingsOwnConfigurationWasLeftOutWhateverItsName() {
    ModelConfig then = model(period("storm", 12, 14));

    assertThat(trainedOn(then, then)).isEmpty();
    assertThat(trainedOn(then, model(period("tempest", 12, 14)))).isEmpty();
  }

  @Test
  void aScenarioThatCameLaterOrWasMovedWasTrainedOn() {
    ModelConfig now = model(period("storm", 12, 14));

    assertThat(trainedOn(model(), now)).containsExactly("storm");
    assertThat(trainedOn(model(period("storm", 12, 13)), now)).containsExactly("storm");
    assertThat(trainedOn(model("storm { where = \"age < 25\" }"), now)).containsExactly("storm");
  }

  @Test
  void onlyTheTimeBetweenTheFirstRowAndTheHoldoutWasTrainedOn() {
    ModelConfig now =
        model(
            period("before", 5, 10),
            period("first", 9, 11),
            period("last", 19, 25),
            period("held", 20, 25),
            "young { where = \"age < 25\" }");

    assertThat(trainedOn(model(), now)).containsExactlyInAnyOrder("first", "last");
  }

  @Test
  void aVersionThatDoesNotTellItsTrainingIsTakenAtItsWord() {
    assertThat(trainedOn(Details.NONE, model(period("storm", 12, 14)))).isEmpty();
  }

  @Test
  void theLineageTellsThePeriodsThatWereLeftOut() {
    assertThat(PeriodScenarios.of(model(period("storm", 12, 14), period("fire", 1, 2))).facts())
        .isEqualTo(
            Map.of(
                "storm",
                Map.of("from", "2026-01-13T00:00:00Z", "until", "2026-01-15T00:00:00Z"),
                "fire",
                Map.of("from", "2026-01-02T00:00:00Z", "until", "2026-01-03T00:00:00Z")));
  }

  @Test
  void theObjectionNamesTheVersion() {
    Incumbent incumbent = new Incumbent(4, null, Set.of("storm"));

    assertThat(incumbent.objection("storm"))
        .contains("version 4 was trained on rows of this period.");
    assertThat(incumbent.objection("calm")).isEmpty();
  }
}
