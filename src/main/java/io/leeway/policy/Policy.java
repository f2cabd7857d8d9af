package io.leeway.policy;

import io.leeway.config.ModelConfig;
import io.leeway.domain.RunIdentity;
import io.leeway.policy.verdict.DefaultRules;
import io.leeway.policy.verdict.Judgement;
import io.leeway.policy.verdict.Rule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model's rules, and what of its configuration counts when they are judged.
 *
 * @param granularities those of which metrics are published
 * @param outputs the columns of scores, decisions and labels
 * @param alertHorizon how old a window may be when a restatement of it still opens an incident
 */
record Policy(
    String model,
    List<Rule> rules,
    ZoneId zone,
    Set<String> granularities,
    Set<String> outputs,
    Duration alertHorizon) {
  Policy {
    granularities = Set.copyOf(granularities);
    rules = List.copyOf(rules);
    outputs = Set.copyOf(outputs);
  }

  /**
   * The model's own rules, or the default ones.
   *
   * @throws io.leeway.domain.UserException if a rule cannot be judged, saying what to write
   */
  static Policy of(ModelConfig model) {
    Set<String> outputs = new TreeSet<>(model.predictions().classScores().values());
    model.predictions().score().ifPresent(outputs::add);
    model.predictions().decision().ifPresent(outputs::add);
    model.labels().ifPresent(of -> outputs.add(of.label()));
    outputs.add("label");
    return new Policy(
        model.name(),
        DefaultRules.of(model),
        model.windows().zone(),
        Set.copyOf(model.windows().publish()),
        outputs,
        model.limits().alertHorizon());
  }

  Judgement judgement() {
    return Judgement.by(rules);
  }

  /** The same for the same rules on the same terms. */
  String hash() {
    List<String> texts =
        new ArrayList<>(new TreeSet<>(rules.stream().map(Rule::toString).toList()));
    texts.add(alertHorizon.toString());
    return RunIdentity.hash(texts);
  }
}
