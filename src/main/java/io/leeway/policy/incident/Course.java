package io.leeway.policy.incident;

import io.leeway.domain.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How an incident goes on, granularity by granularity. Windows may come in any order: those whose
 * labels are late come after others.
 *
 * @param bad the last bad window, by granularity
 * @param quiet ends of the windows after it that were judged and were not bad
 * @param opening until when breaches elsewhere in the same rows count as the same beginning
 * @param peak most breaches that were seen of it at once
 */
public record Course(
    Map<String, Window> bad, Map<String, NavigableSet<Instant>> quiet, Instant opening, int peak) {
  /** Windows in a row without a breach after which it is over. */
  static final int QUIET = 2;

  public Course {
    bad = Collections.unmodifiableMap(new TreeMap<>(bad));
    TreeMap<String, NavigableSet<Instant>> copy = new TreeMap<>();
    quiet.forEach(
        (key, ends) -> copy.put(key, Collections.unmodifiableNavigableSet(new TreeSet<>(ends))));
    quiet = Collections.unmodifiableMap(copy);
  }

  /** The course of something that shows for the first time. */
  static Course begins(Map<String, Window> in, int breaches) {
    Instant opening =
        in.values().stream()
            .map(window -> window.end().plus(lengths(window, QUIET)))
            .min(Instant::compareTo)
            .orElseThrow();
    return new Course(in, Map.of(), opening, breaches);
  }

  /** So many windows as long as this one. */
  static Duration lengths(Window window, int count) {
    return Duration.between(window.start(), window.end()).multipliedBy(count);
  }

  /** Seen again. */
  Course seen(Map<String, Window> in, int breaches) {
    TreeMap<String, Window> last = new TreeMap<>(bad);
    in.forEach((key, window) -> last.merge(key, window, Course::later));
    TreeMap<String, NavigableSet<Instant>> left = new TreeMap<>(quiet);
    last.forEach(
        (key, window) ->
            left.computeIfPresent(key, (of, ends) -> ends.tailSet(window.end(), false)));
    return new Course(last, left, opening, Math.max(peak, breaches));
  }

  private static Window later(Window one, Window other) {
    return one.end().isAfter(other.end()) ? one : other;
  }

  /** Not seen in a window in which it would have been, if it went on. */
  Course notSeen(String granularity, Window window) {
    Window last = bad.get(granularity);
    if (last == null || !window.end().isAfter(last.end())) {
      return this;
    }
    TreeMap<String, NavigableSet<Instant>> more = new TreeMap<>(quiet);
    TreeSet<Instant> ends = new TreeSet<>(more.getOrDefault(granularity, new TreeSet<>()));
    if (ends.size() < QUIET) {
      ends.add(window.end());
    }
    more.put(granularity, ends);
    return new Course(bad, more, opening, peak);
  }

  /**
   * Granularities that are judged no more do not keep it going.
   *
   * @param judged those that are
   * @param now a window of one of them
   */
  Course withoutOthers(Set<String> judged, Window now) {
    Course course = this;
    for (Map.Entry<String, Window> of : bad.entrySet()) {
      Window last = of.getValue();
      boolean isLongAgo = now.start().isAfter(last.end().plus(lengths(last, QUIET + 1)));
      if (!judged.contains(of.getKey()) && isLongAgo) {
        for (int i = 1; i <= QUIET; i++) {
          Instant end = last.end().plus(lengths(last, i));
          course = course.notSeen(of.getKey(), new Window(last.end(), end));
        }
      }
    }
    return course;
  }

  boolean isOver() {
    return bad.keySet().stream()
        .allMatch(key -> quiet.containsKey(key) && quiet.get(key).size() >= QUIET);
  }

  /** End of the last bad window. */
  public Instant lastBad() {
    return bad.values().stream().map(Window::end).max(Instant::compareTo).orElseThrow();
  }

  /** Until when it was seen, or seen to be over. */
  public Instant end() {
    return quiet.values().stream()
        .flatMap(Collection::stream)
        .max(Instant::compareTo)
        .filter(of -> of.isAfter(lastBad()))
        .orElseGet(this::lastBad);
  }
}
