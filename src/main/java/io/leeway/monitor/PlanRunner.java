package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Window;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.CommittedRun;
import io.leeway.store.RunLedger;
import io.leeway.store.Stamp;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Does a plan piece by piece, each committed on its own, all of the same versions of the sources.
 * The last piece says how far the logs were followed; not so if others came in between, whose
 * windows the plan has not seen.
 */
final class PlanRunner {
  private final Store store;
  private final Progress progress;
  private final int windowsAtOnce;
  private final ModelConfig model;
  private final MonitorRequest request;

  /**
   * For one model.
   *
   * @param windowsAtOnce base windows that one piece scans, at least 1
   */
  PlanRunner(
      Store store,
      Progress progress,
      int windowsAtOnce,
      ModelConfig model,
      MonitorRequest request) {
    this.store = store;
    this.progress = progress;
    this.windowsAtOnce = windowsAtOnce;
    this.model = model;
    this.request = request;
  }

  /**
   * Runs a plan.
   *
   * @param reference the run that made {@code baseline}
   * @param committed the model's runs that were committed when the plan was made
   * @param data the stretch of time that the predictions span
   * @param notes what is to be said besides
   */
  ModelReport run(
      ScannedSide side,
      CommittedRun reference,
      Baseline baseline,
      List<CommittedRun> committed,
      Optional<Window> data,
      WindowPlan plan,
      List<String> notes) {
    List<CommittedRun> line = committed;
    Set<Window> scanned = new TreeSet<>();
    List<String> said = new ArrayList<>(notes);
    Optional<String> runId = Optional.empty();
    Result result = Result.ALREADY_DONE;
    long rows = 0;
    boolean alone = true;
    List<WindowPlan> pieces = plan.pieces(windowsAtOnce);
    for (int at = 0; at < pieces.size(); at++) {
      WindowPlan piece = pieces.get(at);
      boolean isLast = at == pieces.size() - 1;
      Attempt attempt = attempt(side, baseline, line, piece);
      runId = Optional.of(attempt.runId());
      if (attempt.alreadyDone().isPresent()) {
        say(span(piece) + " are done already.");
        continue;
      }
      Stamp stamp = attempt.stamp(baseline.binsId(), baseline.baselineId());
      MonitorRun run = new MonitorRun(store, model, reference, baseline, side, line, piece, stamp);
      say(doing(side) + span(piece) + ".");
      run.scan();
      say("computing the metrics of " + piece.targets().size() + " windows.");
      run.measure();
      RunSummary summary = summary(piece.due().size(), run.dueRows(), data);
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
        said.addAll(run.notes());
        said.addAll(ended.notes());
        if (!run.kept().isEmpty()) {
          said.add(ChangedWindows.keptNote(run.kept()));
        }
      }
      if (!isLast) {
        List<CommittedRun> longer = upTo(ended.run());
        alone &= longer.size() == line.size() + 1;
        line = longer;
      }
    }
    if (pieces.size() > 1) {
      said.add("Done in " + pieces.size() + " runs of some " + windowsAtOnce + " windows each.");
    }
    return new ModelReport(
        model.name(),
        Monitor.COMMAND,
        result,
        runId,
        result == Result.DONE ? List.copyOf(scanned) : plan.due(),
        PlannedWindows.of(plan.reasons()),
        rows,
        said);
  }

  private RunSummary summary(int windows, long rows, Optional<Window> data) {
    return new RunSummary(windows, rows, data, Optional.of(request.now()), request.labelsUntil());
  }

  private Attempt attempt(
      ScannedSide side, Baseline baseline, List<CommittedRun> line, WindowPlan piece) {
    List<Object> asked = new ArrayList<>(piece.due());
    asked.add(baseline.baselineId());
    request.labelsUntil().ifPresent(asked::add);
    if (piece.reasons().containsValue(Reason.OVERTAKEN)
        || piece.reasons().containsValue(Reason.INPUTS)
        || piece.reasons().containsValue(Reason.MATURED)) {
      // The very same windows may have been scanned before, with less around them or sooner.
      asked.add(line.get(line.size() - 1).sequence());
    }
    return new Attempt(store, model, Monitor.COMMAND, side.sources(), line, asked, request.force());
  }

  /**
   * Lets the next plan go on from here though nothing has changed, so that it need not look again.
   */
  void noteChecked(
      ScannedSide side,
      CommittedRun reference,
      List<CommittedRun> committed,
      Optional<Window> data) {
    String baselineId = reference.run().baselineId();
    Attempt attempt =
        new Attempt(
            store,
            model,
            Monitor.COMMAND,
            side.sources(),
            committed,
            List.of(baselineId, request.isIncremental()),
            request.force());
    if (attempt.alreadyDone().isEmpty()) {
      attempt.commit(
          reference.run().binsId(),
          baselineId,
          List.of(),
          request.isIncremental(),
          summary(0, 0, data).json());
    }
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

  private static String doing(ScannedSide side) {
    return side.part() == Part.Kind.OUTCOMES ? "joining labels with " : "scanning ";
  }

  private static String span(WindowPlan plan) {
    Window first = plan.due().get(0);
    Window last = plan.due().get(plan.due().size() - 1);
    return plan.due().size() + " windows from " + first.start() + " to " + last.end();
  }

  private void say(String what) {
    progress.say("Model " + model.name() + ": " + what);
  }
}
