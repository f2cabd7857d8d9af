package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.Limit;
import io.leeway.config.RuleConfig;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleConfig.Persistence;
import io.leeway.config.RuleTerms;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.policy.verdict.Rule;
import io.leeway.policy.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestedValuesTest {
  private static final String PSI = "psi";
  private static final String RECALL = "recall";

  private final TestedValues tested = new TestedValues();

  private static Verdict verdict(
      String metric, int day, double limit, String classLabel, Comparison to, String... flags) {
    Instant start = Instant.EPOCH.plus(Duration.ofDays(day));
    Window window = new Window(start, start.plus(Duration.ofDays(1)));
    Rule rule =
        Rule.of(
            new RuleConfig(
                metric,
                metric.equals(PSI) ? Direction.ABOVE : Direction.BELOW,
                Limit.of(limit),
                Optional.empty(),
                "investigate",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "baseline",
                "as-they-are",
                RuleTerms.USUAL));
    Measure.Builder value = Measure.of(metric, to, 0.2).n(500);
    for (String flag : flags) {
      value.flag(flag);
    }
    return new Verdict(
        new Subject("m", null, "1 day", window, Segment.ALL, "income"),
        metric,
        classLabel,
        to,
        rule,
        Verdict.Kind.OK,
        new Persistence(2, 3),
        Optional.of(value.build()),
        Optional.empty(),
        start,
        "It is 0.2.");
  }

  private static Verdict psi(int day, double limit) {
    return verdict(PSI, day, limit, null, Comparison.BASELINE);
  }

  private static Verdict recall(String... flags) {
    return verdict(RECALL, 0, 0.5, null, Comparison.NONE, flags);
  }

  private void add(Verdict verdict) {
    Subject subject = verdict.subject();
    tested.add(
        subject.granularity(), subject.window(), VerdictRows.key(verdict), verdict.isProvisional());
  }

  @Test
  void anEditedRuleDoesNotMakeAValueNew() {
    assertThat(tested.isFirst(psi(0, 0.1))).isTrue();
    add(psi(0, 0.1));
    assertThat(tested.isFirst(psi(0, 0.1))).isFalse();
    assertThat(tested.isFirst(psi(0, 0.25))).isFalse();
  }

  @Test
  void anotherWindowMetricClassOrComparisonIsAnotherValue() {
    add(psi(0, 0.1));
    assertThat(tested.isFirst(psi(1, 0.1))).isTrue();
    assertThat(tested.isFirst(verdict(PSI, 0, 0.1, null, Comparison.PREVIOUS))).isTrue();
    assertThat(tested.isFirst(verdict(PSI, 0, 0.1, "late", Comparison.BASELINE))).isTrue();
    assertThat(tested.isFirst(verdict(RECALL, 0, 0.1, null, Comparison.BASELINE))).isTrue();
  }

  @Test
  void theFirstVerdictWithAllLabelsIsFirstToo() {
    add(recall(Measure.PROVISIONAL));
    assertThat(tested.isFirst(recall(Measure.PROVISIONAL))).isFalse();
    assertThat(tested.isFirst(recall())).isTrue();
  }

  @Test
  void onlyOneVerdictWithAllLabelsIsFirst() {
    add(recall(Measure.PROVISIONAL));
    add(recall());
    add(recall(Measure.PROVISIONAL));
    assertThat(tested.isFirst(recall())).isFalse();
    assertThat(tested.isFirst(recall(Measure.PROVISIONAL))).isFalse();
  }
}
