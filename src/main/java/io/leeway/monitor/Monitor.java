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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The main job: prediction tables go in, monitoring tables come out. */
public final class Monitor {
  static final String COMMAND = "monitor";

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
        SourceTable.open(store.spark(), model.predictions().table(), OptionalLong.empty());
    PredictionTime.check(model, source);
    List<CommittedRun> committed = committedWithBaseline(model, request);
    PublishedParts published = PublishedParts.of(committed);
    WindowPlan plan = plan(model, request, source, published);
    say(model, plan.due().size() + " of its windows are due.");
    if (plan.due().isEmpty()) {
      return report(model, Result.NOTHING_DUE, Optional.empty(), plan, 0);
    }
    if (request.dryRun()) {
      return report(model, Result.PLANNED, Optional.empty(), plan, 0);
    }
    return attempt(model, request, source, committed, plan);
  }

  private ModelReport attempt(
      ModelConfig model,
      MonitorRequest request,
      SourceTable source,
      List<CommittedRun> committed,
      WindowPlan plan) {
    Baseline baseline = BaselineJob.load(store, BaselineJob.latest(committed, model).orElseThrow());
    List<Object> asked = new ArrayList<>(plan.due());
    asked.add(baseline.baselineId());
    Attempt attempt = new Attempt(store, model, COMMAND, source, committed, asked, request.force());
    if (attempt.alreadyDone().isPresent()) {
      return report(model, Result.ALREADY_DONE, Optional.of(attempt.runId()), plan, 0);
    }
    Stamp stamp = attempt.stamp(baseline.binsId(), baseline.baselineId());
    MonitorRun run = new MonitorRun(store, model, baseline, source, committed, plan, stamp);
    say(model, "scanning " + span(plan) + ".");
    run.scan();
    say(model, "computing the metrics of " + plan.targets().size() + " windows.");
    run.measure();
    String summary = "{\"windows\":" + plan.due().size() + ",\"rows\":" + run.dueRows() + "}";
    boolean won = attempt.commit(baseline.binsId(), baseline.baselineId(), run.parts(), summary);
    return report(
        model,
        won ? Result.DONE : Result.ALREADY_DONE,
        Optional.of(attempt.runId()),
        plan,
        run.dueRows());
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

  private static WindowPlan plan(
      ModelConfig model, MonitorRequest request, SourceTable source, PublishedParts published) {
    Optional<Window> data = source.timeRange(model.predictions().time());
    if (data.isEmpty()) {
      return new WindowPlan(List.of(), List.of(), List.of());
    }
    return WindowPlan.of(
        model.windows(),
        request,
        data.get(),
        WindowPlan.published(published, model.windows().base().toString()),
        referenceOnly(model));
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

  private void say(ModelConfig model, String what) {
    progress.say("Model " + model.name() + ": " + what);
  }

  private static ModelReport report(
      ModelConfig model, Result result, Optional<String> runId, WindowPlan plan, long rows) {
    return new ModelReport(model.name(), COMMAND, result, runId, plan.due(), rows, List.of());
  }
}
