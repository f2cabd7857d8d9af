package io.leeway.policy;

import io.leeway.domain.Window;
import io.leeway.policy.JudgePlan.Due;
import io.leeway.policy.incident.Breaches;
import io.leeway.policy.incident.Incident;
import io.leeway.policy.incident.IncidentBook;
import io.leeway.policy.verdict.History;
import io.leeway.policy.verdict.Judgement;
import io.leeway.policy.verdict.Rule;
import io.leeway.policy.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a policy would have said, kept in mind alone. */
final class Rehearsal {
  /** What a rule came to. */
  private static final class Tally {
    final Set<Object> windows = new HashSet<>();
    long judged;
    long alerts;
    Instant first;
    Instant last;
  }

  private final Policy policy;
  private final Judgement judgement;
  private final IncidentBook book;

  /** By the rule itself: its text is long to make and as long to compare. */
  private final IdentityHashMap<Rule, Tally> byRule = new IdentityHashMap<>();

  Rehearsal(Policy policy) {
    this.policy = policy;
    this.judgement = policy.judgement().briefly();
    this.book = IncidentBook.of(policy.model(), List.of(), policy.outputs(), new Breaches());
    policy.rules().forEach(rule -> byRule.put(rule, new Tally()));
  }

  /** Judges tick by tick, each as if that were the day after. */
  void judge(List<List<Due>> ticks, Map<String, History> histories) {
    Map<String, Function<Window, List<Verdict>>> judges = new HashMap<>();
    histories.forEach((granularity, of) -> judges.put(granularity, judgement.over(of)));
    for (List<Due> tick : ticks) {
      List<Verdict> verdicts = new ArrayList<>();
      tick.forEach(due -> verdicts.addAll(judges.get(due.granularity()).apply(due.window())));
      verdicts.forEach(this::count);
      book.judge(verdicts, of -> true, tick.get(0).window().end());
    }
  }

  private void count(Verdict verdict) {
    Tally tally = byRule.get(verdict.rule());
    tally.judged += verdict.tests().isPresent() ? 1 : 0;
    if (verdict.kind() == Verdict.Kind.BREACH) {
      Instant end = verdict.subject().window().end();
      tally.alerts++;
      tally.windows.add(List.of(verdict.subject().granularity(), end));
      tally.first = tally.first == null ? end : tally.first;
      tally.last = end;
    }
  }

  /** Rule by rule, in the order of the policy. */
  ReplayReport.Side side() {
    List<Incident> incidents = book.incidents();
    List<ReplayReport.OfRule> rules = new ArrayList<>();
    for (Rule rule : policy.rules()) {
      Tally tally = byRule.get(rule);
      rules.add(
          new ReplayReport.OfRule(
              rule.id(),
              tally.judged,
              tally.alerts,
              tally.windows.size(),
              incidents.stream().filter(of -> of.rules().contains(rule.id())).count(),
              Optional.ofNullable(tally.first),
              Optional.ofNullable(tally.last)));
    }
    return new ReplayReport.Side(rules, incidents);
  }
}
