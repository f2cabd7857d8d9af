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
  private final TreeMap<Window, TreeMap<String, RowSum>> rows = new TreeMap<>();

  /** Says what rows of a version a base window has, in place of what was said before. */
  void put(Window window, String version, RowSum there) {
    rows.computeIfAbsent(window, w -> new TreeMap<>()).put(named(version), there);
  }

  /** Adds rows of a version to those that a base window has. */
  void add(Window window, String version, RowSum more) {
    rows.computeIfAbsent(window, w -> new TreeMap<>()).merge(named(version), more, RowSum::plus);
  }

  /** What a base window has of each version, {@code ""} for none. */
  Map<String, RowSum> in(Window window) {
    return Map.copyOf(rows.getOrDefault(window, new TreeMap<>()));
  }

  /** Versions with rows in the base windows within a stretch, {@code ""} for none. */
  NavigableSet<String> versionsWithin(Window stretch) {
    TreeSet<String> versions = new TreeSet<>();
    within(stretch).forEach(of -> versions.addAll(of.keySet()));
    return versions;
  }

  /** Rows of a version in the base windows within a stretch. */
  RowSum within(Window stretch, String version) {
    return within(stretch).stream()
        .map(of -> of.getOrDefault(named(version), RowSum.NONE))
        .reduce(RowSum.NONE, RowSum::plus);
  }

  /** Number of rows of all versions in these base windows. */
  long in(Collection<Window> windows) {
    return windows.stream()
        .filter(rows::containsKey)
        .flatMap(window -> rows.get(window).values().stream())
        .mapToLong(RowSum::rows)
        .sum();
  }

  /** A base window that starts within the stretch lies in it: roll-ups are made of base windows. */
  private Collection<? extends Map<String, RowSum>> within(Window stretch) {
    Window first = new Window(stretch.start(), stretch.start().plusNanos(1_000));
    Window after = new Window(stretch.end(), stretch.end().plusNanos(1_000));
    return rows.subMap(first, after).values();
  }

  /** A version's name, {@code ""} for none. */
  static String named(String version) {
    return Objects.requireNonNullElse(version, "");
  }
}
