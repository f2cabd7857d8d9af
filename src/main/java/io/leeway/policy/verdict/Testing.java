package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Measure;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The tests of a history by rules. A window is looked at again with each of the next ones, so the
 * tests of the last windows are remembered.
 */
final class Testing {
  private static final Tested NOTHING =
      new Tested.Untested(
          Verdict.Kind.NO_DATA,
          "Nothing is stored of it in this window, but in one of the "
              + Judgement.REMEMBERED
              + " before.");

  private final History history;
  private final List<Rule> rules;
  private final Telling telling;
  private final int most;

  /** By rule, the first one that tests alike. */
  private final int[] alike;

  /** By window, the one longest unused first; then by rule, and place. */
  private final Map<Window, List<Map<Series, Tested>>> known = new LinkedHashMap<>(16, 0.75f, true);

  Testing(History history, List<Rule> rules, Telling telling) {
    this.history = history;
    this.rules = rules;
    this.telling = telling;
    this.most =
        1
            + rules.stream()
                .mapToInt(rule -> Repeats.looksBack(rule, history.granularity()))
                .max()
                .orElse(0);
    this.alike =
        rules.stream()
            .mapToInt(
                rule ->
                    IntStream.range(0, rules.size())
                        .filter(first -> rules.get(first).testsAs(rule))
                        .findFirst()
                        .orElseThrow())
            .toArray();
  }

  /** A window, with what is stored there of a rule's metric and what the rule has found of it. */
  private record Look(Window window, Map<Series, Measure> stored, Map<Series, Tested> tested) {}

  /** What a rule finds in places of a window, and in the windows before that it counts. */
  List<Case> examined(Window window, int ofRule, Collection<Series> places) {
    Rule rule = rules.get(ofRule);
    Persistence wanted = Repeats.of(rule, history.granularity());
    List<Look> looks = new ArrayList<>();
    Window at = window;
    for (int before = 0; before < Repeats.atLeastTwice(wanted).of(); before++) {
      looks.add(new Look(at, history.values(at, rule.metric()), tested(at, ofRule)));
      at = history.before(at);
    }
    List<Case> cases = new ArrayList<>(places.size());
    places.forEach(place -> cases.add(examined(looks, rule, wanted, place)));
    return cases;
  }

  /**
   * The same of one place.
   *
   * @param looks at the window, and at those before it, the latest first
   */
  private Case examined(List<Look> looks, Rule rule, Persistence wanted, Series place) {
    Look now = looks.get(0);
    Measure measure = now.stored().get(place);
    Tested tested = tested(now, rule, place);
    boolean isAssumed =
        measure != null && measure.flags().contains(Examination.INDEPENDENCE_ASSUMED);
    Persistence persistence = isAssumed ? Repeats.atLeastTwice(wanted) : wanted;
    double[] limits = new double[persistence.of() - 1];
    double[] changes = new double[limits.length];
    Instant since = now.window().start();
    for (int before = 0; before < limits.length; before++) {
      Look look = looks.get(before + 1);
      Tested then = tested(look, rule, place);
      limits[before] = then.fold(found -> found.p(Evidence.LIMIT), untested -> 1.0);
      changes[before] = then.fold(found -> found.p(Evidence.CHANGE), untested -> 1.0);
      double seen = rule.evidence() == Evidence.LIMIT ? limits[before] : changes[before];
      since = seen <= Judgement.LEVEL ? look.window().start() : since;
    }
    return new Case(
        rule,
        place,
        Optional.ofNullable(measure),
        tested,
        persistence,
        combined(tested, limits, persistence, Evidence.LIMIT),
        combined(tested, changes, persistence, Evidence.CHANGE),
        since);
  }

  private static double combined(
      Tested latest, double[] earlier, Persistence persistence, Evidence evidence) {
    return latest.fold(
        found -> Repeats.combined(found.p(evidence), earlier, persistence), untested -> 1.0);
  }

  /** What a rule has found in a window so far, place by place. */
  private Map<Series, Tested> tested(Window window, int ofRule) {
    List<Map<Series, Tested>> ofWindow = known.get(window);
    if (ofWindow == null) {
      ofWindow = new ArrayList<>();
      for (int i = 0; i < rules.size(); i++) {
        ofWindow.add(new HashMap<>());
      }
      known.put(window, ofWindow);
      if (known.size() > most) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return ofWindow.get(alike[ofRule]);
  }

  private Tested tested(Look look, Rule rule, Series place) {
    return look.tested().computeIfAbsent(place, any -> test(look, rule, place));
  }

  private Tested test(Look look, Rule rule, Series place) {
    Measure measure = look.stored().get(place);
    return measure == null
        ? NOTHING
        : Examination.of(
            new Observed(history, look.window(), place, measure, rule.against()), rule, telling);
  }
}
