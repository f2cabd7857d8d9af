package io.leeway.retrain.gate;

import io.leeway.config.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the holdout and the scores are good for anything. Many a metric is perfect, or looks it,
 * where it should not exist: AUC of one class, log loss of no rows. So this comes first, and what
 * fails here is not saved by numbers below.
 */
final class DataChecks {
  private DataChecks() {}

  static List<GateCheck> of(Case of) {
    List<GateCheck> checks = new ArrayList<>();
    checks.add(rows(of));
    if (of.holdout().task() != Task.REGRESSION) {
      checks.add(classes(of));
    }
    checks.add(candidate(of));
    of.championObjection()
        .ifPresent(
            objection ->
                checks.add(
                    draft("champion_scores", of)
                        .end(
                            CheckStatus.ERROR,
                            "The champion's scores "
                                + objection
                                + ", so nothing can be compared with them.")));
    return checks;
  }

  private static CheckDraft draft(String metric, Case of) {
    return new CheckDraft(metric, CheckGroup.DATA, metric, true)
        .rows(of.holdout(), of.holdout().all());
  }

  private static GateCheck rows(Case of) {
    int n = of.holdout().n();
    int least = of.plan().minRows();
    CheckDraft draft = draft("rows", of).candidate(n).limit(least);
    String sentence =
        "The holdout has " + Wording.rows(n) + ", and no number is believed below " + least + ".";
    return n >= least ? draft.passes(sentence) : draft.fails(sentence);
  }

  private static GateCheck classes(Case of) {
    long[] counts = of.holdout().classCounts(of.holdout().all());
    int rarest = 0;
    for (int c = 1; c < counts.length; c++) {
      rarest = counts[c] < counts[rarest] ? c : rarest;
    }
    int least = of.plan().minOfEachClass();
    CheckDraft draft =
        draft("rows_of_each_class", of).candidate((double) counts[rarest]).limit(least);
    String sentence =
        counts[rarest] == 0
            ? "The holdout has no row of class " + rarest + "; metrics of fewer classes mislead."
            : "Class "
                + rarest
                + " is the rarest of the holdout with "
                + Wording.rows(counts[rarest])
                + ", and no number is believed below "
                + least
                + ".";
    return counts[rarest] >= least ? draft.passes(sentence) : draft.fails(sentence);
  }

  private static GateCheck candidate(Case of) {
    CheckDraft draft = draft("candidate_scores", of);
    return of.candidateObjection()
        .map(objection -> draft.fails("The candidate's scores " + objection + "."))
        .orElseGet(
            () ->
                draft.passes(
                    of.holdout().task() == Task.REGRESSION
                        ? "The candidate's scores are finite and differ."
                        : "The candidate's scores are probabilities and differ."));
  }
}
