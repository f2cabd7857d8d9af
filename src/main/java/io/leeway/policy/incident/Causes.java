package io.leeway.policy.incident;

import io.leeway.policy.verdict.Family;
import io.leeway.policy.verdict.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of the breaches of windows that end together has one cause for sure, before any of it is put
 * together by where it happened:
 *
 * <ul>
 *   <li>Breaches of one source column, whatever their metrics and segments. A {@link Home} is
 *       sought over all of them.
 *   <li>What follows from columns, family by family: the score, the decision, the label, and what
 *       is of rows as such (performance, calibration, business); a gap by its attributes.
 *   <li>How the model is served, column by column, and what is missing of rows as such, family by
 *       family. Nothing else has its cause there.
 * </ul>
 */
final class Causes {
  /** What follows of inputs, or of how they relate to outcomes. */
  private static final Set<Family> CONSEQUENCES =
      EnumSet.of(
          Family.DRIFT, Family.PERFORMANCE, Family.CALIBRATION, Family.FAIRNESS, Family.BUSINESS);

  /** How the names of columns begin that tell how the model is served. */
  private static final String SERVICE = "operations.";

  /** What is grouped first: a column, or a family of what no column bears. */
  private record Key(String column, Family family, boolean isConsequence)
      implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Comparator.comparing(Key::isConsequence)
          .thenComparing(Key::column)
          .thenComparing(Key::family)
          .compare(this, other);
    }
  }

  private final Set<String> outputs;

  /**
   * For one model.
   *
   * @param outputs the columns of scores, decisions and labels
   */
  Causes(Collection<String> outputs) {
    this.outputs = Set.copyOf(outputs);
  }

  /** The causes of the breaches among some verdicts; what follows comes after what it follows. */
  List<Cause> of(Collection<Verdict> verdicts) {
    Map<Key, List<Verdict>> groups = new TreeMap<>();
    if (verdicts.stream().noneMatch(of -> of.kind() == Verdict.Kind.BREACH)) {
      return List.of();
    }
    for (Verdict verdict : verdicts) {
      groups.computeIfAbsent(key(verdict), key -> new ArrayList<>()).add(verdict);
    }
    List<Cause> causes = new ArrayList<>();
    groups.forEach(
        (key, all) -> {
          List<Verdict> breaches =
              all.stream().filter(of -> of.kind() == Verdict.Kind.BREACH).toList();
          if (!breaches.isEmpty()) {
            causes.add(cause(key, Home.of(ofFinest(all, breaches)), breaches));
          }
        });
    return causes;
  }

  /** The source columns that were tested. */
  Set<String> columns(Collection<Verdict> verdicts) {
    return verdicts.stream()
        .filter(of -> of.tests().isPresent())
        .filter(of -> !key(of).isConsequence())
        .map(of -> of.subject().column())
        .filter(of -> !of.isEmpty() && !outputs.contains(of))
        .collect(Collectors.toSet());
  }

  private static Cause cause(Key key, Home home, List<Verdict> breaches) {
    Set<String> attributes = key.family() == Family.FAIRNESS ? attributes(key.column()) : Set.of();
    boolean isColumn = !key.isConsequence() && !key.column().isEmpty();
    return new Cause(
        home,
        isColumn || !attributes.isEmpty() ? Set.of(key.column()) : Set.of(),
        attributes,
        key.isConsequence(),
        breaches);
  }

  /** Whether all of it may follow from what happened to a column. */
  static boolean areConsequences(Set<Family> families) {
    return CONSEQUENCES.containsAll(families);
  }

  /** Whether all of these columns tell how the model is served. */
  static boolean areOfService(Set<String> columns) {
    return !columns.isEmpty() && columns.stream().allMatch(of -> of.startsWith(SERVICE));
  }

  /** The attributes that a gap's column names. */
  static Set<String> attributes(String column) {
    return Set.of(column.split(", "));
  }

  /**
   * Verdicts of the finest granularity that has a breach, on the metrics that have one: where
   * another metric is fine says nothing of where this one is.
   */
  private static List<Verdict> ofFinest(List<Verdict> all, List<Verdict> breaches) {
    String finest =
        breaches.stream()
            .max(Comparator.comparing(of -> of.subject().window().start()))
            .map(of -> of.subject().granularity())
            .orElseThrow();
    Set<String> metrics = breaches.stream().map(Verdict::metric).collect(Collectors.toSet());
    return all.stream()
        .filter(of -> of.subject().granularity().equals(finest))
        .filter(of -> metrics.contains(of.metric()))
        .toList();
  }

  private Key key(Verdict verdict) {
    Family family = verdict.rule().family();
    String column = verdict.subject().column();
    boolean isOfRows = column.isEmpty() || outputs.contains(column);
    boolean isGap = family == Family.FAIRNESS || family == Family.BUSINESS;
    boolean isConsequence = isGap || (isOfRows && CONSEQUENCES.contains(family));
    return isConsequence && !isGap
        ? new Key("", family, true)
        : new Key(column, isOfRows || isGap ? family : Family.DRIFT, isConsequence);
  }
}
