package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Window;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.RunLedger;
import io.leeway.store.SourceTable;
import io.leeway.store.Stamp;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The main job: prediction tables go in, monitoring tables come out. */
public final class Monitor {
  static final String COMMAND = "monitor";

  /** Base windows that one run scans; a long backfill is several runs. */
  private static final int WINDOWS_AT_ONCE = 2_000;

  private final Store store;
  private final Progress progress;
  private final int windowsAtOnce;

  public Monitor(Store store, Progress progress) {
    this(store, progress, WINDOWS_AT_ONCE);
  }

  /**
   * @param windowsAtOnce base windows that one run scans, at least 1
   */
  Monitor(Store store, Progress progress, int windowsAtOnce) {
    this.store = store;
    this.progress = progress;
    this.windowsAtOnce = windowsAtOnce;
  }

  /**
   * Brings the results of one model up to date; makes its baseline first if it has none.
   *
   * @throws io.leeway.domain.LeewayException worded for people
   */
  public ModelReport run(ModelConfig model, MonitorRequest request) {
    SourceTable source =
        SourceTable.open(store.spark(), model.predictions().table(), request.sourceVersion());
    PredictionTime.check(model, source);
    List<CommittedRun> committed = committedWithBaseline(model, request);
    Optional<CommittedRun> last =
        committed.stream().filter(Monitor::isFollower).reduce((earlier, later) -> later);
    PublishedParts published = PublishedParts.of(committed);
    SortedMap<Window, ShownWindow> shown =
        ShownWindow.all(published, model.windows(), model.measureHash(), followers(committed));
    Optional<Window> data =
        RunSummary.stretch(committed, model.measureHash(), source.id(), source.version())
            .or(() -> source.timeRange(model.predictions().time()));
    ChangedWindows.Found found = changed(model, request, source, committed, shown, data);
    SortedMap<Window, Reason> changed = new TreeMap<>(found.changed());
    if (request.isIncremental()) {
      Overtaken.of(model.windows(), request.now(), published, last)
          .forEach(window -> changed.putIfAbsent(window, Reason.OVERTAKEN));
    }
    WindowPlan plan =
        WindowPlan.of(
            model.windows(),
            request,
            data,
            shown.keySet(),
            changed,
            found.kept(),
            referenceOnly(model));
    say(model, plan);
    List<String> notes = new ArrayList<>(found.notes());
    data.flatMap(stretch -> WindowPlan.silence(model.windows(), stretch, request.now()))
        .ifPresent(notes::add);
    if (request.dryRun()) {
      return report(model, plan.due().isEmpty() ? Result.NOTHING_DUE : Result.PLANNED, plan, notes);
    }
    if (plan.due().isEmpty()) {
      if (found.checked() > 0) {
        noteChecked(model, request, source, committed, data);
      }
      return report(model, Result.NOTHING_DUE, plan, notes);
    }
    return attempt(model, request, source, committed, data, plan, notes);
  }

  private ChangedWindows.Found changed(
      ModelConfig model,
      MonitorRequest request,
      SourceTable source,
      List<CommittedRun> committed,
      SortedMap<Window, ShownWindow> shown,
      Optional<Window> data) {
    if (request.asksForWindows()) {
      return ChangedWindows.Found.NOTHING;
    }
    Instant latest =
        data.map(Window::end).filter(end -> end.isBefore(request.now())).orElse(request.now());
    return new ChangedWindows(model, source, shown)
        .find(
            latest,
            () -> readable(model, source, BaselineJob.latest(committed, model).orElseThrow()));
  }

  /** A baseline by which the source can be read. */
  private Baseline readable(ModelConfig model, SourceTable source, CommittedRun reference) {
    Baseline baseline = BaselineJob.load(store, reference);
    SchemaChange.readable(model, baseline, source);
    return baseline;
  }

  /** Of each configuration the last run that followed the source's log. */
  private static Map<String, CommittedRun> followers(List<CommittedRun> committed) {
    Map<String, CommittedRun> followers = new HashMap<>();
    committed.stream()
        .filter(Monitor::isFollower)
        .forEach(run -> followers.put(run.run().configHash(), run));
    return followers;
  }

  private static boolean isFollower(CommittedRun run) {
    return run.run().command().equals(COMMAND) && run.run().incremental();
  }

  /**
   * Lets the next plan go on from here though nothing has changed, so that it need not look again.
   */
  private void noteChecked(
      ModelConfig model,
      MonitorRequest request,
      SourceTable source,
      List<CommittedRun> committed,
      Optional<Window> data) {
    CommittedRun reference = BaselineJob.latest(committed, model).orElseThrow();
    String baselineId = reference.run().baselineId();
    Attempt attempt =
        new Attempt(
            store,
            model,
            COMMAND,
            source,
            committed,
            List.of(baselineId, request.isIncremental()),
            request.force());
    if (attempt.alreadyDone().isEmpty()) {
      attempt.commit(
          reference.run().binsId(),
          baselineId,
          List.of(),
          request.isIncremental(),
          new RunSummary(0, 0, data).json());
    }
  }

