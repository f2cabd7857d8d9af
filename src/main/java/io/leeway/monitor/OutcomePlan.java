package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Window;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.PublishedParts.Winner;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which base windows are to be joined with their labels, and why. Pure: read off the ledger.
 *
 * <p>A window is joined when its predictions have been scanned, again whenever these were scanned
 * again, and once more when the last of its labels should have come. What labels themselves touch
 * is found by {@link LabelChanges}.
 */
final class OutcomePlan {
  private final ModelConfig model;
  private final MonitorRequest request;

  /** Of each base window the runs that last published its inputs and its outcomes. */
  private final TreeMap<Window, CommittedRun> inputs = new TreeMap<>();

  private final TreeMap<Window, CommittedRun> outcomes = new TreeMap<>();
  private final List<CommittedRun> committed;

  OutcomePlan(ModelConfig model, MonitorRequest request, List<CommittedRun> committed) {
    this.model = model;
    this.request = request;
    this.committed = committed;
    PublishedParts published = PublishedParts.of(committed);
    collect(published.only(Part.Kind.INPUTS).winners(), inputs);
    collect(published.only(Part.Kind.OUTCOMES).winners(), outcomes);
  }

  private void collect(Collection<Winner> winners, Map<Window, CommittedRun> into) {
    for (Winner winner : winners) {
      Part part = winner.part().part();
      if (part.granularity().equals(model.windows().base().toString())
          && WindowPlan.isCutAs(model.windows(), part.window())) {
        into.merge(
            part.window(),
            winner.run(),
            (one, other) -> one.sequence() >= other.sequence() ? one : other);
      }
    }
  }

  /** Base windows whose outcomes are published. */
  Set<Window> published() {
    return outcomes.keySet();
  }

  /**
   * The version of the labels up to which their log was followed by today's configuration; empty
   * where it was not, or of another table.
   */
  OptionalLong followed(String labelsTableId) {
    Optional<CommittedRun> last =
        committed.stream()
            .filter(run -> run.run().command().equals(Monitor.COMMAND) && run.run().incremental())
            .filter(run -> labelsTableId.equals(run.run().sources().labelsTableId()))
            .filter(run -> run.run().configHash().equals(model.measureHash()))
            .reduce((earlier, later) -> later);
    return last.isPresent()
        ? OptionalLong.of(last.get().run().sources().labelsVersion())
        : OptionalLong.empty();
  }

  /** Published windows that the labels' log must tell of, since nothing else makes them due. */
  Set<Window> settled() {
    Set<Window> settled = new TreeSet<>(outcomes.keySet());
    settled.removeAll(reasons(new TreeMap<>()).keySet());
    return settled;
  }

  /**
   * What is due.
   *
   * @param touched by labels, and why
   */
  SortedMap<Window, Reason> reasons(SortedMap<Window, Reason> touched) {
    SortedMap<Window, Reason> reasons = new TreeMap<>();
    Map<CommittedRun, Instant> asked = new HashMap<>();
    inputs.forEach(
        (window, run) -> {
          CommittedRun joined = outcomes.get(window);
          if (request.asksForWindows()) {
            if (isAsked(window)) {
              reasons.put(window, Reason.ASKED);
            }
          } else if (joined == null) {
            reasons.put(window, Reason.NEW_ROWS);
          } else if (!joined.run().configHash().equals(run.run().configHash())
              || joined.sequence() < run.sequence()) {
            reasons.put(window, Reason.INPUTS);
          } else if (touched.containsKey(window)) {
            reasons.put(window, touched.get(window));
          } else if (hasMatured(window, asked.computeIfAbsent(joined, OutcomePlan::askedAt))) {
            reasons.put(window, Reason.MATURED);
          }
        });
    return reasons;
  }

  private boolean isAsked(Window window) {
    return request.from().map(from -> !window.start().isBefore(from)).orElse(true)
        && request.until().map(until -> !window.end().isAfter(until)).orElse(true);
  }

  /** When a run was asked, from where ages of predictions count. */
  static Instant askedAt(CommittedRun run) {
    return RunSummary.parse(run.run().summary()).asOf().orElse(run.run().startedAt());
  }

  private boolean hasMatured(Window window, Instant joinedAt) {
    Instant matureOn = window.end().plus(model.labels().orElseThrow().matureAfter());
    return joinedAt.isBefore(matureOn) && !matureOn.isAfter(request.now());
  }
}
