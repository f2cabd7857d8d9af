package io.leeway.monitor;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Period;
import io.leeway.domain.Window;
import io.leeway.store.PublishedParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which base windows are due, and which windows' metrics follow from them. Pure: a matter of times
 * alone.
 *
 * @param due base windows to be scanned, ascending
 * @param targets windows whose metrics are to be computed: the due ones, and the roll-ups and
 *     calendar windows that hold a due one; only of granularities that are published
 * @param needed base windows, besides the due ones, whose profiles the targets need
 */
record WindowPlan(List<Window> due, List<Target> targets, List<Window> needed) {
  WindowPlan {
    due = List.copyOf(due);
    targets = List.copyOf(targets);
    needed = List.copyOf(needed);
  }

  /**
   * Plans one run.
   *
   * @param data the stretch of time that the predictions span
   * @param known base windows that have a published part
   * @param reference the stretch that only the baseline looks at, if any
   */
  static WindowPlan of(
      WindowsConfig windows,
      MonitorRequest request,
      Window data,
      Collection<Window> known,
      Optional<Window> reference) {
    Set<Window> published = new TreeSet<>(known);
    List<Window> due = new ArrayList<>();
    Window window = windows.base().windowOf(data.start(), windows.zone());
    while (window.start().isBefore(data.end())) {
      boolean complete = !window.end().isAfter(request.now());
      boolean ofReference = reference.isPresent() && reference.get().contains(window);
      if (complete && !ofReference && isWanted(request, window, published)) {
        due.add(window);
      }
      window = windows.base().after(window, windows.zone());
    }
    return close(windows, request.now(), due, published);
  }

  private static boolean isWanted(MonitorRequest request, Window window, Set<Window> published) {
    if (!request.asksForWindows()) {
      return !published.contains(window);
    }
    return request.from().map(from -> !window.start().isBefore(from)).orElse(true)
        && request.until().map(until -> !window.end().isAfter(until)).orElse(true);
  }

  private static WindowPlan close(
      WindowsConfig windows, Instant now, List<Window> due, Set<Window> published) {
    TreeSet<Window> all = new TreeSet<>(published);
    all.addAll(due);
    List<Target> targets = new ArrayList<>();
    if (windows.publish().contains(windows.base().toString())) {
      for (Window window : due) {
        Window before = windows.base().before(window, windows.zone());
        targets.add(
            new Target(
                windows.base().toString(), window, Optional.of(before).filter(all::contains)));
      }
    }
    List<Window> ordered = List.copyOf(all);
    for (Period rollUp : windows.rollUps()) {
      if (windows.publish().contains(rollUp.toString())) {
        addRollUps(rollUp.toString(), windows.baseWindowsIn(rollUp), ordered, due, targets);
      }
    }
    for (Period calendar : windows.calendar()) {
      if (windows.publish().contains(calendar.toString())) {
        addCalendar(windows, calendar, now, all, due, targets);
      }
    }
    return new WindowPlan(due, targets, needed(targets, due, all));
  }

  /** Runs of {@code length} neighbouring base windows that hold a due one. */
  private static void addRollUps(
      String granularity,
      int length,
      List<Window> ordered,
      List<Window> due,
      List<Target> targets) {
    Set<Window> wanted = Set.copyOf(due);
    int lastDue = Integer.MIN_VALUE;
    for (int i = 0; i < ordered.size(); i++) {
      lastDue = wanted.contains(ordered.get(i)) ? i : lastDue;
      int first = i - length + 1;
      if (first < 0 || lastDue < first || !areNeighbours(ordered, first, i)) {
        continue;
      }
      int before = first - length;
      Optional<Window> previous =
          before >= 0 && areNeighbours(ordered, before, first)
              ? Optional.of(new Window(ordered.get(before).start(), ordered.get(first).start()))
              : Optional.empty();
      targets.add(
          new Target(
              granularity, new Window(ordered.get(first).start(), ordered.get(i).end()), previous));
    }
  }

  private static boolean areNeighbours(List<Window> ordered, int first, int last) {
    for (int i = first; i < last; i++) {
      if (!ordered.get(i).end().equals(ordered.get(i + 1).start())) {
        return false;
      }
    }
    return true;
  }

  /** Calendar windows that are over and hold a due base window. */
  private static void addCalendar(
      WindowsConfig windows,
      Period calendar,
      Instant now,
      TreeSet<Window> all,
      List<Window> due,
      List<Target> targets) {
    Set<Window> holding = new LinkedHashSet<>();
    due.forEach(window -> holding.add(calendar.windowOf(window.start(), windows.zone())));
    for (Window window : holding) {
      if (window.end().isAfter(now)) {
        continue;
      }
      Window before = calendar.before(window, windows.zone());
      boolean known = all.stream().anyMatch(before::contains);
      targets.add(
          new Target(calendar.toString(), window, known ? Optional.of(before) : Optional.empty()));
    }
  }

  private static List<Window> needed(List<Target> targets, List<Window> due, TreeSet<Window> all) {
    Set<Window> needed = new TreeSet<>();
    for (Target target : targets) {
      Instant from = target.previous().map(Window::start).orElse(target.window().start());
      for (Window window : all.tailSet(new Window(from, from.plusNanos(1_000)))) {
        if (!window.start().isBefore(target.window().end())) {
          break;
        }
        needed.add(window);
      }
    }
    Set<Window> scanned = Set.copyOf(due);
    return needed.stream().filter(window -> !scanned.contains(window)).toList();
  }

  /** Base windows with a published part. */
  static Set<Window> published(PublishedParts parts, String granularity) {
    Set<Window> windows = new TreeSet<>();
    for (PublishedParts.Winner winner : parts.winners()) {
      Part part = winner.part().part();
      if (part.kind() == Part.Kind.INPUTS && part.granularity().equals(granularity)) {
        windows.add(part.window());
      }
    }
    return windows;
  }
}
