package io.leeway.policy.verdict;

import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.stats.inference.FalseDiscovery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

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
  static final int REMEMBERED = 2;

  private final List<Rule> rules;
  private final Telling telling;

  private Judgement(List<Rule> rules, Telling telling) {
    this.rules = rules;
    this.telling = telling;
  }

  /** By rules, of which those that judge alike count once. */
  public static Judgement by(Collection<Rule> rules) {
    Map<String, Rule> byId = new LinkedHashMap<>();
    rules.forEach(rule -> byId.putIfAbsent(rule.id(), rule));
    return new Judgement(List.copyOf(byId.values()), Telling.WHOLLY);
  }

  /**
   * The same, and many times as fast where little happens: for those who only want breaches. Other
   * verdicts are of the right kind only as far as that they are no breaches.
   */
  public Judgement briefly() {
    return new Judgement(rules, Telling.BRIEFLY);
  }

  /** By the rules of both. */
  public Judgement and(Judgement other) {
    List<Rule> both = new ArrayList<>(rules);
    both.addAll(other.rules);
    return by(both);
  }

  /** Windows before the judged one that may be looked at, in windows of some granularity. */
  public int looksBack(String granularity) {
    return rules.stream()
        .filter(rule -> rule.isOf(granularity))
        .mapToInt(rule -> Repeats.looksBack(rule, granularity))
        .max()
        .orElse(0);
  }

  /** Every metric that may be looked at. */
  public Set<String> metrics() {
    return rules.stream()
        .flatMap(rule -> rule.judged().looksAt().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The verdicts on some windows, in the order of the windows. */
  public List<Verdict> of(History history, Collection<Window> windows) {
    List<Verdict> verdicts = new ArrayList<>();
    Function<Window, List<Verdict>> judge = over(history);
    new TreeSet<>(windows).forEach(window -> verdicts.addAll(judge.apply(window)));
    return verdicts;
  }

  /** The verdicts on a window, of which nothing need be stored. */
  public List<Verdict> of(History history, Window window) {
    return over(history).apply(window);
  }

  /**
   * The verdicts on whichever window is asked for. Who asks for one after the other in the order of
   * time has each value tested once, though each is looked at with the windows after it, too.
   */
  public Function<Window, List<Verdict>> over(History history) {
    Testing testing = new Testing(history, rules, telling);
    return window -> of(history, window, testing);
  }

  /** The breaches among the verdicts on some windows, in the order of the windows. */
  public List<Verdict> breaches(History history, Collection<Window> windows) {
    return briefly().of(history, windows).stream()
        .filter(of -> of.kind() == Verdict.Kind.BREACH)
        .toList();
  }

  private List<Verdict> of(History history, Window window, Testing testing) {
    List<Case> cases = new ArrayList<>();
    List<Verdict> missing = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.isOf(history.granularity()) && rule.holdsAt(window.end())) {
        Set<Series> places = places(history, window, rule);
        cases.addAll(testing.examined(window, i, places));
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
    return rule.judged().isNowAndThen() && history.has(window);
  }

  /** Where a value is, or was a short while ago. */
  private static Set<Series> places(History history, Window window, Rule rule) {
    Set<Series> places = new LinkedHashSet<>();
    Window at = window;
    int remembered = isSilent(history, window, rule) ? 0 : REMEMBERED;
    for (int before = 0; before <= remembered; before++) {
      history.values(at, rule.metric()).keySet().stream().filter(rule::isOf).forEach(places::add);
      at = history.before(at);
    }
    return places;
  }

  private List<Verdict> adjusted(History history, Window window, List<Case> cases) {
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
      double qLimit = of.combinedLimit();
      double qChange = of.combinedChange();
      int size = 0;
      if (of.isInFamily()) {
        int at = next.merge(family, 1, Integer::sum) - 1;
        qLimit = limits.get(family)[at];
        qChange = changes.get(family)[at];
        size = families.get(family).size();
      }
      verdicts.add(of.judge(history, window, qLimit, qChange, size, telling));
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
        window.start(),
        "Nothing is stored in this window or the "
            + REMEMBERED
            + " before that the rule '"
            + rule.text()
            + "' could judge.");
  }
}
