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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** The main job: prediction tables go in, monitoring tables come out. */
public final class Monitor {
  static final String COMMAND = "monitor";

  /** Base windows that one run scans; a long backfill is several runs. */
  private static final int WINDOWS_AT_ONCE = 2_000;

  private final Store store;
  private final Progress progress;

  public Monitor(Store store, Progress progress) {
    this.store = store;
    this.progress = progress;
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
    SortedMap<Window, ShownWindow> shown =
        ShownWindow.all(PublishedParts.of(committed), model.windows());
    Optional<Window> data = source.timeRange(model.predictions().time());
    ChangedWindows.Found changed = changed(model, request, source, committed, shown, data);
    WindowPlan plan =
        WindowPlan.of(
            model.windows(),
            request,
            data,
            shown.keySet(),
            changed.changed(),
            changed.kept(),
            referenceOnly(model));
    say(model, plan);
    List<String> notes = new ArrayList<>(changed.notes());
    data.flatMap(stretch -> WindowPlan.silence(model.windows(), stretch, request.now()))
        .ifPresent(notes::add);
    if (request.dryRun()) {
      return report(model, plan.due().isEmpty() ? Result.NOTHING_DUE : Result.PLANNED, plan, notes);
    }
    if (plan.due().isEmpty()) {
      if (changed.checked() > 0) {
        noteChecked(model, request, source, committed);
      }
      return report(model, Result.NOTHING_DUE, plan, notes);
    }
    return attempt(model, request, source, committed, plan, notes);
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
    Optional<CommittedRun> last =
        committed.stream()
            .filter(run -> run.run().command().equals(COMMAND) && run.run().incremental())
            .reduce((earlier, later) -> later);
    Instant latest =
        data.map(Window::end).filter(end -> end.isBefore(request.now())).orElse(request.now());
    return new ChangedWindows(model, source, shown)
        .since(
            last,
            latest,
            () -> readable(model, source, BaselineJob.latest(committed, model).orElseThrow()));
  }

  /** A baseline by which the source can be read. */
  private Baseline readable(ModelConfig model, SourceTable source, CommittedRun reference) {
    Baseline baseline = BaselineJob.load(store, reference);
    SchemaChange.readable(model, baseline, source);
    return baseline;
  }

  /**
   * Lets the next plan go on from here though nothing has changed, so that it need not look again.
   */
  private void noteChecked(
      ModelConfig model, MonitorRequest request, SourceTable source, List<CommittedRun> committed) {
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
          "{\"windows\":0,\"rows\":0}");
    }
  }

  /** Does the plan piece by piece, each committed on its own, all of one version of the source. */
  private ModelReport attempt(
      ModelConfig model,
      MonitorRequest request,
      SourceTable source,
      List<CommittedRun> committed,
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
    List<WindowPlan> pieces = plan.pieces(WINDOWS_AT_ONCE);
    for (int at = 0; at < pieces.size(); at++) {
      WindowPlan piece = pieces.get(at);
      boolean isLast = at == pieces.size() - 1;
      List<Object> asked = new ArrayList<>(piece.due());
      asked.add(baseline.baselineId());
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
      String summary = "{\"windows\":" + piece.due().size() + ",\"rows\":" + run.dueRows() + "}";
      Attempt.Ended ended =
          attempt.commit(
              baseline.binsId(),
              baseline.baselineId(),
              run.parts(),
              isLast && request.isIncremental(),
              summary);
      if (ended.won()) {
        result = Result.DONE;
        scanned.addAll(piece.due());
        rows += run.dueRows();
        notes.addAll(run.notes());
        notes.addAll(ended.notes());
      }
      if (!isLast) {
        line = upTo(ended.run());
      }
    }
    if (pieces.size() > 1) {
      notes.add("Done in " + pieces.size() + " runs of some " + WINDOWS_AT_ONCE + " windows each.");
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
