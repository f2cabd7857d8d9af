package io.leeway.policy.incident;

import io.leeway.policy.verdict.Family;
import io.leeway.policy.verdict.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What people deal with: breaches with one cause, from the window in which it began on.
 *
 * @param id the same whenever the same windows are judged by the same rules
 * @param home where it was best seen when it began
 * @param signs by what it shows
 * @param sentence what says most of it
 * @param started start of the first bad window
 * @param breaches that it was seen by
 * @param course how it goes on from window to window
 * @param moments what was done about it, by the clock
 * @param cooldown for so long after its end it would be opened again
 */
public record Incident(
    String id,
    State state,
    Severity severity,
    Home home,
    Set<Sign> signs,
    Set<String> metrics,
    Set<Family> families,
    Set<String> rules,
    String sentence,
    Instant started,
    long breaches,
    Course course,
    Moments moments,
    Duration cooldown,
    Optional<String> owner,
    Optional<String> runbook) {
  private static final int NAMED = 3;

  /** How far people have got with it. */
  public enum State {
    OPEN,
    /** Somebody looks at it. */
    ACKNOWLEDGED,
    /** It does no more harm, though it is not mended. */
    MITIGATED,
    RESOLVED;

    /** As in the column {@code state}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * When what happened, by the clock.
   *
   * @param detected when the first breach was judged
   */
  public record Moments(
      Instant detected,
      Optional<Instant> acknowledged,
      Optional<Instant> mitigated,
      Optional<Instant> resolved) {
    static Moments detected(Instant at) {
      return new Moments(at, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Moments acknowledgedAt(Instant at) {
      return new Moments(detected, Optional.of(at), mitigated, resolved);
    }

    Moments mitigatedAt(Instant at) {
      return new Moments(detected, acknowledged, Optional.of(at), resolved);
    }

    Moments resolvedAt(Instant at) {
      return new Moments(detected, acknowledged, mitigated, Optional.of(at));
    }

    Moments reopened() {
      return new Moments(detected, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  public Incident {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(home, "home");
    signs = Set.copyOf(signs);
    metrics = Set.copyOf(metrics);
    families = Set.copyOf(families);
    rules = Set.copyOf(rules);
  }

  public boolean isResolved() {
    return state == State.RESOLVED;
  }

  /** The source columns, or attributes of gaps, that it shows in. */
  public Set<String> columns() {
    return Sign.columns(signs);
  }

  /** Whether both are in the same rows, and show by the same, at the same time. */
  public boolean isLike(Incident other) {
    return !Collections.disjoint(signs, other.signs)
        && home.isNestedWith(other.home)
        && started.isBefore(other.course.lastBad())
        && other.started.isBefore(course.lastBad());
  }

  /** In a few words, for lists and titles. */
  public String headline() {
    Set<String> columns = columns();
    String of = columns.isEmpty() ? "" : " of " + named(quoted(columns));
    return named(new TreeSet<>(metrics)) + of + " in " + home;
  }

  private static Collection<String> quoted(Collection<String> columns) {
    return new TreeSet<>(columns).stream().map(of -> "'" + of + "'").toList();
  }

  private static String named(Collection<String> names) {
    String some = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() > NAMED ? some + " and " + (names.size() - NAMED) + " more" : some;
  }

  Incident with(State other, Moments then) {
    return new Incident(
        id, other, severity, home, signs, metrics, families, rules, sentence, started, breaches,
        course, then, cooldown, owner, runbook);
  }

  Incident with(Course other) {
    return new Incident(
        id, state, severity, home, signs, metrics, families, rules, sentence, started, breaches,
        other, moments, cooldown, owner, runbook);
  }
}
