package io.leeway.retrain;

import static io.leeway.retrain.Applicants.day;
import static io.leeway.retrain.Applicants.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leeway.config.Algorithm;
import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.registry.Details;
import io.leeway.registry.files.InputColumn;
import io.leeway.registry.files.ModelDescription;
import io.leeway.registry.files.ScoreColumn;
import io.leeway.registry.files.ScoringModel;
import io.leeway.retrain.gate.CheckStatus;
import io.leeway.retrain.gate.GateCheck;
import io.leeway.retrain.gate.Verdict;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateRunTest {
  private static final StructType ANSWERS =
      StructType.fromDDL("id STRING, at TIMESTAMP, p DOUBLE, d INT");

  /** The last ten of thirty days are held out. */
  private static final TrainingPeriod PERIOD =
      new TrainingPeriod(day(0), day(20), day(30), day(45));

  private static final int A_DAY = 12;

  @TempDir private Path folder;

  /**
   * Twelve answers a day, with scores of 0.05, 0.15 and so on to 0.95 in turn, of which as large a
   * share happens; every fifth, of a score of 0.45 or 0.95, bears no decision, the others one from
   * 0.3 on.
   */
  private void answered(int fromDay, int untilDay) {
    List<Row> answers = new ArrayList<>();
    List<Row> labels = new ArrayList<>();
    for (int i = fromDay * A_DAY; i < untilDay * A_DAY; i++) {
      int tenth = Math.floorMod(i, 10);
      boolean happens = Math.floorMod(Math.floorDiv(i, 10), 10) < tenth;
      Timestamp at = Timestamp.from(Applicants.START.plusSeconds(7_200L * i));
      Integer decision = tenth % 5 == 4 ? null : (Integer) (tenth >= 3 ? 1 : 0);
      answers.add(RowFactory.create("id" + i, at, (tenth + 0.5) / 10, decision));
      labels.add(ended("id" + i, happens ? "1" : "0", at.toInstant().plusSeconds(60)));
    }
    LocalSpark.session()
        .createDataFrame(answers, ANSWERS)
        .write()
        .format("delta")
        .mode("overwrite")
        .save(folder.resolve("predictions").toString());
    new Applicants(folder).labels(labels, 1);
  }

  private Verdict verdict(String gate, String... lines) {
    return verdict(gate, model -> Optional.empty(), lines);
  }

  private Verdict verdict(
      String gate, Function<ModelConfig, Optional<Incumbent>> champion, String... lines) {
    Applicants applicants = new Applicants(folder);
    List<String> all = new ArrayList<>(List.of(lines));
    all.add(
        "retrain { algorithm = logistic-regression, gate { min-rows = 50, min-of-each-class = 5, %s } }"
            .formatted(gate));
    ModelConfig model = applicants.model(all.toArray(String[]::new));
    try (TrainingRows rows =
        TrainingRows.read(
            model,
            Training.of(Algorithm.LOGISTIC_REGRESSION).config(),
            applicants.source("predictions"),
            applicants.source("labels"),
            PERIOD)) {
      return new GateRun(model, model.retrain().orElseThrow().gate(), 0.3)
          .of(rows, same(), champion.apply(model));
    }
  }

  /** A candidate that scores as was scored, and decides from 0.5 on. */
  private static ScoringModel same() {
    ModelDescription description =
        new ModelDescription(
            "m",
            Task.BINARY,
            List.of("0", "1"),
            Optional.of("1"),
            OptionalDouble.of(0.5),
            List.of(new InputColumn("p", "double")),
            "hash",
            new ScoreColumn("out", ScoreColumn.Kind.NUMBER));
    SQLTransformer scored = new SQLTransformer().setStatement("SELECT *, p AS out FROM __THIS__");
    return new ScoringModel(description, new PipelineModel("same", new Transformer[] {scored}));
  }

  private static GateCheck of(Verdict verdict, String metric) {
    return verdict.checks().stream()
        .filter(check -> check.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whereNoDecisionIsRecordedTheRecordedScoresAreComparedAllTheSame() {
    answered(0, 30);
    Verdict verdict = verdict("");

    assertThat(verdict.checks())
        .extracting(GateCheck::status)
        .doesNotContain(CheckStatus.SKIPPED_NO_CHAMPION);
    // Of the 120 held out 12 are of each score; those of 0.35 and 0.45 are decided differently.
    assertThat(of(verdict, "decision_flip_rate").n()).isEqualTo(120);
    assertThat(of(verdict, "decision_flip_rate").candidate()).hasValue(0.2);
  }

  @Test
  void rowsWhoseRecordedDecisionIsMissingAreLeftOut() {
    answered(0, 30);
    Verdict verdict = verdict("", "predictions.decision = d");

    // Of the eight scores that bear a decision, that of 0.35 is decided differently.
    assertThat(of(verdict, "decision_flip_rate").n()).isEqualTo(96);
    assertThat(of(verdict, "decision_flip_rate").candidate()).hasValue(0.125);
  }

  /** The labelled rows are those of 60 days, 30 of them before the period. */
  @Test
  void aScenarioIsJudgedByAllRowsOfItsPeriodWhereverItLies() {
    answered(-30, 30);
    Verdict verdict =
        verdict(
            """
            scenarios {
              before { from = "2025-12-10T00:00:00Z", until = "2025-12-15T00:00:00Z" }
              trained { from = "2026-01-05T00:00:00Z", until = "2026-01-09T00:00:00Z" }
              across { from = "2026-01-20T00:00:00Z", until = "2026-01-23T00:00:00Z" }
              held { from = "2026-01-25T00:00:00Z", until = "2026-01-28T00:00:00Z" }
              gone { from = "2020-01-01T00:00:00Z", until = "2020-02-01T00:00:00Z" }
              high { where = "p > 0.5" }
              never { where = "p > 2" }
            }
            checks = [
              { metric = log_loss, no-worse-by = 0.05 }
              { metric = log_loss, no-worse-by = 0.05, scenario = before, min-rows = 10 }
              { metric = log_loss, no-worse-by = 0.05, scenario = trained, min-rows = 10 }
              { metric = log_loss, no-worse-by = 0.05, scenario = across, min-rows = 10 }
              { metric = log_loss, no-worse-by = 0.05, scenario = held, min-rows = 10 }
              { metric = log_loss, no-worse-by = 0.05, scenario = gone, min-rows = 10 }
              { metric = log_loss, no-worse-by = 0.05, scenario = high, min-rows = 10 }
              { metric = log_loss, no-worse-by = 0.05, scenario = never, min-rows = 10 }
            ]""");

    assertThat(verdict.checks())
        .filteredOn(check -> check.metric().equals("log_loss"))
        .extracting(check -> check.scenario().orElse("all"), GateCheck::n, GateCheck::status)
        .containsExactly(
            tuple("all", 120L, CheckStatus.PASS),
            tuple("before", 60L, CheckStatus.PASS),
            tuple("trained", 48L, CheckStatus.PASS),
            tuple("across", 36L, CheckStatus.PASS),
            tuple("held", 36L, CheckStatus.PASS),
            tuple("gone", 0L, CheckStatus.INSUFFICIENT_DATA),
            tuple("high", 60L, CheckStatus.PASS),
            tuple("never", 0L, CheckStatus.FAIL));
  }

  /** The champion was trained on the days 0 to 19, of which it left out three. */
  @Test
  void aChampionIsNotHeldAgainstTheCandidateOnWhatItWasTrainedOn() {
    answered(-30, 30);
    Details facts =
        Details.of(
            "lineage",
            Map.of(
                "from",
                day(0),
                "holdout_from",
                day(20),
                "left_out",
                Map.of("known", Map.of("from", day(10), "until", day(13)))));
    Verdict verdict =
        verdict(
            """
            scenarios {
              before { from = "2025-12-10T00:00:00Z", until = "2025-12-15T00:00:00Z" }
              known { from = "2026-01-11T00:00:00Z", until = "2026-01-14T00:00:00Z" }
              moved { from = "2026-01-12T00:00:00Z", until = "2026-01-15T00:00:00Z" }
              held { from = "2026-01-25T00:00:00Z", until = "2026-01-28T00:00:00Z" }
            }
            checks = [
              { metric = log_loss, no-worse-by = 0.05, scenario = before, min-rows = 10 }
              { metric = log_loss, no-worse-by = 0.05, scenario = known, min-rows = 10 }
              { metric = log_loss, no-worse-by = 0.05, scenario = moved, min-rows = 10 }
              { metric = log_loss, below = 3, scenario = moved, min-rows = 10 }
              { metric = log_loss, no-worse-by = 0.05, scenario = held, min-rows = 10 }
            ]""",
            model -> Optional.of(Incumbent.of(model, IncumbentTest.version(facts), same())));

    assertThat(verdict.checks())
        .filteredOn(check -> check.metric().equals("log_loss"))
        .extracting(check -> check.scenario().orElseThrow(), GateCheck::n, GateCheck::status)
        .containsExactly(
            tuple("before", 60L, CheckStatus.PASS),
            tuple("known", 36L, CheckStatus.PASS),
            tuple("moved", 36L, CheckStatus.INSUFFICIENT_DATA),
            tuple("moved", 36L, CheckStatus.PASS),
            tuple("held", 36L, CheckStatus.PASS));
  }
}
