package io.leeway.policy.incident;

import io.leeway.domain.Window;
import io.leeway.policy.incident.Sign.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What belongs together. A column's breaches belong to the incident that has the column; those of
 * several columns belong together where they began in the same rows at about the same time. Where
 * many columns have changed, who is asked has changed: other columns that began to change at that
 * time in a part of these rows belong to it, too (parents come before children). What may follow
 * from a column belongs to what began at about that time in the same rows or a part of them; a gap
 * between groups only to what happened to one of these groups.
 */
final class Kinship {
  /** From how many columns on, and which share of those that were judged, many have changed. */
  private static final int MANY = 3;

  private static final int ONE_IN = 4;

  private final int judged;

  /**
   * For one look.
   *
   * @param judged source columns that were judged
   */
  Kinship(int judged) {
    this.judged = judged;
  }

  private boolean areMany(Set<Sign> signs) {
    long columns = signs.stream().filter(of -> of.kind() == Kind.COLUMN).count();
    return columns >= Math.max(MANY, (judged + ONE_IN - 1) / ONE_IN);
  }

  /** Whether two causes that show for the first time, at the same time, are one. */
  boolean areOne(Cause one, Cause other) {
    if (other.isConsequence()) {
      return !isOfServiceOrRows(one.signs())
          && (one.isGap() ? isOf(one, other) : meet(one.home(), other));
    }
    return areAlike(one.signs(), other.signs())
        && isSameOrPart(one.home(), one.signs(), other.home());
  }

  /** Whether both have source columns, or both columns of the service. */
  private static boolean areAlike(Set<Sign> signs, Set<Sign> others) {
    return Stream.of(Kind.COLUMN, Kind.SERVICE)
        .anyMatch(kind -> Sign.has(signs, kind) && Sign.has(others, kind));
  }

  private boolean isSameOrPart(Home home, Set<Sign> signs, Home other) {
    return home.equals(other) || (areMany(signs) && home.contains(other));
  }

  /** How the model is served, and what is missing of rows as such. */
  private static boolean isOfServiceOrRows(Set<Sign> signs) {
    return signs.stream().allMatch(of -> of.kind() == Kind.SERVICE || of.kind() == Kind.ROWS);
  }

  private static boolean meet(Home home, Cause consequence) {
    return consequence.isGap()
        ? home.isCutBy(consequence.attributes())
        : home.isNestedWith(consequence.home());
  }

  /** Whether what may follow is a gap by the same attributes, or happened to one of its groups. */
  private static boolean isOf(Cause gap, Cause other) {
    return other.isGap()
        ? !Collections.disjoint(gap.attributes(), other.attributes())
        : other.home().isCutBy(gap.attributes());
  }

  private static Stream<Sign> gaps(Incident incident) {
    return incident.signs().stream().filter(of -> of.kind() == Kind.GROUPS);
  }

  /** Whether an incident goes on by a cause: it was seen by one of its signs before. */
  static boolean isSeenAgain(Incident incident, Cause cause) {
    return isInTime(incident, cause)
        && cause.signs().stream()
            .filter(incident.signs()::contains)
            .anyMatch(of -> !of.isOfItsRows() || incident.home().isNestedWith(cause.home()));
  }

  /** Whether a cause that shows for the first time belongs to an incident that is there. */
  boolean joins(Incident incident, Cause cause) {
    if (incident.isResolved() || !isInTime(incident, cause)) {
      return false;
    }
    boolean isCutFiner =
        cause.isGap()
            && gaps(incident).anyMatch(of -> cause.attributes().containsAll(of.attributes()));
    if (isCutFiner) {
      return true;
    }
    if (cause.isConsequence()) {
      return joinsAsConsequence(incident, cause) && beginsWith(incident, cause);
    }
    boolean isOfSameRows =
        areAlike(incident.signs(), cause.signs())
            ? isSameOrPart(incident.home(), incident.signs(), cause.home())
            : cause.hasColumns()
                && Sign.are(incident.signs(), Kind.CONSEQUENCE)
                && incident.home().isNestedWith(cause.home());
    return isOfSameRows
        && cause.windows().stream()
            .anyMatch(window -> window.start().isBefore(incident.course().opening()));
  }

  /** Rows aside of when it began. */
  private static boolean joinsAsConsequence(Incident incident, Cause cause) {
    if (Sign.are(incident.signs(), Kind.GROUPS)) {
      return !cause.isGap() && gaps(incident).anyMatch(of -> cause.home().isCutBy(of.attributes()));
    }
    return !isOfServiceOrRows(incident.signs()) && meet(incident.home(), cause);
  }

  private static boolean isInTime(Incident incident, Cause cause) {
    return cause.windows().stream()
        .anyMatch(
            window ->
                isNotBefore(incident, window)
                    && (!incident.isResolved() || isSoonAfter(incident, window)));
  }

  private static boolean isSoonAfter(Incident incident, Window window) {
    return !window.start().isAfter(incident.course().end().plus(incident.cooldown()));
  }

  /** Whether a window begins no earlier than right before the first bad one. */
  private static boolean isNotBefore(Incident incident, Window window) {
    return !window.end().isBefore(incident.started());
  }

  /**
   * Whether what may follow began while the incident was beginning, or, since it takes more rows to
   * see, {@value Course#QUIET} windows later. What goes wrong long after is something new, however
   * long the old goes on.
   */
  private static boolean beginsWith(Incident incident, Cause cause) {
    Duration shortest =
        Stream.concat(cause.windows().stream(), incident.course().bad().values().stream())
            .map(window -> Course.lengths(window, Course.QUIET))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return cause.windows().stream().anyMatch(of -> of.end().isAfter(incident.started()))
        && cause.since().minus(shortest).isBefore(incident.course().opening());
  }
}
