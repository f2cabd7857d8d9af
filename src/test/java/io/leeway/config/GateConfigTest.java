package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.leeway.domain.Slice;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateConfigTest {
  private static final String PATH = "retrain.gate";
  private static final Slice STATE = Slice.of("state");
  private static final Slice CROSS = Slice.of("state", "age_band");

  private final Settings settings = new Settings();

  private GateConfig read(String... lines) {
    Reading reading = new Reading(Path.of("").toUri());
    Block block =
        new Block(
            reading,
            settings,
            PATH,
            PATH,
            ConfigFactory.parseString(
                    String.join("\n", lines),
                    ConfigParseOptions.defaults().setOriginDescription("gate.conf"))
                .root(),
            new Place("gate.conf", 0));
    GateConfig config = GateConfig.read(block);
    reading.refuseProblems();
    return config;
  }

  private void assertProblems(String lines, String... problems) {
    assertThatThrownBy(() -> read(lines.split("\n", -1))).hasMessage(String.join("\n", problems));
  }

  private static GateRule rule(GateMetric metric, GateDemand demand, Limit limit) {
    return GateRule.of(metric, demand, limit);
  }

  @Test
  void anEmptyBlockIsTheUsualGate() {
    assertThat(read("")).isEqualTo(GateConfig.defaults());
    assertThat(GateConfig.defaults().minRows()).isEqualTo(500);
    assertThat(GateConfig.defaults().minOfEachClass()).isEqualTo(30);
    assertThat(settings.shown("m"))
        .containsEntry("m.retrain.gate.min-rows", "500  # default")
        .containsEntry("m.retrain.gate.confidence", "0.95  # default");
  }

  @Test
  void readsEveryKindOfCheck() {
    GateConfig gate =
        read(
            "min-rows = 1000, min-of-each-class = 50, confidence = 0.9",
            "scenarios {",
            "  storm { from = 2026-03-01, until = 2026-03-08 }",
            "  young { where = \"age < 25\" }",
            "}",
            "checks = [",
            "  { metric = log_loss, no-worse-by = 0.01 }",
            "  { metric = brier, no-worse-by = 5% }",
            "  { metric = roc_auc, above = 0.65 }",
            "  { metric = log_loss, better = true }",
            "  { metric = log_loss, no-worse-by = 0.03, slices = [[state], [age_band]], min-rows = 90 }",
            "  { metric = equal_opportunity_difference, attribute = gender, grows-by = 0.02 }",
            "  { metric = score_psi, below = 0.25, severity = warn }",
            "  { metric = log_loss, no-worse-by = 0.05, scenario = storm }",
            "]");
    assertThat(gate.confidence()).isEqualTo(0.9);
    assertThat(gate.checks())
        .containsExactly(
            rule(GateMetric.LOG_LOSS, GateDemand.NO_WORSE_BY, Limit.of(0.01)),
            rule(GateMetric.BRIER, GateDemand.NO_WORSE_BY, Limit.share(0.05)),
            rule(GateMetric.ROC_AUC, GateDemand.ABOVE, Limit.of(0.65)),
            rule(GateMetric.LOG_LOSS, GateDemand.BETTER, Limit.of(0)),
            new GateRule(
                GateMetric.LOG_LOSS,
                GateDemand.NO_WORSE_BY,
                Limit.of(0.03),
                List.of(STATE, Slice.of("age_band")),
                Optional.empty(),
                Optional.empty(),
                90,
                true),
            new GateRule(
                GateMetric.EQUAL_OPPORTUNITY_DIFFERENCE,
                GateDemand.GROWS_BY,
                Limit.of(0.02),
                List.of(),
                Optional.of("gender"),
                Optional.empty(),
                200,
                true),
            rule(GateMetric.SCORE_PSI, GateDemand.BELOW, Limit.of(0.25)).warning(),
            new GateRule(
                GateMetric.LOG_LOSS,
                GateDemand.NO_WORSE_BY,
                Limit.of(0.05),
                List.of(),
                Optional.empty(),
                Optional.of("storm"),
                200,
                true));
    assertThat(gate.checks())
        .extracting(GateRule::id)
        .contains(
            "brier no-worse-by 5%",
            "log_loss better",
            "log_loss no-worse-by 0.03 in [state], [age_band]",
            "equal_opportunity_difference grows-by 0.02 by gender",
            "log_loss no-worse-by 0.05 in scenario storm");
    // Melbourne is eleven hours ahead of UTC on 1 March.
    assertThat(gate.scenarios().get("storm").start(ZoneId.of("Australia/Melbourne")))
        .contains(Instant.parse("2026-02-28T13:00:00Z"));
    assertThat(gate.scenarios().get("young").where()).contains("age < 25");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertProblems(
        """
        min-rows = 0
        confidence = 1
        scenarios { storm { from = 2026-03-08, until = 2026-03-01 }, calm {} }
        checks = [
          { metric = logloss, no-worse-by = 0.01 }
          { metric = log_loss }
          { metric = log_loss, no-worse-by = 0.01, above = 3 }
          { metric = log_loss, above = 3 }
          { metric = roc_auc, no-worse-by = 1% }
          { metric = log_loss, no-worse-by = -0.01 }
          { metric = ece, below = 0.05, slices = [[state]] }
          { metric = log_loss, no-worse-by = 0.02, scenario = flood }
          { metric = disparate_impact_ratio, above = 0.8 }
          { metric = log_loss, no-worse-by = 0.03, min-rows = 10 }
          { metric = rmse, no-worse-by = 5% }
          { metric = brier, better = true, slices = [[state]] }
          { metric = ece, below = 0.05, severty = warn }
          { metric = mae, no-worse-by = 0.04, slices = [state], scenario = storm }
        ]""",
        "gate.conf:1: retrain.gate.min-rows: '0' is not a whole number from 1 on; write for example 500",
        "gate.conf:2: retrain.gate.confidence: '1' is not a number from 0.5 to below 1; write for example 0.95",
        "gate.conf:3: retrain.gate.scenarios.calm: names no rows; write from and until, or where = \"SQL condition\"",
        "gate.conf:3: retrain.gate.scenarios.storm.until: is not after from; the scenario would be empty, so write a later date",
        "gate.conf:5: retrain.gate.checks[0].metric: 'logloss' is not known here; did you mean 'log_loss'? Known: log_loss, brier, accuracy, recall, specificity, mae, mse, roc_auc, rmse, bias, precision, ece, calibration_in_the_large, score_psi, decision_flip_rate, demographic_parity_difference, equal_opportunity_difference, predictive_equality_difference, disparate_impact_ratio, inference_cost_ratio",
        "gate.conf:6: retrain.gate.checks[1]: demands nothing; write exactly one of no-worse-by, better, above, below, grows-by",
        "gate.conf:7: retrain.gate.checks[2]: demands more than one thing; write exactly one of no-worse-by, better, above, below, grows-by",
        "gate.conf:8: retrain.gate.checks[3].above: cannot be demanded of log_loss; write no-worse-by or better or below",
        "gate.conf:9: retrain.gate.checks[4].no-worse-by: roc_auc has no share to be worse by; write a number, not %",
        "gate.conf:10: retrain.gate.checks[5].no-worse-by: '-0.01' is no margin; write a number above 0",
        "gate.conf:11: retrain.gate.checks[6].slices: segments cannot be tested for ece; remove it",
        "gate.conf:12: retrain.gate.checks[7]: scenario 'flood' is not declared; add it to scenarios. Known: [calm, storm]",
        "gate.conf:13: retrain.gate.checks[8].attribute: is missing; name the attribute whose groups are compared",
        "gate.conf:14: retrain.gate.checks[9].min-rows: is for slices, attribute and scenario; of all rows it is the gate's own min-rows",
        "gate.conf:15: retrain.gate.checks[10].no-worse-by: cannot be demanded of rmse; write below, or compare mse",
        "gate.conf:16: retrain.gate.checks[11].better: cannot be shown of every segment; write no-worse-by, or no slices",
        "gate.conf:17: retrain.gate.checks[12].severty: unknown key; did you mean 'severity'? Known here: metric, no-worse-by, better, above, below, grows-by, slices, attribute, scenario, min-rows, severity",
        "gate.conf:18: retrain.gate.checks[13].slices[0]: is not a slice; a slice is a list of columns, such as [state]");
  }

  @Test
  void aPeriodWithAnOpenEndIsRefusedSinceItCouldTakeAllRowsFromTheTraining() {
    String advice =
        "is missing; rows of a scenario are never trained on, and an open period may take all of"
            + " them, so write both from and until";
    assertProblems(
        """
        scenarios {
          storm { from = 2026-03-01 }
          flood { until = 2026-03-08 }
          fire { until = tomorrow }
          quake { from = 2026-03-01, where = "age < 25" }
        }""",
        "gate.conf:2: retrain.gate.scenarios.storm.until: " + advice,
        "gate.conf:3: retrain.gate.scenarios.flood.from: " + advice,
        "gate.conf:4: retrain.gate.scenarios.fire.until: 'tomorrow' is not a date or time; write for example 2026-01-01 or \"2026-01-01T00:00:00Z\"",
        "gate.conf:5: retrain.gate.scenarios.quake: has a period and a condition; write either from and until, or where");
  }

  @Test
  void aGateIsNeverWithoutChecks() {
    assertProblems(
        "checks = []",
        "gate.conf:1: retrain.gate.checks: is empty, but a gate needs checks; leave it out for the usual ones");
    for (Task task : List.of(Task.BINARY, Task.MULTICLASS, Task.REGRESSION)) {
      assertThat(GateConfig.defaults().checksFor(task, List.of(), List.of()))
          .hasSizeGreaterThan(3)
          .allSatisfy(check -> assertThat(check.metric().fits(task)).isTrue())
          .anySatisfy(check -> assertThat(check.demand()).isEqualTo(GateDemand.NO_WORSE_BY));
    }
  }

  @Test
  void theUsualChecksLookAtDeclaredSlicesAndAttributes() {
    List<GateRule> checks =
        GateConfig.defaults()
            .checksFor(Task.BINARY, List.of(Slice.OVERALL, STATE, CROSS), List.of("gender"));
    assertThat(checks)
        .extracting(GateRule::id)
        .containsExactly(
            "log_loss no-worse-by 0.01",
            "brier no-worse-by 0.005",
            "roc_auc no-worse-by 0.01",
            "log_loss no-worse-by 0.03 in [state], [state, age_band]",
            "equal_opportunity_difference grows-by 0.02 by gender",
            "demographic_parity_difference grows-by 0.02 by gender",
            "ece below 0.05",
            "decision_flip_rate below 0.3",
            "score_psi below 0.25",
            "inference_cost_ratio below 3");
    assertThat(checks)
        .filteredOn(check -> !check.blocks())
        .extracting(check -> check.metric().text())
        .containsExactly(
            "demographic_parity_difference",
            "decision_flip_rate",
            "score_psi",
            "inference_cost_ratio");
    assertThat(GateConfig.defaults().checksFor(Task.REGRESSION, List.of(STATE), List.of("gender")))
        .extracting(GateRule::id)
        .containsExactly(
            "mae no-worse-by 2%",
            "mse no-worse-by 5%",
            "mae no-worse-by 10% in [state]",
            "score_psi below 0.25",
            "inference_cost_ratio below 3");
  }

  @Test
  void writtenChecksReplaceTheUsualOnesAndTakeTheDeclaredOrderOfColumns() {
    GateConfig gate =
        read("checks = [ { metric = log_loss, no-worse-by = 0.1, slices = [[age_band, state]] } ]");
    assertThat(gate.checksFor(Task.BINARY, List.of(STATE, CROSS), List.of()))
        .extracting(GateRule::slices)
        .containsExactly(List.of(CROSS));
  }

  @Test
  void whatDoesNotGoWithTheModelIsRefusedAtOnce() {
    GateConfig gate =
        read(
            "checks = [ { metric = mae, no-worse-by = 0.1 }",
            "{ metric = log_loss, no-worse-by = 0.1, slices = [[branch]] }",
            "{ metric = disparate_impact_ratio, attribute = age, above = 0.8 } ]");
    assertThatThrownBy(() -> gate.checksFor(Task.BINARY, List.of(STATE), List.of("gender")))
        .hasMessage(
            """
            retrain.gate.checks: 'mae no-worse-by 0.1': a model of task binary has no such metric; name one of log_loss, brier, accuracy, recall, specificity, roc_auc, precision, ece, calibration_in_the_large, score_psi, decision_flip_rate, demographic_parity_difference, equal_opportunity_difference, predictive_equality_difference, disparate_impact_ratio, inference_cost_ratio
            retrain.gate.checks: 'log_loss no-worse-by 0.1 in [branch]': slice [branch] is not declared; add it to slices. Known: [[state]]
            retrain.gate.checks: 'disparate_impact_ratio above 0.8 by age': 'age' is no attribute of fairness; add it to fairness.attributes. Known: [gender]""");
  }

  @Test
  void anotherMarginOfTheSameCheckIsAnotherCheckButNotTheSameTwice() {
    assertProblems(
        """
        checks = [
          { metric = mae, no-worse-by = 0.1 }
          { metric = mae, no-worse-by = 0.10 }
          { metric = mae, no-worse-by = 0.2 }
        ]""",
        "gate.conf:3: retrain.gate.checks[1]: is there twice; remove one");
  }
}
