package io.leeway.monitor;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Period;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import io.leeway.store.PublishedParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which base windows are due, and which windows' metrics follow from them. Pure: a matter of times
 * alone.
 *
 * @param due base windows to be scanned, ascending
 * @param followers those of the due ones that are published and were not asked for: each is
 *     compared with the window before it, which is scanned
 * @param targets windows whose metrics are to be computed: the due ones, and the roll-ups and
 *     calendar windows that hold a due one or are compared with one that does; only of
 *     granularities that are published
 * @param needed base windows, besides the due ones, whose profiles the targets need
 */
record WindowPlan(
    List<Window> due, List<Window> followers, List<Target> targets, List<Window> needed) {
  WindowPlan {
    due = List.copyOf(due);
    followers = List.copyOf(followers);
    targets = List.copyOf(targets);
    needed = List.copyOf(needed);
  }

  /**
   * Windows that one command looks at. From 1970, where times of zero lie, to now there are more:
   * 20,700 by the day, 498,000 by the hour.
   */
  private static int mostWindows(Period base) {
    return switch (base.unit()) {
      case MINUTE, HOUR -> 400_000;
      case DAY, WEEK, MONTH, QUARTER, YEAR -> 20_000;
    };
  }

  /**
   * Plans one run. Published windows that are asked for are due though the source has no rows there
   * any more.
   *
   * @param data the stretch of time that the predictions span, if there are any
   * @param known base windows that have a published part
   * @param reference the stretch that only the baseline looks at, if any
   */
  static WindowPlan of(
      WindowsConfig windows,
      MonitorRequest request,
      Optional<Window> data,
      Collection<Window> known,
      Optional<Window> reference) {
    Set<Window> published = new TreeSet<>(known);
    published.removeIf(one -> !isCutAs(windows, one));
    Set<Window> candidates = new TreeSet<>(published);
    data.flatMap(stretch -> within(stretch, request, windows))
        .ifPresent(stretch -> candidates.addAll(windowsIn(windows, stretch)));
    candidates.removeIf(one -> one.end().isAfter(request.now()));
    candidates.removeIf(one -> reference.isPresent() && reference.get().contains(one));
    TreeSet<Window> due = new TreeSet<>(candidates);
    due.removeIf(one -> !isWanted(request, one, published));
    List<Window> followers = new ArrayList<>();
    if (windows.publish().contains(windows.base().toString())) {
      for (Window one : due) {
        Window next = windows.base().after(one, windows.zone());
        if (published.contains(next) && candidates.contains(next) && !due.contains(next)) {
          followers.add(next);
        }
      }
    }
    due.addAll(followers);
    return close(windows, request.now(), List.copyOf(due), followers, published);
  }

  /** Whether a window is one of today's configuration, which may have another zone. */
  private static boolean isCutAs(WindowsConfig windows, Window one) {
    return windows.base().windowOf(one.start(), windows.zone()).equals(one);
  }

  /** The part of a stretch that may be asked for, so that an absurd time costs nothing. */
  private static Optional<Window> within(
      Window stretch, MonitorRequest request, WindowsConfig windows) {
    Instant start = later(stretch.start(), request.from().orElse(stretch.start()));
    Instant end =
        earlier(stretch.end(), earlier(request.now(), request.until().orElse(Instant.MAX)));
    // A window that is asked for starts no earlier, but may have been cut in two by the data's end.
    return start.isBefore(end)
        ? Optional.of(new Window(windows.base().windowOf(start, windows.zone()).start(), end))
        : Optional.empty();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static List<Window> windowsIn(WindowsConfig windows, Window stretch) {
    List<Window> within = new ArrayList<>();
    int most = mostWindows(windows.base());
    Window window = windows.base().windowOf(stretch.start(), windows.zone());
    while (window.start().isBefore(stretch.end())) {
      if (within.size() == most) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "The predictions run from %s to %s, which is more than %,d windows of %s. If a time among them is wrong, leave its rows out by predictions.where; if all are right, ask for a part of them by --from and --until.",
                stretch.start(),
                stretch.end(),
                most,
                windows.base()));
      }
      within.add(window);
      window = windows.base().after(window, windows.zone());
    }
    return within;
  }

  private static boolean isWanted(MonitorRequest request, Window window, Set<Window> published) {
    if (!request.asksForWindows()) {
      return !published.contains(window);
    }
    return request.from().map(from -> !window.start().isBefore(from)).orElse(true)
        && request.until().map(until -> !window.end().isAfter(until)).orElse(true);
  }

  private static WindowPlan close(
      WindowsConfig windows,
      Instant now,
      List<Window> due,
      List<Window> followers,
      Set<Window> published) {
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
    return new WindowPlan(due, followers, targets, needed(targets, due, all));
  }

  /**
   * Runs of {@code length} neighbouring base windows that hold a due one, or are compared with a
   * run that does.
   */
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
  private static void addCalendar(
      WindowsConfig windows,
      Period calendar,
      Instant now,
      TreeSet<Window> all,
      List<Window> due,
      List<Target> targets) {
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

  /**
   * Says that a source has fallen silent: that at least one base window has ended since its newest
   * row, so that nothing is due of it.
   *
   * @param data the stretch of time that the predictions span
   */
  static Optional<String> silence(WindowsConfig windows, Window data, Instant now) {
    Window next = windows.base().windowOf(data.end(), windows.zone());
    next = next.start().isBefore(data.end()) ? windows.base().after(next, windows.zone()) : next;
    return next.end().isAfter(now)
        ? Optional.empty()
        : Optional.of(
            "There are no predictions from %s on, though windows of %s have ended since. No numbers are published of those until later rows come in."
                .formatted(data.end(), windows.base()));
  }

  /**
   * The same plan in pieces, to be done one after the other. A target is in the last piece that
   * scans a window that it needs; a follower is in the piece of the window before it, so that what
   * is left after some pieces is planned again as it was.
   *
   * @param length about how many base windows a piece scans, at least 1
   */
  List<WindowPlan> pieces(int length) {
    Set<Window> following = Set.copyOf(followers);
    List<List<Window>> scans = new ArrayList<>();
    for (Window window : due) {
      List<Window> last = scans.isEmpty() ? null : scans.get(scans.size() - 1);
      if (last == null || (last.size() >= length && !following.contains(window))) {
        last = new ArrayList<>();
        scans.add(last);
      }
      last.add(window);
    }
    TreeSet<Window> all = new TreeSet<>(due);
    all.addAll(needed);
    List<Target> left = new ArrayList<>(targets);
    List<WindowPlan> pieces = new ArrayList<>();
    for (int i = scans.size() - 1; i >= 0; i--) {
      List<Window> scan = scans.get(i);
      List<Target> here = new ArrayList<>(left);
      here.removeIf(target -> scan.stream().noneMatch(target::needs));
      left.removeAll(here);
      List<Window> followersHere = scan.stream().filter(following::contains).toList();
      pieces.add(0, new WindowPlan(scan, followersHere, here, needed(here, scan, all)));
    }
    return pieces;
  }

  private static List<Window> needed(List<Target> targets, List<Window> due, TreeSet<Window> all) {
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
