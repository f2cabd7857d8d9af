package io.leeway.retrain.gate;

import io.leeway.config.GateDemand;
import io.leeway.config.GateMetric.Kind;
import io.leeway.config.GateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Holds a candidate against a plan and the champion. Everything is looked at, whatever has failed
 * before, since people want the whole list; a candidate is blessed where nothing blocks.
 *
 * <p>There are two senses in which a comparison holds:
 *
 * <ul>
 *   <li>Over <b>all rows</b> that the candidate is not worse must be <b>shown</b>: the whole
 *       interval of the paired difference lies within the margin. If rows are too few to show it,
 *       the check fails.
 *   <li>In a <b>part</b> of the rows, a segment, a scenario or between groups, the candidate must
 *       not be <b>surely worse</b> than allowed. A small part that cannot tell does not hold up a
 *       candidate that was shown to be good overall; it is a warning where it looks worse. Over the
 *       segments of one check this is at family-wise level ({@link PartChecks}).
 * </ul>
 *
 * <p>"Surely" and "shown" are by one end of the interval of the plan's confidence, 2.5 % of 95 %.
 * That the candidate is better must be shown, of scenarios too. Limits of values are for values as
 * measured, but in parts, where they must be surely broken.
 *
 * <p>What cannot be computed never passes. Asked of all rows it fails; in a part that has too few
 * rows it is {@code INSUFFICIENT_DATA}, a warning; a slice, an attribute or a scenario of which the
 * holdout has no row fails. A scenario of a period has rows of its own, so where they are older
 * than the tables that is {@code INSUFFICIENT_DATA}, too, and so is what compares with a champion
 * that was trained on them. Without a champion what compares with one is skipped, and values still
 * count. Scores of the champion that are good for nothing are an {@code ERROR}, which blocks.
 *
 * @see <a
 *     href="https://github.com/tensorflow/model-analysis/blob/master/tensorflow_model_analysis/evaluators/metrics_validator.py">TensorFlow
 *     Model Analysis, whose thresholds these follow</a>
 */
public final class Gate {
  private final Case of;

  private Gate(Case of) {
    this.of = of;
  }

  /** The verdict; the same for the same input. */
  public static Verdict check(GatePlan plan, HoldoutRows rows, Facts facts) {
    Gate gate = new Gate(Case.of(plan, rows, facts));
    List<GateCheck> checks = new ArrayList<>(DataChecks.of(gate.of));
    plan.rules().forEach(rule -> checks.addAll(gate.checks(rule)));
    return Verdict.of(checks);
  }

  private List<GateCheck> checks(GateRule rule) {
    if (rule.scenario().isPresent()) {
      return inScenario(rule, rule.scenario().get());
    }
    List<GateCheck> checks = new ArrayList<>(PartChecks.missing(of, rule));
    if (rule.slices().isEmpty() || checks.size() < rule.slices().size()) {
      checks.addAll(possible(rule));
    }
    return checks;
  }

  private List<GateCheck> inScenario(GateRule rule, String name) {
    CheckDraft draft = CheckDraft.of(rule, CheckGroup.SCENARIOS);
    Optional<HoldoutRows> rows = of.holdout().scenario(name);
    if (rows.isEmpty()) {
      return List.of(draft.fails("No row of the holdout is in scenario " + name + "."));
    }
    if (rows.get().n() == 0) {
      return List.of(
          draft.isTooSmall(
              "Scenario "
                  + name
                  + " is not judged: the tables have no labelled row of its period any more."));
    }
    return new Gate(of.within(rows.get())).possible(rule);
  }

  /** Where nothing is missing that the rule is about. */
  private List<GateCheck> possible(GateRule rule) {
    CheckDraft draft = CheckDraft.of(rule, group(rule)).n(of.holdout().n());
    String metric = rule.metric().text();
    if (!rule.metric().fits(of.holdout().task())) {
      return List.of(
          draft.end(
              CheckStatus.ERROR,
              "A model of task " + of.holdout().task().text() + " has no " + metric + "."));
    }
    boolean scored = rule.metric().kind() != Kind.COST;
    if (scored && of.candidateObjection().isPresent()) {
      return List.of(
          draft.fails(
              metric
                  + " cannot be computed: the candidate's scores "
                  + of.candidateObjection().get()
                  + "."));
    }
    if (comparesWithChampion(rule)) {
      if (of.holdout().champion().isEmpty()) {
        return List.of(withoutChampion(rule, draft));
      }
      if (scored && of.championObjection().isPresent()) {
        return List.of(
            draft.end(
                CheckStatus.ERROR,
                metric
                    + " cannot be compared: the champion's scores "
                    + of.championObjection().get()
                    + "."));
      }
    }
    if (!rule.slices().isEmpty()) {
      return PartChecks.ofSegments(of, rule);
    }
    return List.of(rule.scenario().isPresent() ? ofScenario(rule, draft) : ofAll(rule, draft));
  }

