package io.leeway.monitor;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Period;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which base windows are due and why, and which windows' metrics follow from them. Pure: a matter
 * of times alone.
 *
 * @param reasons base windows to be scanned, ascending, and why each is
 * @param targets windows whose metrics are to be computed
 * @param needed base windows, besides the due ones, whose profiles the targets need
 */
record WindowPlan(SortedMap<Window, Reason> reasons, List<Target> targets, List<Window> needed) {
  WindowPlan {
    reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    targets = List.copyOf(targets);
    needed = List.copyOf(needed);
  }

  /** Base windows to be scanned, ascending. */
  List<Window> due() {
    return List.copyOf(reasons.keySet());
  }

  /** Those that are scanned for no reason but that each is compared with the one before it. */
  List<Window> followers() {
    return reasons.entrySet().stream()
        .filter(of -> of.getValue() == Reason.FOLLOWS)
        .map(Map.Entry::getKey)
        .toList();
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
   * @param changed those of them whose rows or configuration have changed since
   * @param kept those of them whose numbers stay though their rows are gone
   * @param reference the stretch that only the baseline looks at, if any
   */
  static WindowPlan of(
      WindowsConfig windows,
      MonitorRequest request,
      Optional<Window> data,
      Collection<Window> known,
      Map<Window, Reason> changed,
      Set<Window> kept,
      Optional<Window> reference) {
    Set<Window> published = new TreeSet<>(known);
    published.removeIf(one -> !isCutAs(windows, one));
    Set<Window> candidates = new TreeSet<>(published);
    data.flatMap(stretch -> within(stretch, request, windows))
        .ifPresent(stretch -> candidates.addAll(windowsIn(windows, stretch)));
    candidates.removeIf(one -> one.end().isAfter(request.now()));
    candidates.removeIf(one -> reference.isPresent() && reference.get().contains(one));
    candidates.removeAll(kept);
    SortedMap<Window, Reason> reasons = new TreeMap<>();
    for (Window one : candidates) {
      reason(request, one, published, changed).ifPresent(reason -> reasons.put(one, reason));
    }
    return of(windows, request.now(), reasons, published, candidates);
  }

  /**
   * What follows from base windows that are due.
   *
   * @param due and why
   * @param published base windows that show something
   */
  static WindowPlan of(
      WindowsConfig windows, Instant now, SortedMap<Window, Reason> due, Set<Window> published) {
    return of(windows, now, new TreeMap<>(due), published, published);
  }

  /** Those that follow must be among the candidates. */
  private static WindowPlan of(
      WindowsConfig windows,
      Instant now,
      SortedMap<Window, Reason> reasons,
      Set<Window> published,
      Set<Window> candidates) {
    if (windows.publish().contains(windows.base().toString())) {
      for (Window one : List.copyOf(reasons.keySet())) {
        Window next = windows.base().after(one, windows.zone());
        if (published.contains(next) && candidates.contains(next)) {
          reasons.putIfAbsent(next, Reason.FOLLOWS);
        }
      }
    }
    Targets closure = new Targets(windows, now, List.copyOf(reasons.keySet()), published);
    List<Target> targets = closure.all();
    return new WindowPlan(reasons, targets, closure.needed(targets));
  }

  /** Whether a window is one of today's configuration, which may have another zone. */
  static boolean isCutAs(WindowsConfig windows, Window one) {
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

  private static Optional<Reason> reason(
      MonitorRequest request, Window window, Set<Window> published, Map<Window, Reason> changed) {
    if (!request.asksForWindows()) {
      return published.contains(window)
          ? Optional.ofNullable(changed.get(window))
          : Optional.of(Reason.NEW_ROWS);
    }
    boolean asked =
        request.from().map(from -> !window.start().isBefore(from)).orElse(true)
            && request.until().map(until -> !window.end().isAfter(until)).orElse(true);
    return asked ? Optional.of(Reason.ASKED) : Optional.empty();
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
    Set<Window> following = Set.copyOf(followers());
    List<List<Window>> scans = new ArrayList<>();
    for (Window window : due()) {
      List<Window> last = scans.isEmpty() ? null : scans.get(scans.size() - 1);
      if (last == null || (last.size() >= length && !following.contains(window))) {
        last = new ArrayList<>();
        scans.add(last);
      }
      last.add(window);
    }
    TreeSet<Window> all = new TreeSet<>(due());
    all.addAll(needed);
    List<Target> left = new ArrayList<>(targets);
    List<WindowPlan> pieces = new ArrayList<>();
    for (int i = scans.size() - 1; i >= 0; i--) {
      List<Window> scan = scans.get(i);
      List<Target> here = new ArrayList<>(left);
      here.removeIf(target -> scan.stream().noneMatch(target::needs));
      left.removeAll(here);
      SortedMap<Window, Reason> reasonsHere = new TreeMap<>(reasons);
      reasonsHere.keySet().retainAll(Set.copyOf(scan));
      pieces.add(0, new WindowPlan(reasonsHere, here, Targets.needed(here, scan, all)));
    }
    return pieces;
  }
}
