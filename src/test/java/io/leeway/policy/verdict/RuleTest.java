package io.leeway.policy.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ConfigLoader;
import io.leeway.config.Limit;
import io.leeway.config.ModelConfig;
import io.leeway.config.RuleConfig;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleConfig.Persistence;
import io.leeway.config.RuleTerms;
import io.leeway.config.Task;
import io.leeway.domain.Slice;
import io.leeway.domain.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
  private static Rule of(String metric, Direction direction, double limit, boolean relative) {
    return Rule.of(metric, direction, limit, relative, Severity.INVESTIGATE);
  }

  @Test
  void takesOverWhatIsConfigured() {
    RuleConfig config =
        new RuleConfig(
            "accuracy",
            Direction.FALLS_BY,
            Limit.share(0.05),
            Optional.of(new Persistence(2, 3)),
            "retrain",
            Optional.of(Slice.of("state")),
            Optional.empty(),
            Optional.of("late"),
            Optional.of("7 days"),
            Optional.empty(),
            "previous",
            "as-they-are",
            RuleTerms.USUAL);
    Rule rule = Rule.of(config);
    assertThat(rule.evidence()).isEqualTo(Evidence.LIMIT);
    assertThat(rule.against()).isEqualTo(Against.PREVIOUS);
    assertThat(rule.labels()).isEqualTo(Rule.Labels.AS_THEY_ARE);
    assertThat(rule.family()).isEqualTo(Family.PERFORMANCE);
    assertThat(rule.id())
        .isEqualTo(
            "accuracy falls-by 5%, against previous, retrain by limit, for 2 of 3, labels as they"
                + " are, slice [state], class late, granularity 7 days");
    assertThat(Rule.of(config)).isEqualTo(rule);
  }

  @Test
  void theTextNamesWhateverDiffers() {
    Rule rule = of("psi", Direction.ABOVE, 0.1, false);
    assertThat(rule.id()).isEqualTo("psi above 0.1, against baseline, investigate by change");
    assertThat(
            List.of(
                rule.withAgainst(Against.PREVIOUS).id(),
                rule.withEvidence(Evidence.LIMIT).id(),
                rule.withPersistence(Repeats.ONCE).id(),
                rule.withLabels(Rule.Labels.AS_THEY_ARE).id(),
                of("psi", Direction.ABOVE, 0.10000001, false).id()))
        .doesNotHaveDuplicates()
        .doesNotContain(rule.id());
  }

  @Test
  void ofAnAucTheFallIsOfWhatIsAboveOneHalf() {
    Border border = of("roc_auc", Direction.FALLS_BY, 0.1, true).border();
    // .5 + .9 (.8 - .5) = .77.
    assertThat(border.at(0.8)).isCloseTo(0.77, within(1e-12));
    assertThat(of("accuracy", Direction.FALLS_BY, 0.1, true).border().at(0.8))
        .isCloseTo(0.72, within(1e-12));
    assertThat(of("accuracy", Direction.FALLS_BY, 0.1, false).border().at(0.8))
        .isCloseTo(0.7, within(1e-12));
    assertThat(of("mae", Direction.RISES_BY, 0.1, true).border().at(2))
        .isCloseTo(2.2, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bias", "r2", "mcc", "calibration_in_the_large", "calibration_intercept"})
  void refusesSharesOfWhatMayBeZeroOrNegative(String metric) {
    assertThatThrownBy(() -> of(metric, Direction.FALLS_BY, 0.05, true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Rule '" + metric + " falls-by 5%'")
        .hasMessageContaining("write an absolute change, for example falls-by = 0.05");
    assertThat(of(metric, Direction.FALLS_BY, 0.05, false).metric()).isEqualTo(metric);
  }

  @ParameterizedTest
  @CsvSource({
    "psi, RISES_BY, above",
    "ks_statistic, RISES_BY, above",
    "demographic_parity_ratio_supported, RISES_BY, above",
    "ece, FALLS_BY, below",
    "n, FALLS_BY, below"
  })
  void refusesChangesOfWhatTellsAChangeItself(String metric, Direction direction, String instead) {
    for (boolean relative : new boolean[] {true, false}) {
      assertThatThrownBy(() -> of(metric, direction, 0.05, relative))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("write " + instead + " with a limit of its value");
    }
  }

  @Test
  void aGapGrowsByADifferenceFromTheBaseline() {
    String gap = "equalized_odds_difference_supported";
    Rule rule = of(gap, Direction.RISES_BY, 0.05, false);
    assertThatThrownBy(() -> of(gap, Direction.RISES_BY, 0.05, true))
        .hasMessageContaining("write an absolute change, for example rises-by = 0.05");
    assertThatThrownBy(() -> of(gap, Direction.RISES_BY, 10, false))
        .hasMessageContaining("a gap between rates is at most 1");
    assertThatThrownBy(() -> of(gap, Direction.ABOVE, 1, false))
        .hasMessageContaining("a gap between rates is at most 1");
    assertThatThrownBy(() -> of(gap, Direction.FALLS_BY, 0.05, false))
        .hasMessageContaining("it grows with every difference");
    assertThatThrownBy(() -> rule.withAgainst(Against.PREVIOUS))
        .hasMessageContaining("against the baseline only, not against previous");
  }

  @Test
  void refusesWhatCanNeverMakeSense() {
    assertThatThrownBy(() -> of("psi", Direction.BELOW, 0.05, false))
        .hasMessageContaining("it grows with every difference; write above");
    assertThatThrownBy(() -> of("accuracy", Direction.BELOW, 80, false))
        .hasMessageContaining("lie in [0, 1]");
    assertThatThrownBy(() -> of("demographic_parity_ratio_supported", Direction.ABOVE, 0.8, false))
        .hasMessageContaining("write below, such as 0.8");
    assertThatThrownBy(() -> of("accuracy_parity_vs_rest", Direction.BELOW, 0.1, false))
        .hasMessageContaining("write such as above = 0.1 or below = -0.1");
    assertThatThrownBy(() -> of("accuracy", Direction.FALLS_BY, 0, true))
        .hasMessageContaining("a change has a limit above 0");
    assertThatThrownBy(
            () -> of("psi", Direction.ABOVE, 0.1, false).withAgainst(Against.parse("last 7")))
        .hasMessageContaining("write baseline or previous");
    assertThatThrownBy(
            () -> of("accuracy", Direction.BELOW, 0.8, false).withAgainst(Against.parse("last 7")))
        .hasMessageContaining("by rises-by or falls-by");
  }

  private static Rule learned(String metric, Direction direction) {
    return Rule.of(metric, direction, Limit.learned(3), Severity.INVESTIGATE);
  }

  @Test
  void aLearnedLimitIsPartOfTheText() {
    assertThat(learned("accuracy", Direction.FALLS_BY).id())
        .isEqualTo("accuracy falls-by learned 3, against baseline, investigate by change");
    assertThat(learned("psi", Direction.ABOVE).text()).isEqualTo("psi above learned 3");
    for (String keys : List.of("falls-by = learned", "falls-by = \"learned 2.5\"")) {
      assertThat(DefaultRules.of(model("policy = [{ metric = roc_auc, " + keys + " }]")))
          .singleElement()
          .extracting(Rule::text)
          .isEqualTo("roc_auc falls-by learned " + (keys.endsWith("learned") ? "3" : "2.5"));
    }
  }

  @Test
  void theRulesOfTheExampleCanBeJudged() {
    ModelConfig model = ConfigLoader.load(Path.of("conf/example.conf")).model("credit-risk");
    assertThat(DefaultRules.of(model))
        .extracting(Rule::text)
        .containsExactly(
            "accuracy falls-by 5%",
            "accuracy falls-by 10%", "psi above 0.1", "log_loss rises-by learned 3");
  }

  @ParameterizedTest
  @CsvSource({
    "accuracy, ABOVE, a learned limit is a distance from the reference, write rises-by",
    "log_loss, ABOVE, a learned limit is a distance from the reference, write rises-by",
    "accuracy, BELOW, a learned limit is a distance from the reference, write falls-by",
    "psi, RISES_BY, tells of a change or a gap itself, write above",
    "psi, BELOW, what is stored of psi does not tell, above of psi",
    "n, ABOVE, what is stored of n does not tell, write a number in place of learned",
    "p95, RISES_BY, what is stored of p95 does not tell, write a number in place of learned",
    "ks_statistic, ABOVE, what is stored of ks_statistic does not tell, write a number",
    "ece, ABOVE, what is stored of ece does not tell, write a number in place of learned",
    "accuracy_estimated, FALLS_BY, what is stored of accuracy_estimated does, write a number",
    "duplicate_rate, RISES_BY, what is stored of duplicate_rate does not tell, write a number"
  })
  void refusesToLearnWhatIsNotThere(
      String metric, Direction direction, String why, String instead) {
    assertThatThrownBy(() -> learned(metric, direction))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Rule '" + metric + " " + direction.text() + " learned 3': ")
        .hasMessageContaining(why)
        .hasMessageContaining(instead);
  }

  @ParameterizedTest
  @ValueSource(strings = {"previous", "last 7", "same-weekday"})
  void learnsFromTheBaselineOnly(String against) {
    assertThatThrownBy(
            () -> learned("accuracy", Direction.FALLS_BY).withAgainst(Against.parse(against)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not against " + against + "; write against = baseline");
  }

  @Test
  void aLearnedBorderIsAnotherAtEachValue() {
    assertThatThrownBy(() -> learned("accuracy", Direction.FALLS_BY).border())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("accuracy falls-by learned 3");
  }

  @Test
  void refusesMetricsThatCannotBeJudged() {
    assertThatThrownBy(() -> of("acuracy", Direction.FALLS_BY, 0.05, true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Rule 'acuracy falls-by 5%': 'acuracy' is no metric")
        .hasMessageContaining("accuracy, ");
    assertThatThrownBy(() -> of("equalized_odds_difference", Direction.ABOVE, 0.1, false))
        .hasMessageContaining("write metric = equalized_odds_difference_supported");
    assertThatThrownBy(() -> of("accuracy_change", Direction.BELOW, 0.1, false))
        .hasMessageContaining("write falls-by or rises-by of accuracy");
  }

  @Test
  void estimatesAreOnlyInvestigated() {
    Rule rule = of("accuracy_estimated", Direction.FALLS_BY, 0.05, true);
    assertThat(rule.judged().ofReference()).isEqualTo("accuracy");
    assertThatThrownBy(
            () -> Rule.of("accuracy_estimated", Direction.FALLS_BY, 0.05, true, Severity.RETRAIN))
        .hasMessageContaining("write severity = investigate");
  }

  @Test
  void defaultRulesAreFewAndFitTheTask() {
    assertThat(DefaultRules.of(Task.BINARY, true, true, true, true).stream().map(Rule::text))
        .containsExactly(
            "psi above 0.1",
            "null_rate rises-by 0.02",
            "out_of_range_rate above 0.1",
            "volume_ratio below 0.5",
            "failure_rate rises-by 0.01",
            "label_coverage falls-by 10%",
            "roc_auc falls-by 5%",
            "roc_auc falls-by 10%",
            "log_loss rises-by 10%",
            "calibration_in_the_large above 0.05",
            "calibration_in_the_large below -0.05",
            "equalized_odds_difference_supported rises-by 0.1");
    assertThat(DefaultRules.of(Task.BINARY, true, false, false, false).stream().map(Rule::text))
        .contains("accuracy falls-by 10%")
        .doesNotContain("log_loss rises-by 10%");
    assertThat(DefaultRules.of(Task.REGRESSION, true, true, true, false).stream().map(Rule::text))
        .contains("mae rises-by 5%", "mae rises-by 10%")
        .hasSize(7);
    assertThat(DefaultRules.of(Task.TELEMETRY, false, false, false, false)).hasSize(4);
  }

  @Test
  void aModelThatNamesRulesHasThoseAndNoOthers() {
    String keys =
        "policy = [{ metric = psi, above = 0.2, against = previous, severity = retrain }]";
    assertThat(DefaultRules.of(model(keys)))
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.id())
                    .isEqualTo("psi above 0.2, against previous, retrain by limit"));
    assertThat(DefaultRules.of(model("")))
        .isEqualTo(DefaultRules.of(Task.BINARY, false, true, false, false));
  }

  @Test
  void refusesTwoRulesThatDifferInTheirTermsAlone() {
    String keys =
        "policy = [{ metric = psi, above = 0.1, recovers-at = 0.05 },"
            + " { metric = psi, above = 0.1, owner = ann, cooldown = 2 days }]";
    ModelConfig model = model(keys);
    assertThatThrownBy(() -> DefaultRules.of(model))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'credit': the rule 'psi above 0.1, against baseline, investigate by change' is in"
                + " its policy twice, with recovers-at = 0.05, cooldown = 86400 s and with cooldown"
                + " = 172800 s, owner = ann. Both judge the same, so only one could say what"
                + " follows; leave one of them out, or let them differ in what they judge, such as"
                + " severity, slice or column.");
  }

  @Test
  void aRuleThatIsWrittenTwiceWordForWordIsOne() {
    String rule = "{ metric = psi, above = 0.1, owner = ann }";
    assertThat(DefaultRules.of(model("policy = [" + rule + ", " + rule + "]"))).hasSize(1);
  }

  private static ModelConfig model(String keys) {
    String text =
        """
        leeway {
          store.path = "results"
          models.credit {
            task = binary
            predictions { table = "in/predictions", id = pid, time = at, score = p }
            reference { from = 2026-01-01, until = 2026-04-01 }
            %s
          }
        }
        """;
    return ConfigLoader.load(text.formatted(keys), Path.of("/data/project")).model("credit");
  }

  @Test
  void defaultEmergenciesShowTheLimitItself() {
    assertThat(DefaultRules.of(Task.MULTICLASS, true, false, false, false))
        .filteredOn(rule -> rule.severity() == Severity.EMERGENCY)
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.text()).isEqualTo("accuracy falls-by 10%");
              assertThat(rule.evidence()).isEqualTo(Evidence.LIMIT);
            });
  }

  @Test
  void everyJudgedMetricHasAFamily() {
    assertThat(JudgedMetric.of("psi").orElseThrow().family()).isEqualTo(Family.DRIFT);
    assertThat(JudgedMetric.of("null_rate").orElseThrow().family()).isEqualTo(Family.QUALITY);
    assertThat(JudgedMetric.of("roc_auc").orElseThrow().family()).isEqualTo(Family.PERFORMANCE);
    assertThat(JudgedMetric.of("ece").orElseThrow().family()).isEqualTo(Family.CALIBRATION);
    assertThat(JudgedMetric.of("failure_rate").orElseThrow().family()).isEqualTo(Family.OPERATIONS);
    assertThat(JudgedMetric.of("business_ratio").orElseThrow().family()).isEqualTo(Family.BUSINESS);
    assertThat(JudgedMetric.of("equalized_odds_difference_supported").orElseThrow().family())
        .isEqualTo(Family.FAIRNESS);
  }
}
