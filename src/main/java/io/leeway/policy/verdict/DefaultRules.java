package io.leeway.policy.verdict;

import io.leeway.config.ModelConfig;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleTerms;
import io.leeway.config.Task;
import io.leeway.domain.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a model is watched by that names no rule. Few rules, each of which people would want to know
 * of:
 *
 * <ul>
 *   <li>Any: PSI above 0.1, null rates up by 0.02, more than 0.1 of the values outside of what the
 *       reference held and, in a single window, fewer than half of the usual rows are investigated.
 *       Values outside are all that tells of a column that was constant, which has no PSI.
 *   <li>With labels: fewer of them than usual by a tenth.
 *   <li>Binary with scores: AUC, measured from 0.5, down by 5 % is investigated, by 10 % an
 *       emergency; log loss up by 10 %, and as much as 0.05 more or less than the scores promise,
 *       are investigated. Accuracy says little of rare outcomes, so it is watched only where there
 *       are no scores.
 *   <li>Multiclass: the same of the accuracy. Regression: the same of the mean absolute error, up.
 *   <li>With attributes of fairness: equalized odds further apart than in the reference by 0.1. How
 *       far they may lie apart at all is for people to say.
 *   <li>With failures: their rate up by 0.01.
 * </ul>
 */
public final class DefaultRules {
  private static final double INVESTIGATED = 0.05;
  private static final double EMERGENCY = 0.1;

  private DefaultRules() {}

  /**
   * The model's own rules, or the default ones where it has none.
   *
   * @throws UserException if a rule cannot be judged, or two judge the same on unlike terms
   */
  public static List<Rule> of(ModelConfig model) {
    if (!model.policy().isEmpty()) {
      List<Rule> rules = model.policy().stream().map(Rule::of).distinct().toList();
      requireUnlike(model.name(), rules);
      return rules;
    }
    return of(
        model.task(),
        model.labels().isPresent(),
        model.predictions().score().isPresent(),
        !model.fairness().attributes().isEmpty(),
        model.operations().failed().isPresent());
  }

  static List<Rule> of(
      Task task, boolean hasLabels, boolean hasScore, boolean hasGroups, boolean hasFailures) {
    List<Rule> rules = new ArrayList<>();
    rules.add(investigate("psi", Direction.ABOVE, 0.1));
    rules.add(investigate("null_rate", Direction.RISES_BY, 0.02));
    rules.add(investigate("out_of_range_rate", Direction.ABOVE, 0.1));
    rules.add(investigate("volume_ratio", Direction.BELOW, 0.5).withPersistence(Repeats.ONCE));
    if (hasFailures) {
      rules.add(investigate("failure_rate", Direction.RISES_BY, 0.01));
    }
    if (!hasLabels) {
      return rules;
    }
    rules.add(relative("label_coverage", Direction.FALLS_BY, 0.1, Severity.INVESTIGATE));
    switch (task) {
      case BINARY -> {
        addFall(rules, hasScore ? "roc_auc" : "accuracy", Direction.FALLS_BY);
        if (hasScore) {
          rules.add(relative("log_loss", Direction.RISES_BY, 0.1, Severity.INVESTIGATE));
          rules.add(investigate("calibration_in_the_large", Direction.ABOVE, 0.05));
          rules.add(investigate("calibration_in_the_large", Direction.BELOW, -0.05));
        }
      }
      case MULTICLASS -> addFall(rules, "accuracy", Direction.FALLS_BY);
      case REGRESSION -> addFall(rules, "mae", Direction.RISES_BY);
      case TELEMETRY -> {}
    }
    if (hasGroups && (task == Task.BINARY || task == Task.MULTICLASS)) {
      rules.add(investigate("equalized_odds_difference_supported", Direction.RISES_BY, 0.1));
    }
    return rules;
  }

  /** Of two that judge alike only one counts, and its terms with it. */
  private static void requireUnlike(String model, List<Rule> rules) {
    Map<String, Rule> byId = new HashMap<>();
    for (Rule rule : rules) {
      Rule before = byId.putIfAbsent(rule.id(), rule);
      if (before != null) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "Model '%s': the rule '%s' is in its policy twice, with %s and with %s. Both judge"
                    + " the same, so only one could say what follows; leave one of them out, or"
                    + " let them differ in what they judge, such as severity, slice or column.",
                model,
                rule.id(),
                terms(before.terms()),
                terms(rule.terms())));
      }
    }
  }

  private static String terms(RuleTerms terms) {
    List<String> texts = new ArrayList<>();
    terms.recoversAt().ifPresent(of -> texts.add("recovers-at = " + of));
    texts.add("cooldown = " + terms.cooldown().toSeconds() + " s");
    terms.owner().ifPresent(of -> texts.add("owner = " + of));
    terms.runbook().ifPresent(of -> texts.add("runbook = " + of));
    return String.join(", ", texts);
  }

  private static void addFall(List<Rule> rules, String metric, Direction worse) {
    rules.add(relative(metric, worse, INVESTIGATED, Severity.INVESTIGATE));
    rules.add(relative(metric, worse, EMERGENCY, Severity.EMERGENCY));
  }

  private static Rule investigate(String metric, Direction direction, double limit) {
    return Rule.of(metric, direction, limit, false, Severity.INVESTIGATE);
  }

  private static Rule relative(
      String metric, Direction direction, double share, Severity severity) {
    return Rule.of(metric, direction, share, true, severity);
  }
}
