package io.leeway.policy.incident;

import io.leeway.domain.Window;
import io.leeway.policy.verdict.Family;
import java.util.Collections;
import java.util.Set;

/**
 * What belongs together. A column's breaches belong to the incident that has the column; those of
 * several columns belong together where they began in the same rows at about the same time. Where
 * many columns have changed, who is asked has changed: other columns that began to change at that
 * time in a part of these rows belong to it, too (parents come before children). What may follow
 * from a column belongs to what began at about that time in rows that it shares; a gap between
 * groups only to what happened to one of these groups.
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

  private boolean areMany(Set<String> columns) {
    return columns.size() >= Math.max(MANY, (judged + ONE_IN - 1) / ONE_IN);
  }

  /** Whether two causes that show for the first time, at the same time, are one. */
  boolean areOne(Cause one, Cause other) {
    if (other.isConsequence()) {
      return !isMatterOfRows(one) && (one.isGap() ? isOf(one, other) : meet(one.home(), other));
    }
    return !one.columns().isEmpty()
        && !one.isGap()
        && !other.columns().isEmpty()
        && isSameOrPart(one.home(), one.columns(), other.home());
  }

  private boolean isSameOrPart(Home home, Set<String> columns, Home other) {
    return home.equals(other) || (areMany(columns) && home.contains(other));
  }

  /** How the model is served, and what is missing of rows as such. */
  private static boolean isMatterOfRows(Cause cause) {
    return !cause.isConsequence() && cause.columns().isEmpty();
  }

  private static boolean meet(Home home, Cause consequence) {
    return consequence.isGap()
        ? home.isCutBy(consequence.attributes())
        : home.meets(consequence.home());
  }

  /** Whether what may follow is a gap by the same attributes, or happened to one of its groups. */
  private static boolean isOf(Cause gap, Cause other) {
    return other.isGap()
        ? !Collections.disjoint(gap.attributes(), other.attributes())
        : other.home().isCutBy(gap.attributes());
  }

  private static boolean isGap(Incident incident) {
    return incident.families().equals(Set.of(Family.FAIRNESS));
  }

  /** Whether an incident goes on by a cause: the same columns, or the same that follows. */
  static boolean isSeenAgain(Incident incident, Cause cause) {
    if (!isInTime(incident, cause)) {
      return false;
    }
    if (!cause.columns().isEmpty()) {
      return !Collections.disjoint(incident.columns(), cause.columns());
    }
    boolean isSame = incident.families().containsAll(cause.families());
    return isSame
        && (cause.isConsequence() || incident.columns().isEmpty())
        && meet(incident.home(), cause);
  }

  /** Whether a cause that shows for the first time belongs to an incident that is there. */
  boolean joins(Incident incident, Cause cause) {
    if (incident.isResolved() || !isInTime(incident, cause)) {
      return false;
    }
    if (isGap(incident)) {
      return cause.isConsequence()
          && !cause.isGap()
          && cause.home().isCutBy(incident.columns())
          && beginsWith(incident, cause);
    }
    boolean isOfColumns = !incident.columns().isEmpty();
    if (!cause.columns().isEmpty() && !cause.isGap()) {
      boolean isOfSameRows =
          isOfColumns
              ? isSameOrPart(incident.home(), incident.columns(), cause.home())
              : Causes.areConsequences(incident.families()) && incident.home().meets(cause.home());
      return isOfSameRows
          && cause.windows().stream()
              .anyMatch(window -> window.start().isBefore(incident.course().opening()));
    }
    return cause.isConsequence()
        && (isOfColumns || Causes.areConsequences(incident.families()))
        && meet(incident.home(), cause)
        && beginsWith(incident, cause);
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
   * Whether what may follow shows while the incident is still beginning, or, since it takes more
   * rows to see, {@value Course#QUIET} of its own windows later. What goes wrong long after is
   * something new, however long the old goes on.
   */
  private static boolean beginsWith(Incident incident, Cause cause) {
    return cause.windows().stream()
        .filter(window -> window.end().isAfter(incident.started()))
        .anyMatch(
            window ->
                window
                    .start()
                    .minus(Course.lengths(window, Course.QUIET))
                    .isBefore(incident.course().opening()));
  }
}
