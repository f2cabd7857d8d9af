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
    Map<Sign, List<Verdict>> groups = new TreeMap<>();
    if (verdicts.stream().noneMatch(of -> of.kind() == Verdict.Kind.BREACH)) {
      return List.of();
    }
    for (Verdict verdict : verdicts) {
      groups.computeIfAbsent(sign(verdict), sign -> new ArrayList<>()).add(verdict);
    }
    List<Cause> causes = new ArrayList<>();
    groups.forEach(
        (sign, all) -> {
          List<Verdict> breaches =
              all.stream().filter(of -> of.kind() == Verdict.Kind.BREACH).toList();
          if (!breaches.isEmpty()) {
            causes.add(new Cause(Home.of(ofFinest(all, breaches)), Set.of(sign), breaches));
          }
        });
    return causes;
  }

  /** How many source columns were tested. */
  int columns(Collection<Verdict> verdicts) {
    return (int)
        verdicts.stream()
            .filter(of -> of.tests().isPresent())
            .map(this::sign)
            .filter(of -> of.kind() == Sign.Kind.COLUMN)
            .distinct()
            .count();
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

  /** By what a verdict's breach shows. */
  Sign sign(Verdict verdict) {
    Family family = verdict.rule().family();
    String column = verdict.subject().column();
    if (family == Family.FAIRNESS) {
      return new Sign(Sign.Kind.GROUPS, column);
    }
    if (family == Family.BUSINESS) {
      return new Sign(Sign.Kind.CONSEQUENCE, family.text() + " " + column);
    }
    if (!column.isEmpty() && !outputs.contains(column)) {
      return new Sign(column.startsWith(SERVICE) ? Sign.Kind.SERVICE : Sign.Kind.COLUMN, column);
    }
    return new Sign(
        CONSEQUENCES.contains(family) ? Sign.Kind.CONSEQUENCE : Sign.Kind.ROWS, family.text());
  }
}
