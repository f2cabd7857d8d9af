package io.leeway.retrain.gate;

import io.leeway.config.GateDemand;
import io.leeway.config.GateMetric;
import io.leeway.config.GateRule;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.paired.PairedDifference;

/**
 * What some rows say of a rule whose metric has a known noise.
 *
 * <p>"Worse" is candidate − champion of a loss, champion − candidate of what should be high. A
 * relative margin is a share of the champion's value on these rows; that value is noisy itself, so
 * the noise is that of {@code candidate - (1 + share) champion}, and the interval is moved by the
 * margin to be held against it like any other. Where the champion has no loss at all, no share of
 * it is a margin, and nothing is within.
 *
 * @param values what was measured, in words
 * @param by how far the candidate is worse or beyond the limit, as measured
 * @param least the lower bound of by
 * @param most the upper bound
 * @param allowed what by may be
 * @param pBeyond p-value of "it is within what is allowed"
 */
record Answer(String values, double by, double least, double most, double allowed, double pBeyond) {

  /** Whether it is beyond what is allowed, as measured. */
  boolean isBeyond() {
    return by > allowed;
  }

  /** Whether the whole interval is within what is allowed. */
  boolean isShown() {
    return most < allowed;
  }

  /** Fills in the draft; undefined where the rows cannot tell. */
  static Outcome<Answer> of(Case of, GateRule rule, CheckDraft draft, int[] rows) {
    HoldoutRows holdout = of.holdout();
    draft.rows(holdout, rows);
    return Measured.value(rule.metric(), holdout, holdout.candidate(), rows)
        .flatMap(
            candidate -> {
              draft.candidate(candidate.difference());
              Outcome<PairedDifference> champion =
                  of.usableChampion()
                      .map(scores -> Measured.value(rule.metric(), holdout, scores, rows))
                      .orElseGet(() -> Outcome.undefined("There is no champion."));
              champion.value().ifPresent(value -> draft.champion(value.difference()));
              String values =
                  rule.metric().text()
                      + " is "
                      + Wording.number(candidate.difference())
                      + champion
                          .map(value -> ", the champion's " + Wording.number(value.difference()))
                          .value()
                          .orElse("")
                      + ", on "
                      + Wording.rows(rows.length);
              return rule.demand().isChange()
                  ? champion.flatMap(value -> change(of, rule, draft, rows, values, value))
                  : Outcome.of(value(of, rule, draft, values, candidate));
            });
  }

  private static Answer value(
      Case of, GateRule rule, CheckDraft draft, String values, PairedDifference candidate) {
    double limit = rule.limit().value();
    draft.interval(candidate.interval(of.plan().confidence())).limit(limit);
    PairedDifference beyond =
        rule.demand() == GateDemand.ABOVE
            ? candidate.negated().plus(limit)
            : candidate.plus(-limit);
    Interval interval = beyond.interval(of.plan().confidence());
    return new Answer(
        values, beyond.difference(), interval.low(), interval.high(), 0, beyond.pAbove(0));
  }

  private static Outcome<Answer> change(
      Case of,
      GateRule rule,
      CheckDraft draft,
      int[] rows,
      String values,
      PairedDifference champion) {
    double share = rule.limit().isShare() ? rule.limit().value() : 0;
    double ofChampion = share * champion.difference();
    double allowed = rule.limit().isShare() ? ofChampion : rule.limit().value();
    boolean low = rule.metric().better() == GateMetric.Better.LOW;
    return Measured.difference(
            rule.metric(), of.holdout(), of.usableChampion().orElseThrow(), share, rows)
        .map(contrast -> contrast.plus(ofChampion))
        .map(
            difference -> {
              draft
                  .difference(difference.difference())
                  .interval(difference.interval(of.plan().confidence()))
                  .limit(low ? allowed : -allowed);
              PairedDifference worse = low ? difference : difference.negated();
              Interval interval = worse.interval(of.plan().confidence());
              return new Answer(
                  values,
                  worse.difference(),
                  interval.low(),
                  interval.high(),
                  allowed,
                  worse.pAbove(allowed));
            });
  }
}
