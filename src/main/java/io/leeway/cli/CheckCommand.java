package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.policy.JudgeJob;
import io.leeway.serving.ScoreJob;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leeway check}: what is wrong with a configuration, all at once. */
@Command(
    name = "check",
    description = {
      "Checks a configuration, then the tables it names: columns, types, SQL expressions.",
      "Reads no rows and writes nothing. All problems are shown at once."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  CheckCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    LeewayConfig config = models.load(sessions());
    List<ModelOutcome> outcomes =
        ModelLoop.outcomes(
            models.chosen(config),
            model -> {
              progress("Checking model " + model.name() + " ...");
              JudgeJob.requireRules(model);
              SourceCheck.refuseProblems(sessions().session(), model);
              model
                  .retrain()
                  .ifPresent(
                      retrain ->
                          retrain
                              .scoring()
                              .ifPresent(
                                  scoring ->
                                      ScoreJob.check(
                                          sessions().session(),
                                          model,
                                          scoring,
                                          retrain.circuit())));
              return ModelOutcome.passed(model.name());
            });
    List<String> words = new ArrayList<>();
    for (ModelOutcome outcome : outcomes) {
      if (outcome.failure().isEmpty()) {
        words.add(outcome.model() + ": its tables are as its configuration says.");
      }
    }
    if (words.size() == outcomes.size()) {
      words.add(config.source() + ": no problems.");
    }
    words.addAll(CommitSafety.warnings(config, sessions()::setting));
    return new Ending(outcomes, words);
  }
}
