package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.Slice;
import io.leeway.domain.UserException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
  private static final String LABELS = "labels { table = in/labels, label = y }";

  private static void assertProblem(String key, String problem, String... more) {
    assertThatThrownBy(() -> FiveLines.model(more))
        .isInstanceOf(UserException.class)
        .hasMessage("configuration:7: leeway.models.credit" + key + ": " + problem);
  }

  @Test
  void needsFiveLines() {
    assertThat(FiveLines.model(""))
        .usingRecursiveComparison()
        .ignoringFields("hash", "measureHash")
        .isEqualTo(
            new ModelConfig(
                "credit",
                Task.BINARY,
                new PredictionsConfig(
                    new TableRef("/data/project/in/predictions", true),
                    Optional.of("pid"),
                    "at",
                    Optional.empty(),
                    Optional.of("p"),
                    Map.of(),
                    Optional.empty(),
                    "1",
                    Optional.empty()),
                Optional.empty(),
                FeaturesConfig.AUTO,
                Map.of(),
                List.of(Slice.OVERALL),
                Set.of(),
                new WindowsConfig(
                    io.leeway.domain.Period.parse("1 day"),
                    List.of(),
                    List.of(),
                    ZoneId.of("UTC"),
                    Set.of("1 day")),
                new ReferenceConfig(
                    Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                    Optional.of(Instant.parse("2026-04-01T00:00:00Z")),
                    Optional.empty(),
                    Optional.empty(),
                    false),
                FairnessConfig.NONE,
                Map.of(),
                OperationsConfig.NONE,
                List.of(),
                Optional.empty(),
                new LimitsConfig(
                    1000,
                    512,
                    256_000_000,
                    10,
                    Duration.ofDays(35),
                    Set.of(),
                    1,
                    Duration.ofDays(45),
                    true),
                "",
                ""));
  }

  @Test
  void readsEveryLimit() {
    assertThat(
            FiveLines.model(
                    "max-segments = 5, exact-values = 0, state-memory = 2 MiB, min-cell = 1",
                    "restate-horizon = 12 hours, store-metrics = [psi, ks], design-effect = 1.5",
                    "source-deletes = restate, alert-horizon = 2 days")
                .limits())
        .isEqualTo(
            new LimitsConfig(
                5,
                0,
                2_097_152,
                1,
                Duration.ofHours(12),
                Set.of("psi", "ks"),
                1.5,
                Duration.ofDays(2),
                false));
  }

  @Test
  void readsLabels() {
    assertThat(FiveLines.model("labels { table = db.t, label = y }").labels())
        .contains(
            new LabelsConfig(
                new TableRef("db.t", false),
                "pid",
                "y",
                "0",
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                false));
    assertThat(
            FiveLines.model(
                    "labels { table = \"s3a://b/t\", id = i, label = y, time = lt, mature-after = 2"
                        + " weeks",
                    "prediction-time = pt, horizon = 60 days, unlabelled-after-maturity = negative }")
                .labels())
        .contains(
            new LabelsConfig(
                new TableRef("s3a://b/t", true),
                "i",
                "y",
                "0",
                Optional.of("lt"),
                Optional.of("pt"),
                Duration.ofDays(14),
                Optional.of(Duration.ofDays(60)),
                true));
  }

  @Test
  void readsTelemetryWithoutIdScoreOrFeatures() {
    String hocon =
        FiveLines.with("operations { gauges = [cpu, memory] }")
            .replace("binary", "telemetry")
            .replace("id = pid,", "")
            .replace(", score = p", "");

    ModelConfig model = ConfigLoader.load(hocon, FiveLines.FOLDER).model("credit");

    assertThat(model.predictions().id()).isEmpty();
    assertThat(model.predictions().outputColumns()).isEmpty();
    assertThat(model.features().auto()).isFalse();
    assertThat(model.features().listed()).isEmpty();
    assertThat(model.operations().gauges()).containsExactly("cpu", "memory");
  }

  @Test
  void refusesTelemetryOfNothingAndWithScores() {
    String hocon = FiveLines.with("").replace("binary", "telemetry");

    assertThatThrownBy(() -> ConfigLoader.load(hocon, FiveLines.FOLDER))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("credit.operations: names nothing to watch")
        .hasMessageContaining("credit.predictions.score: telemetry has no predictions");
  }

  @Test
  void refusesAHorizonBelowMaturity() {
    assertProblem(
        ".labels.horizon",
        "is shorter than mature-after; labels would mature unseen, so raise it",
        "labels { table = t, label = y, mature-after = 3 days, horizon = 2 days }");
  }

  @Test
  void readsScoresOfClassesInTheOrderOfTheirLines() {
    String hocon =
        FiveLines.with("")
            .replace("binary", "multiclass")
            .replace("score = p", "decision = d, scores {\n zeta = pz\n alpha = pa\n mid = pm\n}");
    PredictionsConfig predictions =
        ConfigLoader.load(hocon, FiveLines.FOLDER).model("credit").predictions();
    assertThat(predictions.classScores().keySet()).containsExactly("zeta", "alpha", "mid");
    assertThat(predictions.score()).isEmpty();
    assertThat(predictions.outputColumns()).containsExactly("pz", "pa", "pm", "d");
  }

  @Test
  void asksOfEachTaskWhatItNeeds() {
    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    FiveLines.with("").replace("binary", "multiclass"), FiveLines.FOLDER))
        .hasMessage(
            """
            configuration:5: leeway.models.credit.predictions.scores: is missing; name each class's score column: scores { good = score_good, ... }
            configuration:5: leeway.models.credit.predictions.decision: is missing; name the column of the predicted class
            configuration:5: leeway.models.credit.predictions.score: a multiclass model has one score a class; use scores { ... }""");
    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    FiveLines.with("")
                        .replace("binary", "regression")
                        .replace("score = p", "score = p, decision = d, positive = 1"),
                    FiveLines.FOLDER))
        .hasMessage(
            """
            configuration:5: leeway.models.credit.predictions.decision: a regression has no decision; remove it
            configuration:5: leeway.models.credit.predictions.positive: only a binary task has a positive outcome; remove it""");
  }

  @Test
  void refusesOneColumnInTwoRoles() {
    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    FiveLines.with("").replace("score = p", "score = at"), FiveLines.FOLDER))
        .hasMessage(
            "configuration:5: leeway.models.credit.predictions: column 'at' has two roles; name one"
                + " column for each");
  }

  @Test
  void keepsTheTextOfAPositiveValueAsWritten() {
    String hocon = FiveLines.with("").replace("score = p", "score = p, positive = 1.0");
    assertThat(ConfigLoader.load(hocon, FiveLines.FOLDER).model("credit").predictions().positive())
        .isEqualTo("1.0");
  }

  @Test
  void readsFeaturesInThreeForms() {
    assertThat(FiveLines.model("features = auto").features()).isEqualTo(FeaturesConfig.AUTO);
    assertThat(FiveLines.model("features = [a, b.c]").features())
        .isEqualTo(new FeaturesConfig(false, List.of("a", "b.c"), List.of(), List.of(), List.of()));
    assertThat(FiveLines.model("features { numeric = [a], categorical = [b] }").features())
        .isEqualTo(new FeaturesConfig(false, List.of(), List.of("a"), List.of("b"), List.of()));
    assertThat(FiveLines.model("features { exclude = [a] }").features())
        .isEqualTo(new FeaturesConfig(true, List.of(), List.of(), List.of(), List.of("a")));
  }

  @ParameterizedTest
  @CsvSource({
    "pid, the identifier of a prediction",
    "at, the time of a prediction",
    "p, what the model returned",
    "y, the label",
    "lt, the time of a label"
  })
  void refusesAFeatureWithAnotherRole(String column, String role) {
    assertProblem(
        ".features",
        "'" + column + "' is " + role + " and never a feature; remove it from the list",
        "features = [a, " + column + "], labels { table = t, label = y, time = lt }");
  }

  @Test
  void refusesContradictingFeatures() {
    assertProblem(
        ".features",
        "'a' is listed as numeric and as categorical; remove one",
        "features { numeric = [a], categorical = [a] }");
    assertProblem(
        ".features",
        "'a' is listed and excluded; remove one",
        "features { numeric = [a], exclude = [a] }");
    assertProblem(
        ".features",
        "'all' is not a choice of features; write auto or a list: [all]",
        "features = all");
    assertProblem(".features", "lists no feature; name some, or write auto", "features = []");
    assertProblem(".features[1]", "'a' is listed twice; remove one", "features = [a, a]");
  }

  @Test
  void completesSlicesByFairnessAttributesAndTheirCross() {
    ModelConfig model =
        FiveLines.model(
            "slices = [[], [state], [band], [sex, band]]", "fairness.attributes = [band, sex]");
    assertThat(model.slices()).hasToString("[[], [state], [band], [sex, band], [sex]]");
    assertThat(model.declaredSlices())
        .containsExactly(
            Slice.OVERALL, Slice.of("state"), Slice.of("band"), Slice.of("sex", "band"));
  }

  @Test
  void crossesAllAttributesAtOnce() {
    assertThat(FiveLines.model("fairness.attributes = [a, b, c]").slices())
        .hasToString("[[], [a], [b], [c], [a, b, c]]");
  }

  @Test
  void refusesSlicesThatAreListedTwiceOrName() {
    assertProblem(
        ".slices[2]",
        "slice [b, a] is listed twice, the order of columns apart; remove one",
        "slices = [[a, b], [a], [b, a]]");
    assertProblem(
        ".slices[0]", "slice [a, a] names a column twice; remove one", "slices = [[a, a]]");
    assertProblem(
        ".slices[0]",
        "slice [pid] cuts by the identifier or the time of predictions; remove that column",
        "slices = [[pid]]");
  }

  @Test
  void refusesASliceColumnThatHidesARole() {
    assertProblem(
        ".slice-columns",
        "'at' is the time of a prediction; choose another name",
        "slice-columns { at = \"1\" }");
  }

  @Test
  void refusesAReferenceGroupOfNoAttribute() {
    assertProblem(
        ".fairness.reference-group.gendr",
        "unknown key; did you mean 'gender'? Known here: gender",
        "fairness { attributes = [gender], reference-group { gendr = m } }");
  }

  @Test
  void readsAReferenceInTheZoneOfTheWindows() {
    String hocon =
        FiveLines.with("windows.zone = Australia/Melbourne")
            .replace("2026-04-01", "\"2026-04-01T12:00:00Z\"");
    ReferenceConfig reference =
        ConfigLoader.load(hocon, FiveLines.FOLDER).model("credit").reference();
    // Melbourne is at +11:00 in January.
    assertThat(reference.from()).contains(Instant.parse("2025-12-31T13:00:00Z"));
    assertThat(reference.until()).contains(Instant.parse("2026-04-01T12:00:00Z"));
  }

  @Test
  void readsAReferenceByConditionOrTable() {
    String where =
        FiveLines.with("")
            .replace(
                "from = 2026-01-01, until = 2026-04-01",
                "where = \"a = 1\", new-version = inherit");
    assertThat(ConfigLoader.load(where, FiveLines.FOLDER).model("credit").reference())
        .isEqualTo(
            new ReferenceConfig(
                Optional.empty(), Optional.empty(), Optional.of("a = 1"), Optional.empty(), true));
    String table =
        FiveLines.with("").replace("from = 2026-01-01, until = 2026-04-01", "table = lake.train");
    assertThat(ConfigLoader.load(table, FiveLines.FOLDER).model("credit").reference().table())
        .contains(new TableRef("lake.train", false));
  }

  @Test
  void refusesAReferenceThatEndsBeforeItStarts() {
    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    FiveLines.with("").replace("until = 2026-04-01", "until = 2026-01-01"),
                    FiveLines.FOLDER))
        .hasMessage(
            "configuration:6: leeway.models.credit.reference.until: is not after from; the"
                + " reference would be empty, so write a later date");
  }

  @Test
  void refusesRetrainingByUnknownKeys() {
    assertThatThrownBy(() -> FiveLines.model(LABELS, "retrain { algorithm = gbt, algoritm = gbt }"))
        .hasMessageContaining("retrain.algoritm: unknown key; did you mean 'algorithm'?");
    assertThat(
            FiveLines.model(LABELS, "retrain { algorithm = gbt, parameters { max-depth = 3 } }")
                .retrain()
                .orElseThrow()
                .training()
                .parameters())
        .containsEntry(TrainingParameter.MAX_DEPTH, List.of(3.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "x", "NaN", "Infinity"})
  void refusesADesignEffectBelowOne(String text) {
    assertProblem(
        ".design-effect",
        "'" + text + "' is not a number from 1 on; write for example 1.5",
        "design-effect = " + text);
  }

  @Test
  void hasAHashThatLayoutOrderCommentsAndPlaceDoNotChange() {
    String other =
        """
        # as FiveLines
        leeway.models { "credit" { windows { zone = UTC, "base" : day }, max-segments : 1000,
          "reference" : { until : "2026-04-01"
                          from = "2026-01-01" }
          predictions = { score = "p" }
          predictions { time = at, id = pid, table = in/predictions }, task : Binary } }
        leeway { store { path : elsewhere } }
        """;
    ModelConfig moved = ConfigLoader.load(other, java.nio.file.Path.of("/other")).model("credit");
    assertThat(moved.hash()).isEqualTo(FiveLines.model("").hash()).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "windows.base = 1 hour",
        "windows.zone = Asia/Tokyo",
        "windows.roll-up = [7 days]",
        "slices = [[a, b]]",
        "slices = [[b, a]]",
        "slices = [[\"a, b\"]]",
        "slice-columns { a = \"b\" }",
        "business { a = \"b\" }",
        "features = [a]",
        "features.numeric = [a]",
        "fairness.attributes = [a]",
        "max-segments = 999",
        "labels { table = t, label = y }",
        "operations.cost = c",
        "predictions.where = \"x\"",
        "predictions.positive = 2",
        "reference.where = \"x\"",
        "policy = [{ metric = psi, above = 0.1 }]",
        "policy = [{ metric = psi, above = 0.2 }]",
        "retrain.algorithm = gbt"
      })
  void hasAHashThatEveryMeaningChanges(String more) {
    assertThat(FiveLines.model(more).hash()).isNotEqualTo(FiveLines.model("").hash());
    assertThat(FiveLines.model(more, "min-cell = 11").hash())
        .isNotEqualTo(FiveLines.model(more).hash());
  }

  @Test
  void hasHashesThatTellContentApart() {
    List<String> contents =
        List.of(
            "slices = [[a, b]]",
            "slices = [[b, a]]",
            "slices = [[\"a, b\"]]",
            "slices = [[a], [b]]",
            "slice-columns { a = \"b\" }",
            "business { a = \"b\" }",
            "business { a { numerator = b, denominator = c } }",
            "business { a { numerator = c, denominator = b } }",
            "policy = [{ metric = psi, falls-by = 5% }]",
            "policy = [{ metric = psi, falls-by = 0.05 }]",
            "policy = [{ metric = psi, rises-by = 5% }]");
    assertThat(contents.stream().map(content -> FiveLines.model(content).hash()))
        .doesNotHaveDuplicates();
  }

  @Test
  void hasAMeasureHashThatLimitsAndRetrainingDoNotChange() {
    ModelConfig plain = FiveLines.model("policy = [{ metric = psi, above = 0.1 }]");
    ModelConfig stricter =
        FiveLines.model(
            "policy = [{ metric = psi, above = 0.05, severity = retrain }], retrain.algorithm = gbt");
    assertThat(stricter.measureHash()).isEqualTo(plain.measureHash());
    assertThat(stricter.hash()).isNotEqualTo(plain.hash());
    assertThat(FiveLines.model("policy = [{ metric = ks, above = 0.1 }]").measureHash())
        .isNotEqualTo(plain.measureHash());
    assertThat(FiveLines.model("restate-horizon = 3 days").measureHash())
        .isEqualTo(FiveLines.model("").measureHash());
    assertThat(FiveLines.model("windows.base = 1 hour").measureHash())
        .isNotEqualTo(FiveLines.model("").measureHash());
  }
}
