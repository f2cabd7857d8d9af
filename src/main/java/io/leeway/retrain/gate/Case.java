package io.leeway.retrain.gate;

import io.leeway.config.Task;
import java.util.Optional;

/**
 * A candidate before the gate.
 *
 * @param candidateObjection why its scores are good for nothing, if so
 * @param championObjection the same of the champion, if there is one
 */
record Case(
    GatePlan plan,
    HoldoutRows holdout,
    Facts facts,
    Optional<String> candidateObjection,
    Optional<String> championObjection) {

  static Case of(GatePlan plan, HoldoutRows holdout, Facts facts) {
    boolean probabilities = holdout.task() != Task.REGRESSION;
    return new Case(
        plan,
        holdout,
        facts,
        holdout.candidate().objection(probabilities),
        holdout
            .champion()
            .flatMap(scores -> scores.objection(probabilities))
            // A champion that says the same of every row is poor, but can be compared with.
            .filter(objection -> !objection.equals(Scores.CONSTANT)));
  }

  /**
   * The same candidate in a scenario. Its rows may be few and alike, so one score for all of them
   * is no objection there.
   */
  Case within(HoldoutRows scenario) {
    Case inside = of(plan, scenario, facts);
    return new Case(
        plan,
        scenario,
        facts,
        inside.candidateObjection.filter(objection -> !objection.equals(Scores.CONSTANT)),
        inside.championObjection);
  }

  /** The champion, where its scores can be compared with. */
  Optional<Scores> usableChampion() {
    return championObjection.isPresent() ? Optional.empty() : holdout.champion();
  }
}
