package io.leeway.retrain.gate;

import io.leeway.config.GateDemand;
import io.leeway.config.GateRule;
import java.util.Locale;

/**
 * A rule about rows taken together, whose metric has a known noise. A comparison must be shown: the
 * whole interval of the difference lies within the margin. A value is held against its limit as
 * measured, the limit itself included.
 */
final class WholeCheck {
  private WholeCheck() {}

  static GateCheck of(Case of, GateRule rule, CheckDraft draft, int[] rows) {
    return Answer.of(of, rule, draft, rows)
        .fold(
            answer -> judged(rule, draft, answer),
            why ->
                draft.fails(
                    String.format(
                        Locale.ROOT, "%s cannot be computed: %s", rule.metric().text(), why)));
  }

  private static GateCheck judged(GateRule rule, CheckDraft draft, Answer answer) {
    if (!rule.demand().isChange()) {
      return value(rule, draft, answer);
    }
    String allowed = Wording.number(answer.allowed());
    if (answer.isShown()) {
      return draft.passes(
          rule.demand() == GateDemand.BETTER
              ? Wording.sentence(
                  answer.values() + ": surely better, by " + Wording.number(-answer.most()))
              : Wording.sentence(
                  answer.values() + ": " + atMost(answer) + ", and " + allowed + " is allowed"));
    }
    if (rule.demand() == GateDemand.BETTER) {
      return draft.fails(
          Wording.sentence(
              answer.values()
                  + ": it may be worse by "
                  + Wording.number(answer.most())
                  + ", so that it is better is not shown"));
    }
    return draft.fails(
        answer.least() > answer.allowed()
            ? Wording.sentence(
                answer.values()
                    + ": surely worse, by "
                    + Wording.number(answer.least())
                    + " at least, and "
                    + allowed
                    + " is allowed")
            : Wording.sentence(
                answer.values()
                    + ": it may be worse by "
                    + Wording.number(answer.most())
                    + ", so that it is within "
                    + allowed
                    + " is not shown"));
  }

  private static GateCheck value(GateRule rule, CheckDraft draft, Answer answer) {
    String limit = Wording.number(rule.limit().value());
    String least = rule.demand() == GateDemand.ABOVE ? "at least " : "at most ";
    return answer.isBeyond()
        ? draft.fails(Wording.sentence(answer.values() + ", but must be " + least + limit))
        : draft.passes(Wording.sentence(answer.values() + ", and must be " + least + limit));
  }

  private static String atMost(Answer answer) {
    return answer.most() < 0
        ? Wording.worse(answer.most()) + " at least"
        : Wording.worse(answer.most()) + " at most";
  }
}
