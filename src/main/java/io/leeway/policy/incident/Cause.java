package io.leeway.policy.incident;

import io.leeway.domain.Window;
import io.leeway.policy.verdict.Family;
import io.leeway.policy.verdict.Severity;
import io.leeway.policy.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Breaches of windows that end together and have one cause.
 *
 * @param home where it happened
 * @param signs by what it shows, at least one
 * @param breaches at least one
 */
record Cause(Home home, Set<Sign> signs, List<Verdict> breaches) {
  Cause {
    signs = Set.copyOf(signs);
    breaches = List.copyOf(breaches);
    if (breaches.isEmpty() || signs.isEmpty()) {
      throw new IllegalArgumentException("A cause without a sign or a breach: " + home);
    }
  }

  /** Whether all of it may follow from what happened to a column. */
  boolean isConsequence() {
    return signs.stream().allMatch(Sign::isConsequence);
  }

  /** Whether it is a gap between groups, and nothing else. */
  boolean isGap() {
    return Sign.are(signs, Sign.Kind.GROUPS);
  }

  /** Whether it has source columns. */
  boolean hasColumns() {
    return Sign.has(signs, Sign.Kind.COLUMN);
  }

  /** Source columns and, of gaps, attributes. */
  Set<String> columns() {
    return Sign.columns(signs);
  }

  /** Of gaps, those whose groups they are between. */
  Set<String> attributes() {
    return signs.stream()
        .filter(of -> of.kind() == Sign.Kind.GROUPS)
        .flatMap(of -> of.attributes().stream())
        .collect(Collectors.toSet());
  }

  /** Both in one; what may follow from the other says not where, else this one does. */
  Cause and(Cause other) {
    Set<Sign> both = new HashSet<>(signs);
    both.addAll(other.signs);
    List<Verdict> all = new ArrayList<>(breaches);
    all.addAll(other.breaches);
    Home where = isConsequence() && !other.isConsequence() ? other.home : home;
    return new Cause(where, both, all);
  }

  Severity severity() {
    return breaches.stream().map(of -> of.rule().severity()).max(Comparator.naturalOrder()).get();
  }

  Set<Family> families() {
    Set<Family> families = EnumSet.noneOf(Family.class);
    breaches.forEach(of -> families.add(of.rule().family()));
    return families;
  }

  Set<String> metrics() {
    return all(Verdict::metric);
  }

  Set<String> rules() {
    return all(of -> of.rule().id());
  }

  private Set<String> all(Function<Verdict, String> what) {
    Set<String> all = new TreeSet<>();
    breaches.forEach(of -> all.add(what.apply(of)));
    return all;
  }

  /** The windows in which it shows, by granularity. */
  Collection<Window> windows() {
    return breaches.stream().map(of -> of.subject().window()).distinct().toList();
  }

  /**
   * Start of the first window in which it was to be seen, by what says most of it in the shortest
   * windows: of many breaches some look back to a window that was odd by chance.
   */
  Instant since() {
    return breaches.stream()
        .min(Comparator.comparing(Cause::length).thenComparing(SAYS_MOST))
        .map(Verdict::since)
        .get();
  }

  private static Duration length(Verdict of) {
    Window window = of.subject().window();
    return Duration.between(window.start(), window.end());
  }

  /** The greatest severity, then the smallest q. */
  private static final Comparator<Verdict> SAYS_MOST =
      Comparator.comparing((Verdict of) -> of.rule().severity())
          .reversed()
          .thenComparing(of -> of.tests().orElseThrow().q())
          .thenComparing(of -> of.subject().column())
          .thenComparing(of -> of.subject().segment().toString())
          .thenComparing(Verdict::metric);

  /** The breach that says most, of those at home rather than of others. */
  Verdict worst() {
    return breaches.stream()
        .min(
            Comparator.comparing((Verdict of) -> of.rule().severity())
                .reversed()
                .thenComparing(of -> !home.segments().contains(of.subject().segment()))
                .thenComparing(SAYS_MOST))
        .get();
  }
}