  /**
   * Does the plan piece by piece, each committed on its own, all of one version of the source. The
   * last one says how far the log was followed; not so if others came in between, whose windows the
   * plan has not seen.
   */
  private ModelReport attempt(
      ModelConfig model,
      MonitorRequest request,
      SourceTable source,
      List<CommittedRun> committed,
      Optional<Window> data,
      WindowPlan plan,
      List<String> notes) {
    CommittedRun reference = BaselineJob.latest(committed, model).orElseThrow();
    Baseline baseline = BaselineJob.load(store, reference);
    List<SchemaChange> changes = SchemaChange.readable(model, baseline, source);
    changes.forEach(change -> notes.add("Since the baseline " + change.text() + "."));
    List<CommittedRun> line = committed;
    Set<Window> scanned = new TreeSet<>();
    Optional<String> runId = Optional.empty();
    Result result = Result.ALREADY_DONE;
    long rows = 0;
    boolean alone = true;
    List<WindowPlan> pieces = plan.pieces(windowsAtOnce);
    for (int at = 0; at < pieces.size(); at++) {
      WindowPlan piece = pieces.get(at);
      boolean isLast = at == pieces.size() - 1;
      List<Object> asked = new ArrayList<>(piece.due());
      asked.add(baseline.baselineId());
      if (piece.reasons().containsValue(Reason.OVERTAKEN)) {
        // The very same windows may have been scanned before, with less around them.
        asked.add(line.get(line.size() - 1).sequence());
      }
      Attempt attempt = new Attempt(store, model, COMMAND, source, line, asked, request.force());
      runId = Optional.of(attempt.runId());
      if (attempt.alreadyDone().isPresent()) {
        say(model, span(piece) + " are done already.");
        continue;
      }
      Stamp stamp = attempt.stamp(baseline.binsId(), baseline.baselineId());
      MonitorRun run =
          new MonitorRun(store, model, reference, baseline, source, line, piece, changes, stamp);
      say(model, "scanning " + span(piece) + ".");
      run.scan();
      say(model, "computing the metrics of " + piece.targets().size() + " windows.");
      run.measure();
      RunSummary summary = new RunSummary(piece.due().size(), run.dueRows(), data);
      Attempt.Ended ended =
          attempt.commit(
              baseline.binsId(),
              baseline.baselineId(),
              run.parts(),
              isLast && alone && request.isIncremental(),
              summary.json());
      if (ended.won()) {
        result = Result.DONE;
        scanned.addAll(piece.due());
        rows += run.dueRows();
        notes.addAll(run.notes());
        notes.addAll(ended.notes());
        if (!run.kept().isEmpty()) {
          notes.add(ChangedWindows.keptNote(run.kept()));
        }
      }
      if (!isLast) {
        List<CommittedRun> longer = upTo(ended.run());
        alone &= longer.size() == line.size() + 1;
        line = longer;
      }
    }
    if (pieces.size() > 1) {
      notes.add("Done in " + pieces.size() + " runs of some " + windowsAtOnce + " windows each.");
    }
    return new ModelReport(
        model.name(),
        COMMAND,
        result,
        runId,
        result == Result.DONE ? List.copyOf(scanned) : plan.due(),
        PlannedWindows.of(plan.reasons()),
        rows,
        notes);
  }

  /**
   * What was committed up to a run. The next piece is planned on no more, so that it gives way to a
   * run of another configuration that came in between.
   */
  private List<CommittedRun> upTo(CommittedRun last) {
    return new RunLedger(store)
        .committed(last.run().model()).stream()
            .filter(run -> run.sequence() <= last.sequence())
            .toList();
  }

  private List<CommittedRun> committedWithBaseline(ModelConfig model, MonitorRequest request) {
    RunLedger ledger = new RunLedger(store);
    List<CommittedRun> committed = ledger.committed(model.name());
    if (BaselineJob.latest(committed, model).isPresent() || request.dryRun()) {
      return committed;
    }
    say(model, "it has no baseline for its configuration yet.");
    new BaselineJob(store, progress).run(model, false);
    return ledger.committed(model.name());
  }

  /** The stretch of the predictions that is the reference, where times alone say so. */
  private static Optional<Window> referenceOnly(ModelConfig model) {
    boolean byTimes = model.reference().table().isEmpty() && model.reference().where().isEmpty();
    return byTimes && model.reference().from().isPresent() && model.reference().until().isPresent()
        ? Optional.of(new Window(model.reference().from().get(), model.reference().until().get()))
        : Optional.empty();
  }

  private static String span(WindowPlan plan) {
    Window first = plan.due().get(0);
    Window last = plan.due().get(plan.due().size() - 1);
    return plan.due().size() + " windows from " + first.start() + " to " + last.end();
  }

  private void say(ModelConfig model, WindowPlan plan) {
    say(model, plan.due().size() + " of its windows are due.");
    for (PlannedWindows planned : PlannedWindows.of(plan.reasons())) {
      say(model, planned.toString());
    }
  }

  private void say(ModelConfig model, String what) {
    progress.say("Model " + model.name() + ": " + what);
  }

  private static ModelReport report(
      ModelConfig model, Result result, WindowPlan plan, List<String> notes) {
    return new ModelReport(
        model.name(),
        COMMAND,
        result,
        Optional.empty(),
        plan.due(),
        PlannedWindows.of(plan.reasons()),
        0,
        notes);
  }
}
