package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.stats.inference.FalseDiscovery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges stored values by rules. It is a function of the values and the rules alone, and what it
 * says of one window does not depend on which others are judged with it.
 *
 * <p>Of a window every value that a rule is for is tested, with as many windows before it as the
 * rule looks back at; combined p-values are then adjusted within the window, family by family and
 * over all versions together. Values without a test, with too few rows or waiting for labels are in
 * no family.
 */
public final class Judgement {
  /** The largest q of a breach. */
  static final double LEVEL = 0.05;

  /** The largest p at which a 95 % interval is wholly on one side of the limit. */
  static final double TAIL = 0.025;

  /** Windows before, in which a place was seen that is missed now. */
  private static final int REMEMBERED = 2;

  private final List<Rule> rules;

  private Judgement(List<Rule> rules) {
    this.rules = rules;
  }

  /** By rules, of which equal ones count once. */
  public static Judgement by(Collection<Rule> rules) {
    return new Judgement(rules.stream().distinct().toList());
  }

  /** The verdicts on some windows, in the order of the windows. */
  public List<Verdict> of(History history, Collection<Window> windows) {
    List<Verdict> verdicts = new ArrayList<>();
    new TreeSet<>(windows).forEach(window -> verdicts.addAll(of(history, window)));
    return verdicts;
  }

  /** The verdicts on a window, of which nothing need be stored. */
  public List<Verdict> of(History history, Window window) {
    List<Case> cases = new ArrayList<>();
    List<Verdict> missing = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.isOf(history.granularity())) {
        Set<Series> places = places(history, window, rule);
        places.forEach(place -> cases.add(examined(history, window, rule, place)));
        if (places.isEmpty() && !isSilent(history, window, rule)) {
          missing.add(nowhere(history, window, rule));
        }
      }
    }
    List<Verdict> verdicts = adjusted(history, window, cases);
    verdicts.addAll(missing);
    return verdicts;
  }

  /** Whether nothing is to be said where nothing is stored of the metric. */
  private static boolean isSilent(History history, Window window, Rule rule) {
    return rule.judged().isNowAndThen() && !history.values(window).isEmpty();
  }

  /** Where a value is, or was a short while ago, in order. */
  private static Set<Series> places(History history, Window window, Rule rule) {
    TreeSet<Series> places = new TreeSet<>();
    if (isSilent(history, window, rule)) {
      history.values(window).keySet().stream().filter(rule::isOf).forEach(places::add);
      return places;
    }
    Window at = window;
    for (int before = 0; before <= REMEMBERED; before++) {
      history.values(at).keySet().stream().filter(rule::isOf).forEach(places::add);
      at = history.before(at);
    }
    return places;
  }

  private static Case examined(History history, Window window, Rule rule, Series place) {
    Optional<Measure> measure = history.value(window, place);
    Tested tested = tested(history, window, rule, place);
    Persistence wanted = Repeats.of(rule, history.granularity());
    boolean isAssumed =
        measure.filter(of -> of.flags().contains(Examination.INDEPENDENCE_ASSUMED)).isPresent();
    Persistence persistence = isAssumed ? Repeats.atLeastTwice(wanted) : wanted;
    double[] limits = new double[persistence.of() - 1];
    double[] changes = new double[limits.length];
    Window at = window;
    for (int before = 0; before < limits.length; before++) {
      at = history.before(at);
      Tested then = tested(history, at, rule, place);
      limits[before] = then.fold(found -> found.p(Evidence.LIMIT), untested -> 1.0);
      changes[before] = then.fold(found -> found.p(Evidence.CHANGE), untested -> 1.0);
    }
    return new Case(
        rule,
        place,
        measure,
        tested,
        persistence,
        combined(tested, limits, persistence, Evidence.LIMIT),
        combined(tested, changes, persistence, Evidence.CHANGE));
  }

  private static double combined(
      Tested latest, double[] earlier, Persistence persistence, Evidence evidence) {
    return latest.fold(
        found -> Repeats.combined(found.p(evidence), earlier, persistence), untested -> 1.0);
  }

  private static Tested tested(History history, Window window, Rule rule, Series place) {
    return history
        .value(window, place)
        .map(of -> new Observed(history, window, place, of, rule.against()))
        .map(observed -> Examination.of(observed, rule))
        .orElseGet(
            () ->
                new Tested.Untested(
                    Verdict.Kind.NO_DATA,
                    "Nothing is stored of it in this window, but in one of the "
                        + REMEMBERED
                        + " before."));
  }

  private static List<Verdict> adjusted(History history, Window window, List<Case> cases) {
    Map<Family, List<Case>> families = new EnumMap<>(Family.class);
    cases.stream()
        .filter(Case::isInFamily)
        .forEach(
            of -> families.computeIfAbsent(of.rule().family(), any -> new ArrayList<>()).add(of));
    Map<Family, double[]> limits = new EnumMap<>(Family.class);
    Map<Family, double[]> changes = new EnumMap<>(Family.class);
    families.forEach(
        (family, of) -> {
          limits.put(family, q(of, Evidence.LIMIT));
          changes.put(family, q(of, Evidence.CHANGE));
        });
    Map<Family, Integer> next = new EnumMap<>(Family.class);
    List<Verdict> verdicts = new ArrayList<>();
    for (Case of : cases) {
      Family family = of.rule().family();
      if (of.isInFamily()) {
        int at = next.merge(family, 1, Integer::sum) - 1;
        double[] q = limits.get(family);
        verdicts.add(of.judge(history, window, q[at], changes.get(family)[at], q.length));
      } else {
        verdicts.add(of.judge(history, window, of.combinedLimit(), of.combinedChange(), 0));
      }
    }
    return verdicts;
  }

  private static double[] q(List<Case> family, Evidence evidence) {
    return FalseDiscovery.adjusted(
        family.stream()
            .mapToDouble(
                of -> evidence == Evidence.LIMIT ? of.combinedLimit() : of.combinedChange())
            .toArray());
  }

  /** Silence is no success: a rule that nothing is stored for says so. */
  private static Verdict nowhere(History history, Window window, Rule rule) {
    Subject subject =
        new Subject(
            history.model(),
            null,
            history.granularity(),
            window,
            Segment.ALL,
            rule.column().orElse(""));
    return new Verdict(
        subject,
        rule.metric(),
        rule.classLabel().orElse(null),
        rule.judged().storedAs(rule.against()),
        rule,
        Verdict.Kind.NO_DATA,
        Repeats.of(rule, history.granularity()),
        Optional.empty(),
        Optional.empty(),
        "Nothing is stored in this window or the "
            + REMEMBERED
            + " before that the rule '"
            + rule.text()
            + "' could judge.");
  }
}
