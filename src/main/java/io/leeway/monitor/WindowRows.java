package io.leeway.monitor;

import io.leeway.domain.Window;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rows per base window and version. A version's name is {@code null} where the rows name none. */
final class WindowRows {
  private final TreeMap<Window, TreeMap<String, Long>> rows = new TreeMap<>();

  /** Says how many rows of a version a base window has, in place of what was said before. */
  void put(Window window, String version, long rowsThere) {
    rows.computeIfAbsent(window, w -> new TreeMap<>()).put(named(version), rowsThere);
  }

  /** Versions with rows in the base windows within a stretch, {@code ""} for none. */
  NavigableSet<String> versionsWithin(Window stretch) {
    TreeSet<String> versions = new TreeSet<>();
    within(stretch).forEach(of -> versions.addAll(of.keySet()));
    return versions;
  }

  /** Rows of a version in the base windows within a stretch. */
  long within(Window stretch, String version) {
    return within(stretch).stream().mapToLong(of -> of.getOrDefault(named(version), 0L)).sum();
  }

  /** Rows of all versions in these base windows. */
  long in(Collection<Window> windows) {
    return windows.stream()
        .filter(rows::containsKey)
        .flatMap(window -> rows.get(window).values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** A base window that starts within the stretch lies in it: roll-ups are made of base windows. */
  private Collection<? extends Map<String, Long>> within(Window stretch) {
    Window first = new Window(stretch.start(), stretch.start().plusNanos(1_000));
    Window after = new Window(stretch.end(), stretch.end().plusNanos(1_000));
    return rows.subMap(first, after).values();
  }

  /** A version's name, {@code ""} for none. */
  static String named(String version) {
    return Objects.requireNonNullElse(version, "");
  }
}
