package io.leeway.policy.verdict;

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
  void check(
      Direction direction, double limit, boolean relative, Against against, Severity severity) {
    JudgedMetric judged = JudgedMetric.of(metric).orElseThrow(this::unknown);
    if (!Double.isFinite(limit) || (direction.isChange() ? limit <= 0 : relative)) {
      throw refused(
          "a change has a limit above 0, and only a change may be relative; here the limit is "
              + limit
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
      checkChange(judged, direction, limit, relative);
      if (judged.changes() == JudgedMetric.Changes.RISE && !against.equals(Against.BASELINE)) {
        throw refused(
            "how much a gap between groups has grown is told against the baseline only, not against "
                + against.text()
                + "; leave against out.");
      }
    }
    if (judged.isEstimate() && severity != Severity.INVESTIGATE) {
      throw refused(
          "what is expected of labels that have not come cannot show that the relation of outcome"
              + " and score has changed, so it may only be investigated; write severity ="
              + " investigate.");
    }
    judged
        .recipe()
        .refusal(metric, direction, limit, relative)
        .ifPresent(
            why -> {
              throw refused(why);
            });
  }

  private void checkChange(
      JudgedMetric judged, Direction direction, double limit, boolean relative) {
    if (judged.changes() == JudgedMetric.Changes.NONE) {
      throw refused(
          metric
              + " tells of a change or a gap itself, or is a plain count; write "
              + (direction == Direction.RISES_BY ? "above" : "below")
              + " with a limit of its value instead of "
              + direction.text()
              + ".");
    }
    if (relative && judged.changes() != JudgedMetric.Changes.ANY) {
      throw refused(
          metric
              + " is 0 where nothing is wrong, or may have either sign, so a share of it says"
              + " nothing; write an absolute change, for example "
              + direction.text()
              + " = "
              + Rule.plain(limit)
              + ".");
    }
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
