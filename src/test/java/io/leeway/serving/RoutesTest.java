package io.leeway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.CircuitConfig;
import io.leeway.config.CircuitConfig.Fallback;
import io.leeway.config.ScoringConfig;
import io.leeway.domain.UserException;
import io.leeway.registry.Contest;
import io.leeway.registry.Promotion;
import io.leeway.registry.Registry;
import io.leeway.serving.ScoreReport.Part;
import io.leeway.serving.circuit.CircuitReadings;
import io.leeway.serving.circuit.CircuitState;
import io.leeway.stats.experiment.Arm;
import io.leeway.stats.experiment.Assignment;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesTest {
  private static final Instant JANUARY = Instant.parse("2026-01-05T00:00:00Z");

  @TempDir private Path directory;
  private final SparkSession spark = LocalSpark.session();

  private ServedModel model() {
    return new ServedModel(directory);
  }

  private static Map<String, String> versions(ServedModel model) {
    Map<String, String> versions = new HashMap<>();
    for (Row row : model.read("predictions").select("customer", "v").collectAsList()) {
      versions.put(row.getString(0), row.getString(1));
    }
    return versions;
  }

  @Test
  void sparkAndJavaPutUnitsIntoTheSameBuckets() {
    Assignment assignment = new Assignment("exp1", 1);
    List<String> ids =
        IntStream.range(0, 400).mapToObj(i -> i % 2 == 0 ? "" + i : "ş-" + i).toList();

    List<Row> rows =
        spark
            .createDataset(ids, Encoders.STRING())
            .toDF("id")
            .selectExpr("id", assignment.bucketSql("id"))
            .collectAsList();

    assertThat(rows)
        .hasSize(400)
        .allSatisfy(
            row -> assertThat(row.getLong(1)).isEqualTo(assignment.bucket(row.getString(0))));
    // From python3: int(hashlib.sha256(b'exp1:0').hexdigest()[:15], 16) % 10000, and of 1 and 2.
    assertThat(List.of(assignment.bucket("0"), assignment.bucket("1"), assignment.bucket("2")))
        .containsExactly(6212, 6706, 9948);
  }

  @Test
  void theChallengerHasExactlyTheUnitsOfItsBuckets() {
    ServedModel model = model();
    model.crowns();
    int challenger = model.challenges(3_000, "credit-2");
    model.features(0, 200, JANUARY);

    model.score();

    Assignment assignment = new Assignment("credit-2", 3_000);
    Map<String, String> versions = versions(model);
    assertThat(versions).hasSize(200);
    assertThat(versions)
        .allSatisfy(
            (customer, version) ->
                assertThat(version)
                    .isEqualTo(assignment.arm(customer) == Arm.CHALLENGER ? "" + challenger : "1"));
    assertThat(versions.values()).contains("1", "2");
  }

  @Test
  void aRowHasTheShareThatWasInForceAtItsOwnTime() {
    ServedModel model = model();
    model.crowns();
    model.challenges(1_000, "credit-2");
    Instant first = model.state().challenge().orElseThrow().since();
    new Registry(model.store(), () -> first.plusSeconds(1))
        .act(ServedModel.NAME, state -> Contest.ramp(state, 6_000, 1, "olga", "it goes well"));
    Instant second = model.state().challenge().orElseThrow().stepSince();
    assertThat(second).isEqualTo(first.plusSeconds(1));
    model.append("features", rows(spark, 0, first));
    model.append("features", rows(spark, 100, second));

    model.score();

    Map<String, String> versions = versions(model);
    for (int i = 0; i < 200; i++) {
      Assignment then = new Assignment("credit-2", i < 100 ? 1_000 : 6_000);
      assertThat(versions.get("c" + i)).isEqualTo(then.arm("c" + i) == Arm.CHALLENGER ? "2" : "1");
    }
  }

  /** A hundred rows of one instant. */
  private static org.apache.spark.sql.Dataset<Row> rows(SparkSession spark, int from, Instant at) {
    return spark
        .range(from, from + 100L)
        .selectExpr(
            "concat('p', id) AS pid",
            "concat('c', id) AS customer",
            "CAST(id AS DOUBLE) AS income",
            SqlText.timestamp(at) + " AS at");
  }

  @Test
  void aChallengerThatCannotBeLoadedLeavesItsRowsToTheChampion() {
    ServedModel model = model();
    model.crowns();
    model.breaks(model.challenges(5_000, "credit-2"));
    model.features(0, 20, JANUARY);

    ScoreReport report = model.score();

    assertThat(report.predictions().parts()).containsExactly(new Part("1", true, "ok", 20));
    assertThat(report.notes())
        .containsExactly(
            "Version 2 cannot be loaded, so the champion has its rows: Version 2 is not as it was "
                + "written.");
  }

  @Test
  void withoutARegisteredChampionOnlyTheChallengersShareIsScored() {
    ServedModel model = model();
    model.challenges(5_000, "credit-1");
    model.features(0, 40, JANUARY);
    Assignment assignment = new Assignment("credit-1", 5_000);
    long share =
        IntStream.range(0, 40).filter(i -> assignment.arm("c" + i) == Arm.CHALLENGER).count();

    ScoreReport report = model.score();

    assertThat(report.predictions().rows()).isEqualTo(share);
    assertThat(report.predictions().left()).isEqualTo(40 - share);
    assertThat(model.score().predictions()).isEqualTo(ScoreReport.Fed.NOTHING);
  }

  @Test
  void aShadowScoresAllRowsBesideAndNothingInThePredictions() {
    ServedModel model = model();
    model.crowns();
    model.features(0, 10, JANUARY);
    model.score();
    model.challenges(0, "");
    model.features(10, 15, JANUARY);

    ScoreReport report = model.score();

    assertThat(report.predictions().parts()).containsExactly(new Part("1", true, "ok", 5));
    assertThat(report.shadow().orElseThrow().parts())
        .containsExactly(new Part("2", false, "ok", 15));
    assertThat(model.read("shadow").select("v").distinct().as(Encoders.STRING()).collectAsList())
        .containsExactly("2");
    assertThat(model.score().shadow()).contains(ScoreReport.Fed.NOTHING);
  }

  @Test
  void anOpenCircuitGivesAllRowsToTheLastChampionThatIsKept() {
    ServedModel model = model();
    model.crowns();
    model.crowns();
    new CircuitDesk(model.registry())
        .force(
            ServedModel.NAME,
            CircuitState.FORCED_OPEN,
            CircuitConfig.defaults(),
            Instant.now(),
            "olga",
            "scores look odd");
    model.features(0, 10, JANUARY);

    ScoreReport report = model.score();

    assertThat(report.predictions().parts()).containsExactly(new Part("1", false, "fallback", 10));
    assertThat(report.readings().calls()).isZero();
    assertThat(
            model.read("predictions").select("status", "v").distinct().collectAsList().toString())
        .isEqualTo("[[fallback,1]]");
  }

  @Test
  void aStateThatIsNoLongerValidIsUnknownAndTheChampionAnswers() {
    ServedModel model = model();
    model.crowns();
    Instant before = Instant.now().minus(CircuitConfig.defaults().validFor());
    new CircuitDesk(model.registry())
        .look(
            ServedModel.NAME,
            CircuitConfig.defaults(),
            CircuitReadings.of(200, 200, 0),
            before,
            "leeway");
    assertThat(model.state().circuit().orElseThrow().state()).isEqualTo("OPEN");
    model.features(0, 10, JANUARY);

    ScoreReport report = model.score();

    assertThat(report.predictions().parts()).containsExactly(new Part("1", true, "ok", 10));
    assertThat(report.notes()).anyMatch(note -> note.contains("so the champion answers"));
  }

  @Test
  void whatAPersonForcedYearsAgoStillHolds() {
    ServedModel model = model();
    model.crowns();
    model.crowns();
    new CircuitDesk(model.registry())
        .force(
            ServedModel.NAME,
            CircuitState.FORCED_OPEN,
            CircuitConfig.defaults(),
            Instant.now().minus(Duration.ofDays(999)),
            "olga",
            "scores look odd");
    model.features(0, 10, JANUARY);

    assertThat(model.score().predictions().parts())
        .containsExactly(new Part("1", false, "fallback", 10));
  }

  @Test
  void aCircuitThatReadingsOpenedEndsWithItsChampion() {
    ServedModel model = model();
    model.crowns();
    model.crowns();
    CircuitDesk desk = new CircuitDesk(model.registry());
    desk.look(
        ServedModel.NAME,
        CircuitConfig.defaults(),
        CircuitReadings.of(200, 200, 0),
        Instant.now(),
        "leeway");
    model
        .registry()
        .act(
            ServedModel.NAME,
            state -> Promotion.rollBack(state, OptionalInt.empty(), "olga", "it answers nothing"));
    model.features(0, 10, JANUARY);

    // There is no champion before this one: were the circuit still open, nobody could answer.
    assertThat(model.score().predictions().parts()).containsExactly(new Part("1", true, "ok", 10));
    assertThat(model.state().circuit()).isEmpty();
  }

  @Test
  void aProbeWithoutAFallbackGivesTheChampionAllRows() {
    ServedModel model = model();
    model.crowns();
    CircuitDesk desk = new CircuitDesk(model.registry());
    Instant now = Instant.now();
    desk.look(
        ServedModel.NAME,
        CircuitConfig.defaults(),
        CircuitReadings.of(200, 200, 0),
        now.minus(Duration.ofHours(2)),
        "leeway");
    model.features(0, 10, JANUARY);
    assertThatThrownBy(model::score)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the rows wait");

    desk.look(ServedModel.NAME, CircuitConfig.defaults(), CircuitReadings.NONE, now, "leeway");

    assertThat(model.state().circuit().orElseThrow().state()).isEqualTo("HALF_OPEN");
    assertThat(model.score().predictions().parts()).containsExactly(new Part("1", true, "ok", 10));
  }

  @Test
  void aChallengerThatCannotBeLoadedWithoutARegisteredChampionLeavesTheRowsWaiting() {
    ServedModel model = model();
    model.breaks(model.challenges(5_000, "credit-1"));
    model.features(0, 40, JANUARY);

    assertThatThrownBy(model::score)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the challenger does not answer, and no champion is registered")
        .hasMessageContaining("the rows wait");

    model.mends();
    assertThat(model.score().predictions().rows()).isPositive();
  }

  @Test
  void aHalfOpenCircuitProbesTheChampionWithItsShareOfTheHash() {
    ServedModel model = model();
    model.crowns();
    CircuitConfig aTenth =
        new CircuitConfig(
            0.5,
            0.2,
            java.util.OptionalDouble.empty(),
            java.util.OptionalDouble.empty(),
            Optional.empty(),
            100,
            Duration.ofHours(1),
            2_000,
            2,
            Duration.ofDays(1),
            Fallback.constant(0.25));
    CircuitDesk desk = new CircuitDesk(model.registry());
    Instant now = Instant.now();
    desk.look(ServedModel.NAME, aTenth, CircuitReadings.of(200, 100, 0), now, "leeway");
    desk.look(
        ServedModel.NAME, aTenth, CircuitReadings.NONE, now.plus(Duration.ofHours(1)), "leeway");
    assertThat(model.state().circuit().orElseThrow().state()).isEqualTo("HALF_OPEN");
    model.features(0, 100, JANUARY);

    ScoreReport report = model.score(aTenth);

    String salt = "circuit-" + model.state().circuit().orElseThrow().since().getEpochSecond();
    Assignment probe = new Assignment(salt, 2_000);
    assertThat(versions(model))
        .hasSize(100)
        .allSatisfy(
            (customer, version) ->
                assertThat(version)
                    .isEqualTo(probe.arm(customer) == Arm.CHALLENGER ? "1" : "fallback"));
    assertThat(report.readings().calls()).isBetween(1L, 99L);
    Row fallback =
        model.read("predictions").where("v = 'fallback'").select("p", "status", "d").first();
    assertThat(fallback.getDouble(0)).isEqualTo(0.25);
    assertThat(fallback.getString(1)).isEqualTo("fallback");
    assertThat(fallback.isNullAt(2)).isTrue();
  }

  @Test
  void aChampionThatCannotBeLoadedIsReplacedByTheRule() {
    ServedModel model = model();
    model.breaks(model.crowns());
    model.features(0, 10, JANUARY);
    Fallback rule =
        new Fallback(
            Optional.of("CASE WHEN income < 5 THEN 0.9 ELSE 0.1 END"),
            Optional.of("IF(income < 5, '1', '0')"));

    assertThatThrownBy(model::score)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("its fallback is previous-champion, of which none can be loaded")
        .hasMessageContaining("the rows wait");
    ScoreReport report = model.score(CircuitConfig.defaults().withFallback(rule));

    assertThat(report.predictions().parts())
        .containsExactly(new Part("fallback", false, "fallback", 10));
    assertThat(
            model
                .read("predictions")
                .where("pid IN ('p4', 'p5')")
                .orderBy("pid")
                .select("p", "d")
                .collectAsList()
                .toString())
        .isEqualTo("[[0.9,1], [0.1,0]]");
  }

  @Test
  void aRuleThatDoesNotFitIsRefusedThoughNobodyNeedsItYet() {
    ServedModel model = model();
    model.crowns();
    model.features(0, 10, JANUARY);

    for (String sql : List.of("incomes * 2", "CASE WHEN", "array(1)")) {
      assertThatThrownBy(
              () -> model.score(CircuitConfig.defaults().withFallback(Fallback.sql(sql))))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("retrain.circuit.fallback.sql is \"" + sql + "\"")
          .hasMessageContaining("with it nothing is scored");
    }
    assertThat(model.table("predictions").text())
        .satisfies(at -> assertThat(Path.of(at)).doesNotExist());
  }

  @Test
  void aUnitThatIsNoColumnIsRefused() {
    ServedModel model = model();
    model.crowns();
    model.features(0, 1, JANUARY);
    ScoringConfig household =
        new ScoringConfig(
            model.table("features"), Optional.of("household"), Optional.empty(), Optional.empty());

    assertThatThrownBy(
            () ->
                model.job().run(model.config(), household, CircuitConfig.defaults(), Instant.now()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no column 'household', which retrain.scoring.unit names");
  }

  @Test
  void aRolledBackChampionAnswersFromTheNextScoringOn() {
    ServedModel model = model();
    model.crowns();
    model.crowns();
    model.features(0, 5, JANUARY);
    model.score();
    model
        .registry()
        .act(
            ServedModel.NAME,
            state -> Promotion.rollBack(state, OptionalInt.empty(), "olga", "complaints"));
    model.features(5, 10, JANUARY);

    assertThat(model.score().predictions().parts()).containsExactly(new Part("1", true, "ok", 5));
    assertThat(versions(model)).containsEntry("c4", "2").containsEntry("c5", "1");
  }
}
