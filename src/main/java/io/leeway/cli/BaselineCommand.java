package io.leeway.cli;

import io.leeway.monitor.BaselineJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leeway baseline}: freezes what windows are held against. */
@Command(
    name = "baseline",
    description =
        "Freezes each model's bins and profiles its reference, unless that is done already.",
    mixinStandardHelpOptions = true)
final class BaselineCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  @Option(names = "--force", description = "Make the baseline again though it is there.")
  private boolean force;

  BaselineCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    return ModelLoop.run(
        models,
        sessions(),
        (config, store, model) ->
            ModelOutcome.done(new BaselineJob(store, this::progress).run(model, force)));
  }
}
