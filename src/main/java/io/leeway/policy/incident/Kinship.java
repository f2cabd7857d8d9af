package io.leeway.policy.incident;

import io.leeway.domain.Window;
import io.leeway.policy.verdict.Family;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
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

  private boolean areMany(Set<String> columns) {
    return columns.size() >= Math.max(MANY, (judged + ONE_IN - 1) / ONE_IN);
  }

  /** Whether two causes that show for the first time, at the same time, are one. */
  boolean areOne(Cause one, Cause other) {
    if (other.isConsequence()) {
      return !isOfServiceOrRows(one) && (one.isGap() ? isOf(one, other) : meet(one.home(), other));
    }
    return !one.columns().isEmpty()
        && !one.isGap()
        && !other.columns().isEmpty()
        && Causes.areOfService(one.columns()) == Causes.areOfService(other.columns())
        && isSameOrPart(one.home(), one.columns(), other.home());
  }

  private boolean isSameOrPart(Home home, Set<String> columns, Home other) {
    return home.equals(other) || (areMany(columns) && home.contains(other));
  }

  /** How the model is served, and what is missing of rows as such. */
  private static boolean isOfServiceOrRows(Cause cause) {
    return !cause.isConsequence()
        && (cause.columns().isEmpty() || Causes.areOfService(cause.columns()));
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

  private static boolean isGap(Incident incident) {
    return incident.families().equals(Set.of(Family.FAIRNESS));
  }

  private static Set<String> attributes(Incident gap) {
    return gap.columns().stream()
        .flatMap(of -> Causes.attributes(of).stream())
        .collect(Collectors.toSet());
  }

  /** Whether a gap is between the groups of one that is there, or of parts of them. */
  private static boolean isCutOf(Incident incident, Cause gap) {
    return incident.families().contains(Family.FAIRNESS)
        && incident.columns().stream()
            .map(Causes::attributes)
            .anyMatch(gap.attributes()::containsAll);
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
    if (cause.isGap() && isCutOf(incident, cause)) {
      return true;
    }
    if (isGap(incident)) {
      return cause.isConsequence()
          && !cause.isGap()
          && cause.home().isCutBy(attributes(incident))
          && beginsWith(incident, cause);
    }
    boolean isOfService = Causes.areOfService(incident.columns());
    if (isOfService != Causes.areOfService(cause.columns())) {
      return false;
    }
    boolean isOfColumns = !incident.columns().isEmpty();
    if (!cause.columns().isEmpty() && !cause.isGap()) {
      boolean isOfSameRows =
          isOfColumns
              ? isSameOrPart(incident.home(), incident.columns(), cause.home())
              : Causes.areConsequences(incident.families())
                  && incident.home().isNestedWith(cause.home());
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
