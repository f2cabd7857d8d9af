package io.leeway.monitor;

import io.leeway.domain.Window;
import io.leeway.store.SourceChanges;
import io.leeway.store.SourceChanges.ChangedFile;
import io.leeway.store.SourceChanges.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which published base windows a later version of the source, or another configuration, concerns.
 * Pure: read off the log, without a look at any row.
 *
 * @param certain windows that have changed
 * @param uncertain windows of which only their rows can tell whether they have
 * @param unchecked windows that may have changed too, but lie further back than the horizon
 */
record Touched(
    SortedMap<Window, Reason> certain, SortedMap<Window, Reason> uncertain, Set<Window> unchecked) {
  /** Times in the log are rounded down to it, as the ends of files' stretches are up. */
  private static final Duration STEP = Duration.ofMillis(1);

  Touched {
    certain = Collections.unmodifiableSortedMap(new TreeMap<>(certain));
    uncertain = Collections.unmodifiableSortedMap(new TreeMap<>(uncertain));
    unchecked = Collections.unmodifiableSet(new TreeSet<>(unchecked));
  }

  static final Touched NOTHING = new Touched(new TreeMap<>(), new TreeMap<>(), Set.of());

  /**
   * What a run is about to read.
   *
   * @param configHash of the configuration
   * @param tableId of the source
   * @param version of the source
   * @param horizon windows that start earlier are not looked into
   */
  record Reading(String configHash, String tableId, long version, Instant horizon) {}

  /**
   * Finds them out.
   *
   * @param shown the published windows
   * @param changes of the source since the log was last followed
   */
  static Touched of(Reading reading, SortedMap<Window, ShownWindow> shown, SourceChanges changes) {
    SortedMap<Window, Reason> certain = new TreeMap<>();
    SortedMap<Window, Reason> uncertain = new TreeMap<>();
    Set<Window> unchecked = new TreeSet<>();
    Set<Window> ofOther = new TreeSet<>();
    for (var of : shown.entrySet()) {
      if (!reading.configHash().equals(of.getValue().configHash())) {
        if (of.getKey().start().isBefore(reading.horizon())) {
          ofOther.add(of.getKey());
        } else {
          certain.put(of.getKey(), Reason.CONFIG);
        }
      } else if (changes.untold().isPresent()
          && !of.getValue().isAsNewAs(reading.tableId(), reading.version())) {
        uncertain.put(of.getKey(), Reason.FALLBACK);
      }
    }
    if (certain.containsValue(Reason.CONFIG)) {
      // Said when the configuration has just changed, not by every later run.
      unchecked.addAll(ofOther);
    }
    for (ChangedFile file : changes.files()) {
      if (file.times().isPresent()) {
        addFile(reading, shown, file, file.times().get(), certain, uncertain);
      }
    }
    uncertain.keySet().removeAll(certain.keySet());
    unchecked.removeAll(certain.keySet());
    for (Window window : Set.copyOf(uncertain.keySet())) {
      if (window.start().isBefore(reading.horizon())) {
        uncertain.remove(window);
        unchecked.add(window);
      }
    }
    return new Touched(certain, uncertain, unchecked);
  }

  /** The first and the last row of an appended file are where they are; all else may be so. */
  private static void addFile(
      Reading reading,
      SortedMap<Window, ShownWindow> shown,
      ChangedFile file,
      Window times,
      SortedMap<Window, Reason> certain,
      SortedMap<Window, Reason> uncertain) {
    Instant last = times.end().minus(STEP);
    for (var of : overlapping(shown, times).entrySet()) {
      Window window = of.getKey();
      if (of.getValue().isAsNewAs(reading.tableId(), file.version())) {
        continue;
      }
      if (file.kind() == Kind.REWRITTEN) {
        uncertain.put(window, Reason.REWRITTEN);
      } else if (window.contains(times.start()) || window.contains(last)) {
        certain.putIfAbsent(window, Reason.LATE_ROWS);
      } else {
        uncertain.putIfAbsent(window, Reason.LATE_ROWS);
      }
    }
  }

  /** The windows, of which no two overlap, that share a time with a stretch. */
  private static SortedMap<Window, ShownWindow> overlapping(
      SortedMap<Window, ShownWindow> shown, Window times) {
    Window first = new Window(times.start(), times.start().plusNanos(1_000));
    SortedMap<Window, ShownWindow> before = shown.headMap(first);
    Window from =
        !before.isEmpty() && before.lastKey().end().isAfter(times.start())
            ? before.lastKey()
            : first;
    return shown.subMap(from, new Window(times.end(), times.end().plusNanos(1)));
  }

  /** Whether rows must be read to know more. */
  boolean asksRows() {
    return !uncertain.isEmpty();
  }
}
