package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.profile.NumericProfile;
import io.leeway.scan.FingerprintScan;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.RunLedger;
import io.leeway.store.SourceTable;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The second half of the main job: predictions meet their labels. Runs after the predictions were
 * scanned, of the same version of their table, and joins the windows that labels have touched.
 */
final class OutcomeMonitor {
  private final Store store;
  private final Progress progress;
  private final ModelConfig model;
  private final MonitorRequest request;
  private final SourceTable source;
  private final LabelSource labels;

  OutcomeMonitor(
      Store store,
      Progress progress,
      ModelConfig model,
      MonitorRequest request,
      SourceTable source,
      LabelSource labels) {
    this.store = store;
    this.progress = progress;
    this.model = model;
    this.request = request;
    this.source = source;
    this.labels = labels;
  }

  /**
   * Brings outcomes up to date.
   *
   * @param inputs what was done with the predictions just before
   * @param data the stretch of time that the predictions span
   */
  ModelReport run(ModelReport inputs, Optional<Window> data, PlanRunner runner) {
    List<CommittedRun> committed = new RunLedger(store).committed(model.name());
    OutcomePlan outcomes = new OutcomePlan(model, request, committed);
    Optional<CommittedRun> reference = BaselineJob.latest(committed, model);
    List<String> notes = new ArrayList<>();
    LabelChanges.Found changes = changes(outcomes);
    SortedMap<Window, Reason> touched = new TreeMap<>();
    changes.windows().forEach(window -> touched.put(window, Reason.LABELS));
    changes
        .untold()
        .ifPresent(
            why -> touched.putAll(fallback(why, outcomes, committed, reference.get(), notes)));
    SortedMap<Window, Reason> reasons = outcomes.reasons(touched);
    if (request.dryRun()) {
      inputs.windows().forEach(window -> reasons.putIfAbsent(window, Reason.INPUTS));
    }
    WindowPlan plan = WindowPlan.of(model.windows(), request.now(), reasons, outcomes.published());
    say(plan);
    changes
        .unmatched()
        .ifPresent(
            count -> {
              if (count > 0) {
                notes.add(
                    "%,d of the identifiers whose labels have come or changed have no prediction, or none within labels.horizon."
                        .formatted(count));
              }
            });
    if (request.dryRun() || plan.due().isEmpty()) {
      boolean isNew = !request.dryRun() && request.isIncremental() && isNewVersion(outcomes);
      if (isNew && reference.isPresent()) {
        runner.noteChecked(
            side(changes, Optional.empty(), List.of()), reference.get(), committed, data);
      }
      return report(plan, notes);
    }
    Baseline baseline = BaselineJob.load(store, reference.orElseThrow());
    requireOutcomes(baseline);
    List<NumericProfile> delays =
        new PublishedReference(store, model, reference.get(), baseline).delays();
    return runner.run(
        side(changes, Optional.of(baseline), delays),
        reference.get(),
        baseline,
        committed,
        data,
        plan,
        notes);
  }

  private OutcomeSide side(
      LabelChanges.Found changes, Optional<Baseline> baseline, List<NumericProfile> delays) {
    LabelledRows rows =
        new LabelledRows(
            model,
            labels,
            baseline.map(of -> LabelledRows.features(of.columns())).orElse(List.of()),
            request.now());
    return new OutcomeSide(
        model, source, rows, new LabelDelays(model, request.now(), delays), changes.unmatched());
  }

  private boolean isNewVersion(OutcomePlan outcomes) {
    OptionalLong followed = outcomes.followed(labels.table().id());
    return followed.isEmpty() || followed.getAsLong() != labels.table().version();
  }

  private void requireOutcomes(Baseline baseline) {
    Map<String, String> today = new HashMap<>();
    OutcomeColumns.of(model, baseline.columns())
        .forEach(column -> today.put(column.name(), column.expression()));
    boolean isLike =
        baseline.columns().stream()
            .filter(column -> column.role().part() == Part.Kind.OUTCOMES)
            .allMatch(column -> column.expression().equals(today.get(column.name())));
    if (!isLike || baseline.monitored(Part.Kind.OUTCOMES).isEmpty()) {
      throw new UserException(
          "Model '%s': its baseline was made by an earlier Leeway, which counted outcomes otherwise, or not at all. Make it again: leeway baseline --model %s --force."
              .formatted(model.name(), model.name()));
    }
  }

  /** What labels have changed; everything where their log was never followed. */
  private LabelChanges.Found changes(OutcomePlan outcomes) {
    if (request.asksForWindows()) {
      return LabelChanges.Found.NOTHING;
    }
    Set<Window> settled = outcomes.settled();
    OptionalLong followed = outcomes.followed(labels.table().id());
    LabelChanges changes = new LabelChanges(model, source, labels);
    if (followed.isPresent()) {
      return changes.since(followed.getAsLong(), settled);
    } else if (settled.isEmpty()) {
      return request.dryRun() ? LabelChanges.Found.NOTHING : changes.atFirst();
    }
    return LabelChanges.Found.untold("the table of labels was made anew");
  }

  /** Windows within the horizon whose labelled rows are not the published ones. */
  private SortedMap<Window, Reason> fallback(
      String why,
      OutcomePlan outcomes,
      List<CommittedRun> committed,
      CommittedRun reference,
      List<String> notes) {
    SortedMap<Window, Reason> changed = new TreeMap<>();
    List<Window> windows = withinHorizon(outcomes.settled());
    if (windows.isEmpty()) {
      return changed;
    }
    notes.add(
        "The labels of %d windows were looked at, since the log of their table does not tell which have changed: %s."
            .formatted(windows.size(), why));
    Baseline baseline = BaselineJob.load(store, reference);
    requireOutcomes(baseline);
    OutcomeSide side = side(LabelChanges.Found.NOTHING, Optional.of(baseline), List.of());
    WindowRows found = new WindowRows();
    for (FingerprintScan.Found some :
        FingerprintScan.of(
            side.rows(windows),
            side.spec(baseline.monitored(Part.Kind.OUTCOMES), windows, Set.of()))) {
      found.add(
          windows.get(some.window()), some.version(), new RowSum(some.rows(), some.fingerprint()));
    }
    SortedMap<Window, ShownWindow> shown =
        ShownWindow.all(
            PublishedParts.of(committed).only(Part.Kind.OUTCOMES),
            model.windows(),
            model.measureHash(),
            Map.of());
    for (Window window : windows) {
      if (!shown.get(window).holds(found.in(window))) {
        changed.put(window, Reason.FALLBACK);
      }
    }
    return changed;
  }

  private List<Window> withinHorizon(Set<Window> settled) {
    if (settled.isEmpty()) {
      return List.of();
    }
    var latest = settled.stream().max(Window::compareTo).orElseThrow().end();
    var from = latest.minus(model.limits().restateHorizon());
    return settled.stream().filter(window -> !window.start().isBefore(from)).sorted().toList();
  }

  private void say(WindowPlan plan) {
    progress.say(
        "Model " + model.name() + ": the labels of " + plan.due().size() + " windows are due.");
    for (PlannedWindows planned : PlannedWindows.of(plan.reasons())) {
      progress.say("Model " + model.name() + ": " + planned);
    }
  }

  private ModelReport report(WindowPlan plan, List<String> notes) {
    return new ModelReport(
        model.name(),
        Monitor.COMMAND,
        plan.due().isEmpty() ? Result.NOTHING_DUE : Result.PLANNED,
        Optional.empty(),
        plan.due(),
        PlannedWindows.of(plan.reasons()),
        0,
        notes);
  }
}
