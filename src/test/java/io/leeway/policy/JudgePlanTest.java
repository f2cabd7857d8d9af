package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.Limit;
import io.leeway.config.RuleConfig;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleTerms;
import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.policy.verdict.Rule;
import io.leeway.store.CommittedRun;
import io.leeway.store.RunRecord;
import io.leeway.store.RunSources;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which days are judged, read off the ledger alone. */
class JudgePlanTest {
  private static final String DAILY = "1 day";

  /** Looks back over three days: two that it counts, and one that each may be held against. */
  private static final Policy SHORT = policy("baseline");

  /** Looks back over nine days. */
  private static final Policy LONG = policy("last 7");

  private final List<CommittedRun> runs = new ArrayList<>();

  private static Policy policy(String against) {
    Rule rule =
        Rule.of(
            new RuleConfig(
                "accuracy",
                Direction.FALLS_BY,
                Limit.share(0.05),
                Optional.empty(),
                "investigate",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                against,
                "wait",
                RuleTerms.USUAL));
    return new Policy(
        "m", List.of(rule), ZoneOffset.UTC, Set.of(DAILY), Set.of(), Duration.ofDays(30));
  }

  private static Window day(int day) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(day));
    return new Window(start, start.plus(Duration.ofDays(1)));
  }

  private void commit(List<PublishedPart> parts) {
    long sequence = runs.size() + 1L;
    RunRecord run =
        new RunRecord(
            "m",
            "run-" + sequence,
            "attempt-" + sequence,
            "monitor",
            "config",
            "0.1.0",
            RunSources.NONE,
            false,
            null,
            null,
            Instant.EPOCH,
            sequence - 1,
            parts,
            "{}");
    runs.add(new CommittedRun(run, sequence, 0, Instant.EPOCH));
  }

  private void monitor(int... days) {
    commit(
        IntStream.of(days)
            .mapToObj(
                of ->
                    new PublishedPart(
                        new Part("v1", DAILY, day(of), Part.Kind.INPUTS), 1, null, 10, 99L))
            .toList());
  }

  private void measureReference(int firstDay) {
    Part part = new Part("v1", Subject.REFERENCE, day(firstDay), Part.Kind.INPUTS);
    commit(List.of(new PublishedPart(part, 1, null, 10, 99L)));
  }

  /** Judges what is due. */
  private void judge(Policy policy) {
    commit(
        JudgePlan.of(runs, policy).due().stream()
            .map(of -> new PublishedPart(of.part(), 0, null, 5, of.made()))
            .toList());
  }

  private List<Integer> due(Policy policy) {
    return JudgePlan.of(runs, policy).due().stream()
        .map(of -> (int) Duration.between(day(0).start(), of.window().start()).toDays())
        .toList();
  }

  private static int[] days(int first, int last) {
    return IntStream.rangeClosed(first, last).toArray();
  }

  @Test
  void thePoliciesLookBackUnequallyFar() {
    assertThat(SHORT.judgement().looksBack(DAILY)).isEqualTo(3);
    assertThat(LONG.judgement().looksBack(DAILY)).isEqualTo(9);
  }

  @Test
  void whatIsNewIsDueAndThenIsNot() {
    monitor(days(0, 2));
    assertThat(due(SHORT)).containsExactly(0, 1, 2);
    judge(SHORT);
    assertThat(due(SHORT)).isEmpty();
    monitor(3);
    assertThat(due(SHORT)).containsExactly(3);
  }

  @Test
  void lookingBackFurtherOrLessFarMakesNothingDue() {
    monitor(days(0, 19));
    judge(SHORT);
    assertThat(due(LONG)).isEmpty();
    monitor(20);
    judge(LONG);
    assertThat(due(SHORT)).isEmpty();
    assertThat(due(LONG)).isEmpty();
  }

  /** What counts is how far the verdicts look back that show, not how far new ones would. */
  @ParameterizedTest
  @CsvSource({"baseline, 8", "last 7, 14"})
  void aRestatedDayMakesThoseDueThatWereJudgedWithIt(String against, int last) {
    monitor(days(0, 19));
    judge(policy(against));
    monitor(5);
    Integer[] expected = IntStream.rangeClosed(5, last).boxed().toArray(Integer[]::new);
    assertThat(due(SHORT)).containsExactly(expected);
    assertThat(due(LONG)).containsExactly(expected);
    judge(LONG);
    assertThat(due(SHORT)).isEmpty();
  }

  @Test
  void aDayThatComesLateMakesThoseDueThatWereJudgedWithoutIt() {
    monitor(0, 1, 2, 3, 5, 6, 7, 8, 9);
    judge(SHORT);
    assertThat(due(SHORT)).isEmpty();
    monitor(4);
    assertThat(due(SHORT)).containsExactly(4, 5, 6, 7);
  }

  @Test
  void daysBeforeTheFirstMakeThoseDueThatWouldHaveLookedBackAtThem() {
    monitor(days(10, 19));
    judge(SHORT);
    monitor(9);
    assertThat(due(SHORT)).containsExactly(9, 10, 11, 12);
  }

  @Test
  void theReferenceIsReadRunByRunTheNewestFirst() {
    measureReference(0);
    monitor(days(60, 61));
    measureReference(30);
    assertThat(JudgePlan.of(runs, SHORT).reference())
        .extracting(ofRun -> ofRun.get(0).run().sequence())
        .containsExactly(3L, 1L);
  }
}
