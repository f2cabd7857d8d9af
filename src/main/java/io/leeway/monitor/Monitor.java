package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.RunLedger;
import io.leeway.store.SourceTable;
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

/** The main job: prediction tables go in, monitoring tables come out. */
public final class Monitor {
  static final String COMMAND = "monitor";

  /** Whose numbers depend on which labels count. */
  private static final Set<String> JOBS = Set.of(COMMAND, BaselineJob.COMMAND);

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
   * Brings the results of one model up to date, first what its predictions tell, then what their
   * labels do; makes its baseline first if it has none.
   *
   * @throws io.leeway.domain.LeewayException worded for people
   */
  public ModelReport run(ModelConfig model, MonitorRequest request) {
    SourceTable source =
        SourceTable.open(store.spark(), model.predictions().table(), request.sourceVersion());
    PredictionTime.check(model, source);
    Optional<LabelSource> labels =
        model.labels().map(of -> LabelSource.open(store.spark(), model, request.labelsUntil()));
    List<CommittedRun> committed = committedWithBaseline(model, request);
    PlanRunner runner = new PlanRunner(store, progress, windowsAtOnce, model, request);
    Optional<Window> data =
        RunSummary.stretch(committed, model.measureHash(), source.id(), source.version())
            .or(() -> source.timeRange(model.predictions().time()));
    ModelReport inputs = inputs(model, request, source, committed, data, runner);
    return labels
        .map(
            known ->
                inputs.with(
                    new OutcomeMonitor(store, progress, model, request, source, known)
                        .run(inputs, data, runner)))
        .orElse(inputs);
  }

  private ModelReport inputs(
      ModelConfig model,
      MonitorRequest request,
      SourceTable source,
      List<CommittedRun> committed,
      Optional<Window> data,
      PlanRunner runner) {
    Optional<CommittedRun> last =
        committed.stream().filter(Monitor::isFollower).reduce((earlier, later) -> later);
    PublishedParts published = PublishedParts.of(committed).only(Part.Kind.INPUTS);
    SortedMap<Window, ShownWindow> shown =
        ShownWindow.all(published, model.windows(), model.measureHash(), followers(committed));
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
        runner.noteChecked(
            new InputSide(model, source, List.of()),
            BaselineJob.latest(committed, model).orElseThrow(),
            committed,
            data);
      }
      return report(model, Result.NOTHING_DUE, plan, notes);
    }
    CommittedRun reference = BaselineJob.latest(committed, model).orElseThrow();
    Baseline baseline = BaselineJob.load(store, reference);
    List<SchemaChange> changes = SchemaChange.readable(model, baseline, source);
    changes.forEach(change -> notes.add("Since the baseline " + change.text() + "."));
    return runner.run(
        new InputSide(model, source, changes), reference, baseline, committed, data, plan, notes);
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
    return run.run().command().equals(COMMAND)
        && run.run().incremental()
        && run.run().sources().labelsTableId() == null;
  }

  private List<CommittedRun> committedWithBaseline(ModelConfig model, MonitorRequest request) {
    RunLedger ledger = new RunLedger(store);
    List<CommittedRun> committed = ledger.committed(model.name());
    requireLabelsAsBefore(model, request, committed);
    if (BaselineJob.latest(committed, model).isPresent() || request.dryRun()) {
      return committed;
    }
    say(model, "it has no baseline for its configuration yet.");
    new BaselineJob(store, progress).run(model, false, request.labelsUntil());
    return ledger.committed(model.name());
  }

  /** Numbers by all labels and by some would take each other's place. */
  private static void requireLabelsAsBefore(
      ModelConfig model, MonitorRequest request, List<CommittedRun> committed) {
    committed.stream()
        .filter(run -> JOBS.contains(run.run().command()))
        .map(run -> RunSummary.parse(run.run().summary()).labelsUntil())
        .filter(until -> !until.equals(request.labelsUntil()))
        .findFirst()
        .ifPresent(
            until -> {
              throw new UserException(
                  "Model '%s': its store was filled %s, and this run is %s; its numbers would take the others' place. Give it a store of its own (leeway.store.path)."
                      .formatted(model.name(), labels(until), labels(request.labelsUntil())));
            });
  }

  private static String labels(Optional<Instant> until) {
    return until.map(time -> "with --labels-until " + time).orElse("with all labels");
  }

  /** The stretch of the predictions that is the reference, where times alone say so. */
  private static Optional<Window> referenceOnly(ModelConfig model) {
    boolean byTimes = model.reference().table().isEmpty() && model.reference().where().isEmpty();
    return byTimes && model.reference().from().isPresent() && model.reference().until().isPresent()
        ? Optional.of(new Window(model.reference().from().get(), model.reference().until().get()))
        : Optional.empty();
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
