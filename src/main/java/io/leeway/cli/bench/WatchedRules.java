package io.leeway.cli.bench;

import io.leeway.config.Limit;
import io.leeway.config.RuleConfig;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleTerms;
import io.leeway.policy.verdict.Rule;
import java.util.List;
import java.util.Optional;

/** What made-up models are watched by, each rule with the evidence and repeats of its severity. */
final class WatchedRules {
  static final Rule PSI = above(0.1, "investigate");
  static final Rule PSI_SURELY = above(0.1, "retrain");
  static final Rule ACCURACY = fallsBy(0.05, "investigate");
  static final Rule ACCURACY_SURELY = fallsBy(0.05, "emergency");
  static final Rule ACCURACY_FAR = fallsBy(0.1, "emergency");

  /** The usual ones. */
  static final List<Rule> USUAL = List.of(PSI, PSI_SURELY, ACCURACY, ACCURACY_FAR);

  private WatchedRules() {}

  private static Rule above(double psi, String severity) {
    return rule("psi", Direction.ABOVE, Limit.of(psi), severity);
  }

  private static Rule fallsBy(double share, String severity) {
    return rule("accuracy", Direction.FALLS_BY, Limit.share(share), severity);
  }

  private static Rule rule(String metric, Direction direction, Limit limit, String severity) {
    return Rule.of(
        new RuleConfig(
            metric,
            direction,
            limit,
            Optional.empty(),
            severity,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "baseline",
            "wait",
            RuleTerms.USUAL));
  }
}