  private GateCheck withoutChampion(GateRule rule, CheckDraft draft) {
    return of.holdout()
        .championIsOut()
        .map(
            why ->
                draft.isTooSmall(
                    rule.scenario().map(name -> "In scenario " + name + " ").orElse("")
                        + rule.metric().text()
                        + " is not compared: "
                        + why))
        .orElseGet(draft::hasNoChampion);
  }

  private GateCheck ofAll(GateRule rule, CheckDraft draft) {
    int[] all = of.holdout().all();
    return switch (rule.metric().kind()) {
      case MEAN, AUC -> WholeCheck.of(of, rule, draft, all);
      case WHOLE, CALIBRATION -> ValueCheck.of(of, rule, draft, all);
      case STABILITY -> StabilityCheck.of(of, rule, draft, all);
      case GAP -> FairnessCheck.of(of, rule, draft);
      case COST -> cost(rule, draft);
    };
  }

  private GateCheck ofScenario(GateRule rule, CheckDraft draft) {
    String name = rule.scenario().orElseThrow();
    int[] rows = of.holdout().all();
    draft.rows(of.holdout(), rows);
    Kind kind = rule.metric().kind();
    if (kind.isTested() && rule.demand() != GateDemand.BETTER) {
      return PartChecks.ofScenario(of, rule, draft, rows);
    }
    return PartChecks.objection(of, rule, rows)
        .map(
            why ->
                draft.isTooSmall(
                    "In scenario " + name + " " + rule.metric().text() + " is not judged: " + why))
        .orElseGet(
            () ->
                switch (kind) {
                  case STABILITY -> StabilityCheck.of(of, rule, draft, rows);
                  case WHOLE, CALIBRATION -> ValueCheck.of(of, rule, draft, rows);
                  default -> WholeCheck.of(of, rule, draft, rows);
                });
  }

  /** Times on one machine are noisy; the limit wants room. */
  private GateCheck cost(GateRule rule, CheckDraft draft) {
    OptionalDouble candidate = of.facts().candidateMillis();
    OptionalDouble champion = of.facts().championMillis();
    double limit = rule.limit().value();
    draft.limit(limit);
    if (candidate.isEmpty() || champion.isEmpty()) {
      return draft.fails(rule.metric().text() + " cannot be computed: not both models were timed.");
    }
    double ratio = candidate.getAsDouble() / champion.getAsDouble();
    draft.candidate(ratio);
    String words =
        "A thousand rows take the candidate "
            + Wording.number(candidate.getAsDouble())
            + " ms and the champion "
            + Wording.number(champion.getAsDouble())
            + " ms, "
            + Wording.number(ratio)
            + " times as long"
            + (ratio <= limit ? ", and " : ", but ")
            + Wording.number(limit)
            + " times is the limit";
    return ratio <= limit
        ? draft.passes(Wording.sentence(words))
        : draft.fails(Wording.sentence(words));
  }

  private static boolean comparesWithChampion(GateRule rule) {
    Kind kind = rule.metric().kind();
    return rule.demand().isChange() || kind == Kind.STABILITY || kind == Kind.COST;
  }

  private static CheckGroup group(GateRule rule) {
    if (rule.scenario().isPresent()) {
      return CheckGroup.SCENARIOS;
    }
    if (!rule.slices().isEmpty()) {
      return CheckGroup.SLICES;
    }
    return switch (rule.metric().kind()) {
      case MEAN, AUC -> rule.demand().isChange() ? CheckGroup.CHANGE : CheckGroup.HOLDOUT;
      case WHOLE -> CheckGroup.HOLDOUT;
      case CALIBRATION -> CheckGroup.CALIBRATION;
      case STABILITY -> CheckGroup.STABILITY;
      case GAP -> CheckGroup.FAIRNESS;
      case COST -> CheckGroup.COST;
    };
  }
}
