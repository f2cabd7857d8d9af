package io.leeway.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.UserException;
import io.leeway.registry.ActKind;
import io.leeway.registry.Approval;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.Details;
import io.leeway.registry.Lease;
import io.leeway.registry.NewEntry;
import io.leeway.registry.Promotion;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.retrain.RetrainReport.Result;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainJobTest {
  private static final RetrainRequest ASKED =
      RetrainRequest.forced("tess", "a drill", SmallLoop.NOW);

  private final SparkSession spark = LocalSpark.another();

  @TempDir private Path folder;

  private String store() {
    return folder.resolve("store").toString();
  }

  private RetrainReport run(SmallLoop loop, RetrainRequest request) {
    return loop.job(store()).run(loop.model(store()), request);
  }

  private SmallLoop loop(String retrain) {
    return new SmallLoop(spark, folder, retrain);
  }

  @Test
  void withoutABreachNothingIsDone() {
    SmallLoop loop = loop("").written();
    RetrainReport report = run(loop, RetrainRequest.due("tess", SmallLoop.NOW));

    assertThat(report.result()).isEqualTo(Result.NOT_DUE);
    assertThat(loop.registry(store()).chain("m").entries()).isEmpty();
  }

  @Test
  void aBetterCandidateIsBlessedAndOnRecordWithAllThatIsKnownOfIt() {
    SmallLoop loop = loop("").written();
    RetrainReport report = run(loop, ASKED);

    assertThat(report.result()).as("%s", report.words()).isEqualTo(Result.BLESSED);
    assertThat(report.version()).hasValue(4);
    Registry registry = loop.registry(store());
    assertThat(registry.chain("m").entries())
        .extracting(of -> of.act().kind())
        .containsExactly(ActKind.RETRAIN_STARTED, ActKind.VERSION_ADDED);
    assertThat(registry.faults("m")).isEmpty();
    Version version = registry.state("m").version(4);
    assertThat(version.stage()).isEqualTo(Version.Stage.PENDING_APPROVAL);
    assertThat(new StoredEvidence(loop.store(store()), "m").fault(version)).isEmpty();
    assertThat(version.facts().text("algorithm")).hasValue("logistic-regression");
    assertThat(version.facts().node().at("/lineage/predictions/version").asInt()).isZero();
    assertThat(version.facts().node().at("/lineage/rows").asInt()).isEqualTo(1_200);
    assertThat(version.facts().node().at("/rows/holdout").asInt()).isBetween(290, 310);
    assertThat(version.facts().instant("reproducible_until").orElseThrow())
        .isBetween(Instant.now().plus(Duration.ofDays(6)), Instant.now().plus(Duration.ofDays(8)));
    PipelineModel loaded = PipelineModel.load(version.uri() + "/sparkml");
    assertThat(loaded.transform(loop.applied(0, 5)).count()).isEqualTo(5);

    Views.createTemporary(loop.store(store()), 1);
    assertThat(
            spark.sql("SELECT status FROM gate_findings WHERE model_version = '4'").collectAsList())
        .isNotEmpty()
        .noneMatch(row -> row.getString(0).equals("FAIL"));
    assertThat(spark.sql("SELECT value FROM training_trials WHERE chosen").collectAsList())
        .isNotEmpty();
    List<Row> versions =
        spark.sql("SELECT verdict, algorithm, digest FROM model_versions").collectAsList();
    assertThat(versions).hasSize(1);
    assertThat(versions.get(0).getString(0)).isEqualTo("BLESSED");
    assertThat(versions.get(0).getString(2)).isEqualTo(version.digest());
  }

  @Test
  void theSameAskedForAgainIsNotDoneAgain() {
    SmallLoop loop = loop("").written();
    run(loop, ASKED);
    RetrainReport again = run(loop, ASKED);

    assertThat(again.result()).isEqualTo(Result.ALREADY_DONE);
    assertThat(again.version()).hasValue(4);
    assertThat(loop.registry(store()).chain("m").entries()).hasSize(2);
  }

  @Test
  void anotherRunsLeaseIsRespected() {
    SmallLoop loop = loop("").written();
    loop.registry(store())
        .act(
            "m",
            state ->
                Lease.take(
                    state,
                    new Lease("other", "a", "tim", Instant.now().plusSeconds(600)),
                    "tim is at it",
                    Instant.now(),
                    Details.NONE));

    assertThatThrownBy(() -> run(loop, ASKED))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("asked for by tim");
  }

  @Test
  void aRetrainingThatDiedGoesOnThoughRowsHaveComeSince() {
    SmallLoop loop = loop("").written();
    Registry registry = loop.registry(store());
    registry.act(
        "m",
        state ->
            NewEntry.of(
                ActKind.RETRAIN_DECIDED, "leeway", "a breach", Details.of("decision", "FIRE")));
    RetrainRequest due = RetrainRequest.due("tess", SmallLoop.NOW);
    RetrainJob dying =
        new RetrainJob(
            loop.store(store()),
            registry,
            folder.resolve("models").toString(),
            line -> {
              throw new IllegalStateException("The power went off.");
            });
    assertThatThrownBy(() -> dying.run(loop.model(store()), due))
        .isInstanceOf(IllegalStateException.class);
    assertThat(registry.state("m").lease()).isPresent();
    registry.act(
        "m",
        state ->
            NewEntry.of(
                ActKind.RETRAIN_DECIDED,
                "leeway",
                "a run has the lease",
                Details.of("decision", "SUPPRESSED_IN_FLIGHT")));
    loop.answered(1_200, 1_300)
        .selectExpr(spark.read().format("delta").load(loop.predictions()).columns())
        .write()
        .format("delta")
        .mode("append")
        .save(loop.predictions());

    assertThat(run(loop, due).result()).isEqualTo(Result.BLESSED);

    assertThat(registry.chain("m").entries())
        .extracting(of -> of.act().kind())
        .containsExactly(
            ActKind.RETRAIN_DECIDED,
            ActKind.RETRAIN_STARTED,
            ActKind.RETRAIN_DECIDED,
            ActKind.RETRAIN_STARTED,
            ActKind.VERSION_ADDED);
    assertThat(run(loop, due).result()).isEqualTo(Result.NOT_DUE);
  }

  @Test
  void aClassThatIsMissingInTheHoldoutIsNoPerfectScore() {
    SmallLoop loop = loop("").written();
    spark.sql(
        "UPDATE delta.`%s` SET y = 0 WHERE at >= TIMESTAMP '2026-01-10'".formatted(loop.labels()));

    RetrainReport report = run(loop, ASKED);

    assertThat(report.result()).isEqualTo(Result.NOT_BLESSED);
    assertThat(report.words()).anyMatch(word -> word.contains("class"));
    assertThat(loop.registry(store()).state("m").version(4).stage())
        .isEqualTo(Version.Stage.NOT_BLESSED);
  }

  @Test
  void aTrainingTableThatIsGoneIsNamedAndNothingIsOnRecord() {
    SmallLoop loop = loop("");

    assertThatThrownBy(() -> run(loop, ASKED))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(loop.predictions());
    assertThat(loop.registry(store()).chain("m").entries()).isEmpty();
  }

  @Test
  void rowsOfOneClassAreNotLearntFromAndTheLeaseIsGivenBack() {
    SmallLoop loop = loop("").written();
    spark.sql("UPDATE delta.`%s` SET y = 1".formatted(loop.labels()));

    RetrainReport report = null;
    try {
      report = run(loop, ASKED);
    } catch (UserException e) {
      assertThat(e).hasMessageContaining("class");
    }

    if (report != null) {
      assertThat(report.result()).isEqualTo(Result.DATA_REJECTED);
    }
    List<AuditEntry> entries = loop.registry(store()).chain("m").entries();
    assertThat(entries.get(entries.size() - 1).act().kind()).isEqualTo(ActKind.RETRAIN_ENDED);
    assertThat(loop.registry(store()).state("m").lease()).isEmpty();
  }

  @Test
  void nothingIsTrainedBesidePredictionsThatAreLaterThanAnyClockSays() {
    SmallLoop loop = loop("").written();
    spark.sql(
        "UPDATE delta.`%s` SET at = TIMESTAMP '2999-01-01' WHERE id >= 'p001195'"
            .formatted(loop.predictions()));

    RetrainReport report = run(loop, ASKED);

    assertThat(report.result()).isEqualTo(Result.DATA_REJECTED);
    assertThat(report.words()).anyMatch(word -> word.contains("FUTURE_TIMESTAMP"));
  }

  @Test
  void aCorruptedChampionIsNamedAndStaysChampion() throws IOException {
    SmallLoop loop = loop("").written();
    run(loop, ASKED);
    Registry registry = loop.registry(store());
    registry.act("m", state -> Approval.approve(state, 4, "anna", "good", Instant.now()));
    registry.act("m", state -> Promotion.promote(state, 4, false, "olga", "good"));
    Path file;
    try (Stream<Path> files = Files.walk(Path.of(java.net.URI.create("file:" + path(registry))))) {
      file =
          files.filter(of -> of.toString().endsWith(".parquet")).sorted().findFirst().orElseThrow();
    }
    Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);

    assertThatThrownBy(() -> run(loop, RetrainRequest.forced("tess", "another", SmallLoop.NOW)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file.getFileName().toString());
    assertThat(loop.registry(store()).state("m").champion().orElseThrow().number()).isEqualTo(4);
    assertThat(loop.registry(store()).state("m").lease()).isEmpty();
  }

  /** Version 3's recorded decisions are from 0.5 on. */
  @Test
  void aCandidateDecidesFromTheScoreFromWhichTheChampionDoes() {
    SmallLoop loop = loop("threshold = 0.4").written();
    run(loop, ASKED);
    Registry registry = loop.registry(store());
    registry.act("m", state -> Approval.approve(state, 4, "anna", "good", Instant.now()));
    registry.act("m", state -> Promotion.promote(state, 4, false, "olga", "good"));

    run(loop(""), RetrainRequest.forced("tess", "another", SmallLoop.NOW));

    assertThat(registry.state("m").version(5).facts().node().at("/threshold").asDouble())
        .isEqualTo(0.4);
  }

  private static String path(Registry registry) {
    return registry.state("m").version(4).uri().replaceFirst("^file:/*", "/");
  }
}
