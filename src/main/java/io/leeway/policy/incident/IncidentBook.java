package io.leeway.policy.incident;

import io.leeway.domain.Window;
import io.leeway.policy.incident.Change.Event;
import io.leeway.policy.incident.Incident.Moments;
import io.leeway.policy.incident.Incident.State;
import io.leeway.policy.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A model's incidents, brought on window by window. The rule:
 *
 * <ul>
 *   <li>A {@linkplain Causes cause} goes on with the incident that was {@linkplain
 *       Kinship#isSeenAgain seen} by the like before. Within the cooldown that opens one again that
 *       was over.
 *   <li>Others are put together with what shows for the first time at the same time ({@link
 *       Kinship#areOne}): the null burst in twenty features over ten segments is one. If that
 *       belongs to an incident that is there ({@link Kinship#joins}), it becomes part of it; else
 *       it opens one, if it may.
 *   <li>An incident is over after {@value Course#QUIET} windows in a row, in each granularity that
 *       it was seen in, in which what it was seen by was tested where it was seen, and was fine.
 *       Where nothing was tested it goes on; where no rule watches its metrics any more, or their
 *       granularity is published no more, that counts as fine.
 *   <li>An incident of which a restatement leaves no breach is resolved, too.
 * </ul>
 */
public final class IncidentBook {
  private final String model;
  private final Causes causes;
  private final Breaches known;
  private final Map<String, Incident> incidents = new LinkedHashMap<>();

  private IncidentBook(String model, Collection<String> outputs, Breaches known) {
    this.model = model;
    this.causes = new Causes(outputs);
    this.known = known;
  }

  /**
   * Goes on from what is known.
   *
   * @param incidents as they are
   * @param outputs the columns of scores, decisions and labels
   * @param known the breaches by which they were seen, of windows that may be judged again
   */
  public static IncidentBook of(
      String model, Collection<Incident> incidents, Collection<String> outputs, Breaches known) {
    IncidentBook book = new IncidentBook(model, outputs, known);
    incidents.stream()
        .sorted(Comparator.comparing(Incident::started).thenComparing(Incident::id))
        .forEach(of -> book.incidents.put(of.id(), of));
    return book;
  }

  /** All, those that are over among them. */
  public List<Incident> incidents() {
    return List.copyOf(incidents.values());
  }

  /**
   * Takes the verdicts on windows that end together.
   *
   * @param verdicts all of these windows, of every granularity that is judged
   * @param mayOpen whether a breach may open an incident
   * @param now the clock, for what is told of it
   */
  public Entry judge(Collection<Verdict> verdicts, Predicate<Verdict> mayOpen, Instant now) {
    Map<String, Window> judged = new TreeMap<>();
    verdicts.forEach(of -> judged.put(of.subject().granularity(), of.subject().window()));
    Set<String> lost = known.forget(judged);
    Kinship kinship = new Kinship(causes.columns(verdicts));
    Map<String, Cause> seen = new LinkedHashMap<>();
    List<Cause> fresh = new ArrayList<>();
    for (Cause cause : causes.of(verdicts)) {
      find(incident -> Kinship.isSeenAgain(incident, cause))
          .ifPresentOrElse(of -> seen.merge(of.id(), cause, Cause::and), () -> fresh.add(cause));
    }
    List<Cause> opening = new ArrayList<>();
    for (Cause cause : together(fresh, kinship)) {
      find(incident -> kinship.joins(incident, cause))
          .ifPresentOrElse(of -> seen.merge(of.id(), cause, Cause::and), () -> opening.add(cause));
    }
    List<Change> changes = new ArrayList<>();
    Map<Verdict, String> found = new HashMap<>();
    seen.forEach(
        (id, cause) -> {
          put(changes, seenAgain(incidents.get(id), cause, lost.contains(id)));
          note(id, cause, found);
        });
    for (Cause cause : opening) {
      if (cause.breaches().stream().anyMatch(mayOpen)) {
        Change change = begin(cause, now);
        put(changes, change);
        seen.put(change.incident().id(), cause);
        note(change.incident().id(), cause, found);
      }
    }
    for (Incident incident : incidents()) {
      if (!incident.isResolved() && !seen.containsKey(incident.id())) {
        Optional<Change> change =
            lost.contains(incident.id()) && known.hasNone(incident.id())
                ? Optional.of(
                    resolved(incident, now, "Its windows were judged again: no breach is left."))
                : quiet(incident, judged, verdicts, now);
        change.ifPresent(of -> put(changes, of));
      }
    }
    return new Entry(changes, found);
  }

  /**
   * What the book took of windows.
   *
   * @param incidentOf the incident of each breach that has one
   */
  public record Entry(List<Change> changes, Map<Verdict, String> incidentOf) {
    public Entry {
      changes = List.copyOf(changes);
      incidentOf = Map.copyOf(incidentOf);
    }
  }

  private void put(List<Change> changes, Change change) {
    incidents.put(change.incident().id(), change.incident());
    changes.add(change);
  }

  private static Map<String, Window> windows(Cause cause) {
    Map<String, Window> windows = new TreeMap<>();
    cause.breaches().forEach(of -> windows.put(of.subject().granularity(), of.subject().window()));
    return windows;
  }

  private void note(String id, Cause cause, Map<Verdict, String> found) {
    cause.breaches().forEach(breach -> found.put(breach, id));
    known.add(id, windows(cause));
  }

  /** The oldest, one that is not over first; the same in whatever order they became known. */
  private Optional<Incident> find(Predicate<Incident> wanted) {
    return incidents.values().stream()
        .filter(wanted)
        .min(
            Comparator.comparing(Incident::isResolved)
                .thenComparing(Incident::started)
                .thenComparing(Incident::id));
  }

  /** Those that are one put together, again and again until none are. */
  private static List<Cause> together(List<Cause> causes, Kinship kinship) {
    List<Cause> together = new ArrayList<>();
    for (Cause cause : causes) {
      int at = 0;
      while (at < together.size() && !kinship.areOne(together.get(at), cause)) {
        at++;
      }
      if (at < together.size()) {
        together.set(at, together.get(at).and(cause));
      } else {
        together.add(cause);
      }
    }
    return together.size() == causes.size() ? together : together(widestFirst(together), kinship);
  }

  /** Of columns before what follows from them; and then of many columns before others. */
  private static List<Cause> widestFirst(List<Cause> causes) {
    return causes.stream()
        .sorted(
            Comparator.comparing(Cause::isConsequence).thenComparing(of -> -of.columns().size()))
        .toList();
  }

  private static Change seenAgain(Incident incident, Cause cause, boolean isCounted) {
    boolean isWorse = cause.severity().compareTo(incident.severity()) > 0;
    // Later, other things may go wrong in other rows, too.
    boolean isBeginning =
        cause.windows().stream().anyMatch(of -> of.start().isBefore(incident.course().opening()));
    // What may follow from a column says not where that is.
    boolean saysWhere =
        !cause.isConsequence() || incident.signs().stream().allMatch(Sign::isConsequence);
    boolean isBestSeen =
        isBeginning && saysWhere && cause.breaches().size() > incident.course().peak();
    // What was judged again and seen before tells nothing new of an incident that is over.
    boolean comesBack = incident.isResolved() && !isCounted;
    Event event =
        comesBack
            ? Event.REOPENED
            : isWorse && !incident.isResolved() ? Event.ESCALATED : Event.UPDATED;
    Moments moments = comesBack ? incident.moments().reopened() : incident.moments();
    Verdict worst = cause.worst();
    Incident then =
        new Incident(
            incident.id(),
            comesBack ? State.OPEN : incident.state(),
            isWorse ? cause.severity() : incident.severity(),
            isBestSeen ? cause.home() : incident.home(),
            both(incident.signs(), cause.signs()),
            both(incident.metrics(), cause.metrics()),
            both(incident.families(), cause.families()),
            both(incident.rules(), cause.rules()),
            isWorse || isBestSeen ? worst.sentence() : incident.sentence(),
            started(incident, cause),
            incident.breaches() + (isCounted ? 0 : cause.breaches().size()),
            incident.course().seen(windows(cause), cause.breaches().size()),
            moments,
            incident.cooldown(),
            incident.owner().or(() -> worst.rule().terms().owner()),
            incident.runbook().or(() -> worst.rule().terms().runbook()));
    return new Change(event, then, worst.sentence());
  }

  /** Earlier than before only by windows that are judged after later ones. */
  private static Instant started(Incident incident, Cause cause) {
    boolean isEarlier =
        cause.windows().stream().anyMatch(of -> !of.end().isAfter(incident.started()));
    return isEarlier && cause.since().isBefore(incident.started())
        ? cause.since()
        : incident.started();
  }

  private static <T> Set<T> both(Set<T> one, Set<T> other) {
    Set<T> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  private Change begin(Cause cause, Instant now) {
    Verdict worst = cause.worst();
    Map<String, Window> windows = windows(cause);
    Incident incident =
        new Incident(
            IncidentId.of(model, cause),
            State.OPEN,
            cause.severity(),
            cause.home(),
            cause.signs(),
            cause.metrics(),
            cause.families(),
            cause.rules(),
            worst.sentence(),
            cause.since(),
            cause.breaches().size(),
            Course.begins(windows, cause.breaches().size()),
            Moments.detected(now),
            worst.rule().terms().cooldown(),
            worst.rule().terms().owner(),
            worst.rule().terms().runbook());
    return new Change(Event.OPENED, incident, worst.sentence());
  }

  /** Silence is not quiet: where nothing was tested that it was seen by, it goes on. */
  private Optional<Change> quiet(
      Incident incident, Map<String, Window> judged, Collection<Verdict> verdicts, Instant now) {
    Course course = incident.course();
    for (Map.Entry<String, Window> window : judged.entrySet()) {
      List<Verdict> watched =
          verdicts.stream()
              .filter(of -> of.subject().granularity().equals(window.getKey()))
              .filter(of -> incident.metrics().contains(of.metric()))
              .toList();
      List<Verdict> own =
          watched.stream()
              .filter(of -> of.tests().isPresent())
              .filter(of -> incident.signs().contains(causes.sign(of)))
              .filter(of -> isAtHome(incident.home(), of))
              .toList();
      boolean isWatchedNoMore = watched.isEmpty();
      boolean isQuiet = !own.isEmpty() && own.stream().noneMatch(Verdict::isNotRecovered);
      if (isWatchedNoMore || isQuiet) {
        course = course.notSeen(window.getKey(), window.getValue());
      }
      course = course.withoutOthers(judged.keySet(), window.getValue());
    }
    if (course.equals(incident.course())) {
      return Optional.empty();
    }
    Incident then = incident.with(course);
    return Optional.of(
        course.isOver()
            ? resolved(
                then,
                now,
                "Not seen in "
                    + Course.QUIET
                    + " windows in a row; last seen before "
                    + course.lastBad()
                    + ".")
            : new Change(Event.UPDATED, then, "Not seen in the last window."));
  }

  /** Of what is everywhere any segment tells, since rules may look at some slices only. */
  private static boolean isAtHome(Home home, Verdict verdict) {
    return home.isEverywhere() || home.segments().contains(verdict.subject().segment());
  }

  private static Change resolved(Incident incident, Instant now, String why) {
    return new Change(
        Event.RESOLVED, incident.with(State.RESOLVED, incident.moments().resolvedAt(now)), why);
  }
}
