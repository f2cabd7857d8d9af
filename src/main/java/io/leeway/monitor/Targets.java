package io.leeway.monitor;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Period;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which windows' metrics follow from base windows that are scanned. Pure: a matter of times. */
final class Targets {
  private final WindowsConfig windows;
  private final Instant now;
  private final List<Window> due;
  private final TreeSet<Window> all;

  /**
   * @param due base windows that are scanned, ascending
   * @param published base windows whose profiles are there already
   */
  Targets(WindowsConfig windows, Instant now, List<Window> due, Set<Window> published) {
    this.windows = windows;
    this.now = now;
    this.due = due;
    this.all = new TreeSet<>(published);
    all.addAll(due);
  }

  /**
   * The due windows, and the roll-ups and calendar windows that hold one or are compared with one
   * that does; only of granularities that are published.
   */
  List<Target> all() {
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
        addRollUps(rollUp.toString(), windows.baseWindowsIn(rollUp), ordered, targets);
      }
    }
    for (Period calendar : windows.calendar()) {
      if (windows.publish().contains(calendar.toString())) {
        addCalendar(calendar, targets);
      }
    }
    return targets;
  }

  /** Base windows, besides the due ones, whose profiles some targets need. */
  List<Window> needed(List<Target> targets) {
    return needed(targets, due, all);
  }

  /**
   * Runs of {@code length} neighbouring base windows that hold a due one, or are compared with a
   * run that does.
   */
  private void addRollUps(
      String granularity, int length, List<Window> ordered, List<Target> targets) {
    Set<Window> wanted = Set.copyOf(due);
    int lastDue = Integer.MIN_VALUE;
    for (int i = 0; i < ordered.size(); i++) {
      lastDue = wanted.contains(ordered.get(i)) ? i : lastDue;
      int first = i - length + 1;
      if (first < 0 || !areNeighbours(ordered, first, i)) {
        continue;
      }
      int before = first - length;
      boolean compared = before >= 0 && areNeighbours(ordered, before, first);
      if (lastDue < (compared ? before : first)) {
        continue;
      }
      Optional<Window> previous =
          compared
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

  /**
   * Calendar windows that are over and hold a due base window, or are compared with one that does.
   */
  private void addCalendar(Period calendar, List<Target> targets) {
    Set<Window> touched = new TreeSet<>();
    for (Window one : due) {
      Window holding = calendar.windowOf(one.start(), windows.zone());
      touched.add(holding);
      touched.add(calendar.after(holding, windows.zone()));
    }
    for (Window window : touched) {
      if (window.end().isAfter(now) || all.stream().noneMatch(window::contains)) {
        continue;
      }
      Window before = calendar.before(window, windows.zone());
      boolean known = all.stream().anyMatch(before::contains);
      targets.add(
          new Target(calendar.toString(), window, known ? Optional.of(before) : Optional.empty()));
    }
  }

  /** The same for some windows out of all. */
  static List<Window> needed(List<Target> targets, List<Window> due, NavigableSet<Window> all) {
    Set<Window> needed = new TreeSet<>();
    for (Target target : targets) {
      Instant from = target.from();
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
}
