package io.leeway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.leeway.config.CircuitConfig;
import io.leeway.config.ScoringConfig;
import io.leeway.domain.UserException;
import io.leeway.serving.ScoreReport.Part;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreJobTest {
  private static final Instant JANUARY = Instant.parse("2026-01-05T00:00:00Z");

  @TempDir private Path directory;
  private final SparkSession spark = LocalSpark.session();
  private ServedModel model;

  @BeforeEach
  void aModelWithAChampion() {
    model = new ServedModel(directory);
    model.crowns();
  }

  private long predictions() {
    return model.read("predictions").count();
  }

  private void everyIdOnce(int ids) {
    assertThat(predictions()).isEqualTo(ids);
    assertThat(model.read("predictions").select("pid").distinct().count()).isEqualTo(ids);
  }

  @Test
  void scoresWhatCameSinceTheLastTimeAndNothingTwice() {
    model.features(0, 40, JANUARY);

    ScoreReport first = model.score();
    ScoreReport again = model.score();
    model.features(40, 50, JANUARY);
    ScoreReport later = model.score();

    assertThat(first.predictions().parts()).containsExactly(new Part("1", true, "ok", 40));
    assertThat(again.predictions()).isEqualTo(ScoreReport.Fed.NOTHING);
    assertThat(later.predictions().came()).isEqualTo(10);
    assertThat(later.predictions().rows()).isEqualTo(10);
    everyIdOnce(50);
    // By hand: version 1 gives 1 + income / 1000, and the income of p7 is 7.
    Row seventh =
        model.read("predictions").where("pid = 'p7'").select("p", "v", "d", "status", "ms").first();
    assertThat(seventh.getDouble(0)).isEqualTo(1.007);
    assertThat(seventh.getString(1)).isEqualTo("1");
    assertThat(seventh.getString(2)).isEqualTo("1");
    assertThat(seventh.getString(3)).isEqualTo("ok");
    assertThat(seventh.getDouble(4)).isPositive();
    assertThat(model.read("predictions").columns())
        .containsExactly("pid", "customer", "income", "at", "v", "p", "d", "ms", "status");
  }

  @Test
  void rowsThatWereMovedToOtherFilesAreNoNewOnes() {
    model.features(0, 10, JANUARY);
    model.features(10, 20, JANUARY);
    model.score();
    DeltaTable.forPath(spark, model.table("features").text()).optimize().executeCompaction();

    ScoreReport moved = model.score();
    spark.sql(
        "UPDATE delta.`" + model.table("features").text() + "` SET income = 0 WHERE pid = 'p3'");
    ScoreReport changed = model.score();

    assertThat(moved.predictions().came()).isZero();
    assertThat(moved.featuresVersion()).isEqualTo(2);
    assertThat(changed.predictions().came()).isZero();
    everyIdOnce(20);
  }

  @Test
  void whoeverIsOvertakenByALaterVersionWritesNothing() {
    model.features(0, 10, JANUARY);
    model.score();
    model.features(10, 20, JANUARY);
    // Within this scoring more rows come, and another scoring of all of them is done to its end.
    ScoreJob overtaken =
        model.job(
            version ->
                rows -> {
                  model.features(20, 30, JANUARY);
                  assertThat(model.score().predictions().rows()).isEqualTo(20);
                  return model.scorer(version).score(rows);
                });

    ScoreReport report =
        overtaken.run(model.config(), model.scoring(), CircuitConfig.defaults(), Instant.now());

    assertThat(report.predictions().isOvertaken()).isTrue();
    assertThat(report.predictions().rows()).isZero();
    assertThat(report.readings().calls()).isZero();
    assertThat(report.notes()).anyMatch(note -> note.contains("Somebody else has scored"));
    everyIdOnce(30);
  }

  @Test
  void ofTwoAtOnceOneScores() throws Exception {
    model.features(0, 10, JANUARY);
    CyclicBarrier bothHaveRead = new CyclicBarrier(2);
    Callable<ScoreReport> scoring =
        () ->
            model
                .job(
                    version ->
                        rows -> {
                          await(bothHaveRead);
                          return model.scorer(version).score(rows);
                        })
                .run(model.config(), model.scoring(), CircuitConfig.defaults(), Instant.now());
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<ScoreReport>> reports = two.invokeAll(List.of(scoring, scoring));
      assertThat(
              List.of(
                  reports.get(0).get().predictions().isOvertaken(),
                  reports.get(1).get().predictions().isOvertaken()))
          .containsExactlyInAnyOrder(true, false);
    } finally {
      two.shutdown();
    }
    everyIdOnce(10);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneThatDiesBeforeTheCommitLeavesNothing() {
    model.features(0, 10, JANUARY);
    ScoreJob dying = model.job(version -> ServedModel.scorer("raise_error('the power went')"));

    assertThatThrownBy(
            () ->
                dying.run(model.config(), model.scoring(), CircuitConfig.defaults(), Instant.now()))
        .hasStackTraceContaining("the power went");
    assertThat(predictions()).isZero();

    assertThat(model.score().predictions().rows()).isEqualTo(10);
    everyIdOnce(10);
  }

  @Test
  void aTableThatIsThereKeepsItsColumnsAndItsRows() {
    model.features(0, 10, JANUARY);
    spark.sql(
        "CREATE TABLE delta.`"
            + model.table("predictions").text()
            + "` (pid STRING, at TIMESTAMP, v INT, p FLOAT, d STRING, branch STRING NOT NULL) "
            + "USING DELTA");
    assertThatThrownBy(model::score)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must have a value in column 'branch'");
    spark.sql(
        "ALTER TABLE delta.`"
            + model.table("predictions").text()
            + "` ALTER COLUMN branch DROP NOT NULL");
    model.append(
        "predictions",
        spark.sql(
            "SELECT 'p3' AS pid, "
                + SqlText.timestamp(JANUARY.plus(Duration.ofMinutes(3)))
                + " AS at, 9 AS v, 0.5F AS p, '0' AS d, 'north' AS branch"));

    ScoreReport report = model.score();

    assertThat(report.predictions().came()).isEqualTo(10);
    assertThat(report.predictions().known()).isEqualTo(1);
    everyIdOnce(10);
    Row kept = model.read("predictions").where("pid = 'p3'").select("v", "branch").first();
    assertThat(kept.getInt(0)).isEqualTo(9);
    Row scored = model.read("predictions").where("pid = 'p4'").select("v", "p", "branch").first();
    assertThat(scored.getInt(0)).isEqualTo(1);
    assertThat(scored.getFloat(1)).isEqualTo(1.004f);
    assertThat(scored.isNullAt(2)).isTrue();
  }

  @Test
  void aTableThatCannotTakeTheRowsIsRefused() {
    model.features(0, 3, JANUARY);
    String predictions = "delta.`" + model.table("predictions").text() + "`";
    spark.sql(
        "CREATE TABLE "
            + predictions
            + " (pid STRING, at TIMESTAMP, v STRING, p DOUBLE, income MAP<STRING, INT>) USING DELTA");
    assertThatThrownBy(model::score)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no column 'd'");
    spark.sql("ALTER TABLE " + predictions + " ADD COLUMN d STRING");
    assertThatThrownBy(model::score)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("column 'income' is MAP<STRING, INT>");
    assertThat(predictions()).isZero();
  }

  @Test
  void featuresMustNotBearTheNamesThatScoringWrites() {
    model.append(
        "features",
        spark.sql("SELECT 'a' AS pid, current_timestamp() AS at, 'c' AS customer, 1 AS Status"));

    assertThatThrownBy(model::score)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has a column 'Status', which scoring writes");
  }

  @Test
  void rowsThatCannotBeScoredAreCountedAndLeftOut() {
    String at = SqlText.timestamp(JANUARY);
    model.append(
        "features",
        spark.sql(
            "SELECT pid, customer, income, at FROM VALUES ('a', 'c', 1D, "
                + at
                + "), (NULL, 'c', 1D, "
                + at
                + "), ('b', 'c', 1D, NULL), ('old', 'c', 1D, "
                + SqlText.timestamp(JANUARY.minus(Duration.ofDays(3)))
                + "), ('a', 'c', 2D, "
                + SqlText.timestamp(JANUARY.plusSeconds(1))
                + "), ('null', NULL, NULL, "
                + at
                + ") AS t(pid, customer, income, at)"));
    ScoringConfig twoDays =
        new ScoringConfig(
            model.table("features"),
            Optional.of("customer"),
            Optional.empty(),
            Optional.of(Duration.ofDays(2)));

    ScoreReport report =
        model
            .job()
            .run(
                model.config(),
                twoDays,
                CircuitConfig.defaults(),
                JANUARY.plus(Duration.ofHours(1)));

    assertThat(report.predictions().came()).isEqualTo(6);
    assertThat(report.predictions().withoutIdOrTime()).isEqualTo(2);
    assertThat(report.predictions().tooOld()).isEqualTo(1);
    assertThat(report.predictions().known()).isEqualTo(1);
    assertThat(report.predictions().parts())
        .containsExactly(new Part("1", true, "failed", 1), new Part("1", true, "ok", 1));
    assertThat(report.readings().nullScores()).isEqualTo(1);
    assertThat(model.read("predictions").where("pid = 'a'").select("p").first().getDouble(0))
        .isEqualTo(1.001);
  }

  private ScoreReport scoresYoungerThan(Duration age, Instant now) {
    ScoringConfig scoring =
        new ScoringConfig(
            model.table("features"), Optional.of("customer"), Optional.empty(), Optional.of(age));
    return model.job().run(model.config(), scoring, CircuitConfig.defaults(), now);
  }

  @Test
  void anIdentifierThatComesAgainWithAnotherTimeIsNotAnsweredAgain() {
    model.features(0, 10, JANUARY);
    model.score();
    model.features(5, 12, JANUARY.plus(Duration.ofDays(90)));
    ScoreReport later = model.score();
    model.features(0, 13, JANUARY.minus(Duration.ofDays(90)));
    ScoreReport earlier = model.score();

    assertThat(later.predictions().known()).isEqualTo(5);
    assertThat(later.predictions().rows()).isEqualTo(2);
    assertThat(earlier.predictions().known()).isEqualTo(12);
    assertThat(earlier.predictions().rows()).isEqualTo(1);
    everyIdOnce(13);
  }

  @Test
  void withAnAgeLimitAnswersUpToTwiceAsOldAreLookedUp() {
    // By hand: on the 10th, rows from the 8th on are scored, and answers from the 6th on are
    // looked up. Ids 0 and 1 were answered on the 5th, 2 and 3 on the 7th, 4 and 5 on the 20th.
    Duration twoDays = Duration.ofDays(2);
    Instant tenth = JANUARY.plus(Duration.ofDays(5));
    model.features(0, 2, JANUARY);
    scoresYoungerThan(twoDays, JANUARY);
    model.features(2, 4, JANUARY.plus(Duration.ofDays(2)));
    scoresYoungerThan(twoDays, JANUARY.plus(Duration.ofDays(2)));
    model.features(4, 6, JANUARY.plus(Duration.ofDays(15)));
    scoresYoungerThan(twoDays, tenth);
    assertThat(predictions()).isEqualTo(6);

    model.features(0, 6, tenth);
    ScoreReport again = scoresYoungerThan(twoDays, tenth);

    assertThat(again.predictions().tooOld()).isZero();
    assertThat(again.predictions().known()).isEqualTo(4);
    assertThat(again.predictions().rows()).isEqualTo(2);
    assertThat(model.read("predictions").where("pid IN ('p2', 'p3', 'p4', 'p5')").count())
        .isEqualTo(4);
  }

  @Test
  void rowsThatAreRepairedAreScoredThenAndNotCountedMeanwhile() {
    String at = SqlText.timestamp(JANUARY);
    model.append(
        "features",
        spark.sql(
            "SELECT pid, customer, income, at FROM VALUES ('a', 'c', 1D, "
                + at
                + "), ('b', 'c', 2D, NULL), (NULL, 'c', 3D, "
                + at
                + "), ('b2', 'c', 4D, NULL) AS t(pid, customer, income, at)"));
    ScoreReport first = model.score();
    String features = "delta.`" + model.table("features").text() + "`";
    model.features(0, 1, JANUARY);
    DeltaTable.forPath(spark, model.table("features").text()).optimize().executeCompaction();
    ScoreReport moved = model.score();
    spark.sql("UPDATE " + features + " SET at = " + at + " WHERE pid = 'b'");
    spark.sql("UPDATE " + features + " SET pid = 'd' WHERE pid IS NULL");

    ScoreReport repaired = model.score();

    assertThat(first.predictions().withoutIdOrTime()).isEqualTo(3);
    assertThat(first.predictions().rows()).isEqualTo(1);
    assertThat(moved.predictions().rows()).isEqualTo(1);
    assertThat(moved.predictions().withoutIdOrTime()).isZero();
    assertThat(repaired.predictions().rows()).isEqualTo(2);
    assertThat(repaired.predictions().came()).isEqualTo(2);
    // By hand: 1 + income / 1000.
    assertThat(model.read("predictions").where("pid = 'b'").select("p").first().getDouble(0))
        .isEqualTo(1.002);
    assertThat(model.read("predictions").where("pid = 'd'").select("p").first().getDouble(0))
        .isEqualTo(1.003);
    everyIdOnce(4);
  }

  @Test
  void withoutTheLogOfTheLastVersionTheWholeTableIsLookedThrough() {
    model.features(0, 10, JANUARY);
    model.score();
    spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    try {
      spark.sql("DELETE FROM delta.`" + model.table("features").text() + "` WHERE pid = 'p1'");
      DeltaTable.forPath(spark, model.table("features").text()).vacuum(0);
    } finally {
      spark.conf().unset("spark.databricks.delta.retentionDurationCheck.enabled");
    }
    model.features(10, 12, JANUARY);

    ScoreReport report = model.score();

    assertThat(report.notes()).anyMatch(note -> note.contains("was looked through, for files of"));
    assertThat(report.predictions().rows()).isEqualTo(2);
    everyIdOnce(12);
  }
}
