package io.leeway.policy.verdict;

import io.leeway.config.Limit;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.UserException;

/**
 * Refuses rules by which no stored value can be judged, and says what to write instead.
 *
 * @param text the rule in short
 */
record RuleCheck(String metric, String text) {
  private static final String CHANGE = "_change";
  private static final String SUPPORTED = "_supported";

  /**
   * Whether a rule can be judged.
   *
   * @throws UserException if it cannot
   */
  void check(Direction direction, Limit limit, Against against, Severity severity) {
    JudgedMetric judged = JudgedMetric.of(metric).orElseThrow(this::unknown);
    if (direction.isChange() ? limit.value() <= 0 : limit.isShare()) {
      throw refused(
          "a change has a limit above 0, and only a change may be relative; here the limit is "
              + limit.text()
              + ".");
    }
    if (against.isOfHistory()
        && !(direction.isChange() && judged.stands() == JudgedMetric.Stands.ALONE)) {
      throw refused(
          "against "
              + against.text()
              + " is for changes of a value that stands alone, by rises-by or falls-by; write baseline"
              + " or previous.");
    }
    if (direction.isChange()) {
      checkChange(judged, direction, limit);
      if (judged.changes() == JudgedMetric.Changes.RISE && !against.equals(Against.BASELINE)) {
        throw refused(
            "how much a gap between groups has grown is told against the baseline only, not against "
                + against.text()
                + "; leave against out.");
      }
    }
    if (limit.isLearned()) {
      checkLearned(judged, direction, limit, against);
    }
    if (judged.isEstimate() && severity != Severity.INVESTIGATE) {
      throw refused(
          "what is expected of labels that have not come cannot show that the relation of outcome"
              + " and score has changed, so it may only be investigated; write severity ="
              + " investigate.");
    }
    if (!limit.isLearned()) {
      judged
          .recipe()
          .refusal(metric, direction, limit.value(), limit.isShare())
          .ifPresent(
              why -> {
                throw refused(why);
              });
    }
  }

  private void checkChange(JudgedMetric judged, Direction direction, Limit limit) {
    if (judged.changes() == JudgedMetric.Changes.NONE) {
      throw refused(
          metric
              + " tells of a change or a gap itself, or is a plain count; write "
              + (direction == Direction.RISES_BY ? "above" : "below")
              + " with a limit of its value instead of "
              + direction.text()
              + ".");
    }
    if (limit.isShare() && judged.changes() != JudgedMetric.Changes.ANY) {
      throw refused(
          metric
              + " is 0 where nothing is wrong, or may have either sign, so a share of it says"
              + " nothing; write an absolute change, for example "
              + direction.text()
              + " = "
              + Limit.of(limit.value()).text()
              + ".");
    }
  }

  private void checkLearned(
      JudgedMetric judged, Direction direction, Limit limit, Against against) {
    if (against.kind() != Against.Kind.BASELINE) {
      throw refused(
          "what is learned of the reference's windows is measured from the reference, not against "
              + against.text()
              + "; write against = baseline, or a number in place of learned.");
    }
    if (judged.learns(direction)) {
      return;
    }
    Direction change = direction == Direction.ABOVE ? Direction.RISES_BY : Direction.FALLS_BY;
    if (!direction.isChange() && judged.learns(change)) {
      throw refused(
          "a learned limit is a distance from the reference, but "
              + direction.text()
              + " compares the value itself; write "
              + change.text()
              + " = \""
              + limit.text()
              + "\".");
    }
    throw refused(
        "what is stored of "
            + metric
            + " does not tell how much it varies between the reference's windows; write a number in"
            + " place of learned. Learned are falls-by and rises-by of rates, means and scores, and"
            + " above of psi, js_distance, js_divergence and cramers_v.");
  }

  private UserException refused(String why) {
    return new UserException("Rule '" + text + "': " + why);
  }

  private UserException unknown() {
    if (JudgedMetric.of(metric + SUPPORTED).isPresent()) {
      return refused(
          "noise in small groups rules "
              + metric
              + "; write metric = "
              + metric
              + SUPPORTED
              + ", which is over groups large enough.");
    }
    if (metric.endsWith(CHANGE)) {
      return refused(
          "write falls-by or rises-by of "
              + metric.substring(0, metric.length() - CHANGE.length())
              + " instead.");
    }
    return refused(
        "'"
            + metric
            + "' is no metric, or what is stored of it does not tell its noise. Metrics that can be"
            + " watched: "
            + String.join(", ", JudgedMetric.names())
            + ".");
  }
}
