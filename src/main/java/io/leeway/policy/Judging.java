package io.leeway.policy;

import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Window;
import io.leeway.policy.JudgePlan.Due;
import io.leeway.policy.incident.Breaches;
import io.leeway.policy.incident.Change;
import io.leeway.policy.incident.Incident;
import io.leeway.policy.incident.IncidentBook;
import io.leeway.policy.verdict.History;
import io.leeway.policy.verdict.Judgement;
import io.leeway.policy.verdict.Severity;
import io.leeway.policy.verdict.Verdict;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.ResultTable;
import io.leeway.store.Stamp;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;

/** The doing of one planned judgement: verdicts window by window, and incidents with them. */
final class Judging {
  /** Windows whose values are in memory at once, besides those that they are judged with. */
  static final int AT_ONCE = 32;

  private final Store store;
  private final Policy policy;
  private final JudgePlan plan;
  private final Instant now;
  private final Judgement judgement;
  private final IncidentBook book;
  private final Map<Part, Long> rows = new HashMap<>();
  private final Map<Severity, Map<Verdict.Kind, Long>> counts = new EnumMap<>(Severity.class);

  /** Whether rules on one column have found any value, by what is said of them. */
  private final Map<String, Boolean> found = new TreeMap<>();

  /** What happened to incidents, their going on among it. */
  private final List<Change> changes = new ArrayList<>();

  /**
   * For one plan.
   *
   * @param known the incidents as they are
   * @param committed the runs that the plan was made from
   */
  Judging(
      Store store,
      Policy policy,
      JudgePlan plan,
      Collection<Incident> known,
      List<CommittedRun> committed,
      Instant now) {
    this.store = store;
    this.policy = policy;
    this.plan = plan;
    this.now = now;
    this.judgement = policy.judgement();
    Breaches breaches =
        plan.due().stream().anyMatch(Due::isRestated)
            ? EarlierVerdicts.breaches(
                store, PublishedParts.of(committed).only(Part.Kind.VERDICTS).winners())
            : new Breaches();
    this.book = IncidentBook.of(policy.model(), known, policy.outputs(), breaches);
  }

  /** Judges every due window and appends what it says; nothing of it shows before its commit. */
  void judge(PolicyRun run) {
    JudgedValues values =
        new JudgedValues(
            store, policy.model(), policy.zone(), judgement.metrics(), plan.reference());
    for (List<List<Due>> piece : JudgePlan.pieces(plan.due(), AT_ONCE)) {
      judge(piece, values, run);
    }
    appendIncidents(run);
  }

  private void judge(List<List<Due>> ticks, JudgedValues values, PolicyRun run) {
    List<Due> together = ticks.stream().flatMap(List::stream).toList();
    Map<String, History> histories = values.histories(JudgePlan.parts(together));
    Map<String, Function<Window, List<Verdict>>> judges = new HashMap<>();
    histories.forEach((granularity, of) -> judges.put(granularity, judgement.over(of)));
    EarlierVerdicts earlier = EarlierVerdicts.of(store, together);
    List<Row> appended = new ArrayList<>();
    for (List<Due> tick : ticks) {
      List<Verdict> verdicts = new ArrayList<>();
      for (Due due : tick) {
        List<Verdict> of = judges.get(due.granularity()).apply(due.window());
        rows.put(due.part(), (long) of.size());
        verdicts.addAll(of);
      }
      Predicate<Verdict> mayOpen =
          verdict -> earlier.isFirst(verdict) || isYoung(verdict.subject().window().end());
      IncidentBook.Entry entry = book.judge(verdicts, mayOpen, now);
      changes.addAll(entry.changes());
      for (Verdict verdict : verdicts) {
        verdict
            .rule()
            .column()
            .map(column -> verdict.rule().text() + "' of '" + column)
            .ifPresent(rule -> found.merge(rule, verdict.value().isPresent(), Boolean::logicalOr));
        counts
            .computeIfAbsent(
                verdict.rule().severity(), severity -> new EnumMap<>(Verdict.Kind.class))
            .merge(verdict.kind(), 1L, Long::sum);
        appended.add(
            VerdictRows.row(
                verdict,
                earlier.isFirst(verdict),
                mayOpen.test(verdict),
                verdict.kind() == Verdict.Kind.BREACH ? entry.incidentOf().get(verdict) : null,
                run.stamp()));
      }
    }
    run.append(ResultTable.VERDICTS, appended);
  }

  private boolean isYoung(Instant end) {
    return end.plus(policy.alertHorizon()).isAfter(now);
  }

  private void appendIncidents(PolicyRun run) {
    Stamp stamp = run.stamp();
    List<Row> events = new ArrayList<>();
    for (Change change : lastUpdates(changes)) {
      events.add(IncidentRows.row(policy.model(), events.size(), change, "leeway", now, stamp));
    }
    run.append(ResultTable.INCIDENTS, events);
    run.append(
        ResultTable.NOTICES,
        changes.stream()
            .filter(change -> NoticeRows.isNews(change, this::isYoung))
            .flatMap(
                change -> NoticeRows.notice(policy.model(), change, stamp.computedAt()).stream())
            .map(notice -> NoticeRows.row(notice, stamp))
            .toList());
  }

  /** Of an incident's updates in a row only the last one, which tells all. */
  private static List<Change> lastUpdates(List<Change> all) {
    List<Change> kept = new ArrayList<>();
    Map<String, Integer> openUpdate = new HashMap<>();
    for (Change change : all) {
      String id = change.incident().id();
      Integer before = openUpdate.remove(id);
      if (before != null) {
        kept.set(before, null);
      }
      if (change.event() == Change.Event.UPDATED) {
        openUpdate.put(id, kept.size());
      }
      kept.add(change);
    }
    kept.removeIf(change -> change == null);
    return kept;
  }

  /** What the run says of the windows that it judged. */
  List<PublishedPart> parts() {
    return plan.due().stream()
        .map(
            due ->
                new PublishedPart(
                    due.part(), 0, null, rows.getOrDefault(due.part(), 0L), due.made()))
        .toList();
  }

  JudgeReport report() {
    return new JudgeReport(
        plan.due().size(),
        counts,
        changes.stream().filter(of -> of.event() != Change.Event.UPDATED).toList(),
        book.incidents().stream().filter(incident -> !incident.isResolved()).toList(),
        found.entrySet().stream().filter(of -> !of.getValue()).map(Map.Entry::getKey).toList());
  }
}
