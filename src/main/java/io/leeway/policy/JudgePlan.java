package io.leeway.policy;

import io.leeway.domain.Part;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.policy.verdict.Judgement;
import io.leeway.policy.verdict.Preceding;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.PublishedParts.Winner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which windows are due to be judged, worked out from the ledger alone: those whose values, or
 * those of the windows that they were judged with, are others than when they were last judged. A
 * changed policy makes none due, however far it looks back; it holds from then on.
 *
 * @param due in the order in which they end; of those that end together the finest first
 * @param reference the parts that hold the reference's own values, run by run, the newest first:
 *     where the reference was moved, each run has those of its own
 */
record JudgePlan(List<Due> due, List<List<Winner>> reference) {
  /**
   * A window to be judged.
   *
   * @param made names what its verdicts will be made from
   * @param parts of it and of those that it is judged with
   * @param earlier its verdicts as they show, if it was judged before
   * @param isUpToDate whether it was, and from what still shows
   */
  record Due(
      String granularity,
      Window window,
      long made,
      List<Winner> parts,
      Optional<Winner> earlier,
      boolean isUpToDate) {
    Due {
      parts = List.copyOf(parts);
    }

    boolean isRestated() {
      return earlier.isPresent();
    }

    /** As the ledger names its verdicts. */
    Part part() {
      return new Part(null, granularity, window, Part.Kind.VERDICTS);
    }
  }

  private static final Comparator<Due> ORDER =
      Comparator.comparing((Due of) -> of.window().end())
          .thenComparing(of -> of.window().start(), Comparator.reverseOrder())
          .thenComparing(Due::granularity);

  JudgePlan {
    due = List.copyOf(due);
    reference = List.copyOf(reference);
  }

  /**
   * Plans for one model.
   *
   * @param committed its runs
   */
  static JudgePlan of(List<CommittedRun> committed, Policy policy) {
    JudgePlan all = all(committed, policy, policy.judgement());
    List<Due> changed = new ArrayList<>(all.due);
    changed.removeIf(Due::isUpToDate);
    return new JudgePlan(changed, all.reference);
  }

  /** Every window that has values, judged or not. */
  static JudgePlan all(List<CommittedRun> committed, Policy policy, Judgement judgement) {
    PublishedParts published = PublishedParts.of(committed);
    Map<String, TreeMap<Window, List<Winner>>> byWindow = new TreeMap<>();
    TreeMap<Long, List<Winner>> reference = new TreeMap<>(Comparator.reverseOrder());
    for (Winner winner : published.winners()) {
      Part part = winner.part().part();
      if (part.granularity().equals(Subject.REFERENCE)) {
        reference.computeIfAbsent(winner.run().sequence(), run -> new ArrayList<>()).add(winner);
      } else if (part.kind() != Part.Kind.VERDICTS
          && policy.granularities().contains(part.granularity())) {
        byWindow
            .computeIfAbsent(part.granularity(), key -> new TreeMap<>())
            .computeIfAbsent(part.window(), key -> new ArrayList<>())
            .add(winner);
      }
    }
    List<Due> due = new ArrayList<>();
    byWindow.forEach(
        (granularity, windows) -> {
          Preceding preceding = Preceding.of(granularity, policy.zone(), windows.keySet());
          int back = judgement.looksBack(granularity);
          MadeFrom made = new MadeFrom(windows, preceding);
          for (Window window : windows.keySet()) {
            List<Winner> parts = parts(windows, window, preceding, back);
            Optional<Winner> earlier =
                published.winner(new Part(null, granularity, window, Part.Kind.VERDICTS));
            boolean isUpToDate =
                earlier
                    .map(of -> of.part().fingerprint())
                    .filter(of -> made.isStill(of, window))
                    .isPresent();
            due.add(
                new Due(granularity, window, made.of(window, back), parts, earlier, isUpToDate));
          }
        });
    due.sort(ORDER);
    return new JudgePlan(due, List.copyOf(reference.values()));
  }

  /** The same of windows within a stretch of time. */
  JudgePlan within(Optional<Instant> from, Optional<Instant> until) {
    List<Due> some = new ArrayList<>(due);
    some.removeIf(
        of ->
            from.filter(start -> of.window().start().isBefore(start)).isPresent()
                || until.filter(end -> of.window().end().isAfter(end)).isPresent());
    return new JudgePlan(some, reference);
  }

  private static List<Winner> parts(
      Map<Window, List<Winner>> windows, Window window, Preceding preceding, int back) {
    List<Winner> parts = new ArrayList<>();
    Window at = window;
    for (int before = 0; before <= back; before++) {
      parts.addAll(windows.getOrDefault(at, List.of()));
      at = preceding.before(at);
    }
    return parts;
  }

  /** Due windows that end at the same instant, together, in the order of their ends. */
  static List<List<Due>> ticks(List<Due> due) {
    Map<Instant, List<Due>> ticks = new TreeMap<>();
    due.forEach(of -> ticks.computeIfAbsent(of.window().end(), end -> new ArrayList<>()).add(of));
    return List.copyOf(ticks.values());
  }

  /** Ticks put together so that few windows are in memory at once; a tick stays whole. */
  static List<List<List<Due>>> pieces(List<Due> due, int windows) {
    List<List<List<Due>>> pieces = new ArrayList<>();
    int left = 0;
    for (List<Due> tick : ticks(due)) {
      if (left < tick.size()) {
        pieces.add(new ArrayList<>());
        left = Math.max(windows, tick.size());
      }
      pieces.get(pieces.size() - 1).add(tick);
      left -= tick.size();
    }
    return pieces;
  }

  /** The parts of all of these, each once. */
  static Collection<Winner> parts(Collection<Due> due) {
    Map<Part, Winner> parts = new HashMap<>();
    due.forEach(of -> of.parts().forEach(part -> parts.put(part.part().part(), part)));
    return parts.values();
  }
}
