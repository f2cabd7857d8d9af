package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Measure;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.ArrayList;
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

  /** What a rule finds in a place in a window, and in those before that it counts. */
  Case examined(Window window, int ofRule, Series place) {
    Rule rule = rules.get(ofRule);
    Optional<Measure> measure = history.value(window, place);
    Tested tested = tested(window, ofRule, place);
    Persistence wanted = Repeats.of(rule, history.granularity());
    boolean isAssumed =
        measure.filter(of -> of.flags().contains(Examination.INDEPENDENCE_ASSUMED)).isPresent();
    Persistence persistence = isAssumed ? Repeats.atLeastTwice(wanted) : wanted;
    double[] limits = new double[persistence.of() - 1];
    double[] changes = new double[limits.length];
    Instant since = window.start();
    Window at = window;
    for (int before = 0; before < limits.length; before++) {
      at = history.before(at);
      Tested then = tested(at, ofRule, place);
      limits[before] = then.fold(found -> found.p(Evidence.LIMIT), untested -> 1.0);
      changes[before] = then.fold(found -> found.p(Evidence.CHANGE), untested -> 1.0);
      double seen = rule.evidence() == Evidence.LIMIT ? limits[before] : changes[before];
      since = seen <= Judgement.LEVEL ? at.start() : since;
    }
    return new Case(
        rule,
        place,
        measure,
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

  private Tested tested(Window window, int ofRule, Series place) {
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
    Map<Series, Tested> ofPlace = ofWindow.get(alike[ofRule]);
    Tested tested = ofPlace.get(place);
    if (tested == null) {
      tested = test(window, rules.get(ofRule), place);
      ofPlace.put(place, tested);
    }
    return tested;
  }

  private Tested test(Window window, Rule rule, Series place) {
    return history
        .value(window, place)
        .map(of -> new Observed(history, window, place, of, rule.against()))
        .map(observed -> Examination.of(observed, rule, telling))
        .orElseGet(
            () ->
                new Tested.Untested(
                    Verdict.Kind.NO_DATA,
                    "Nothing is stored of it in this window, but in one of the "
                        + Judgement.REMEMBERED
                        + " before."));
  }
}
