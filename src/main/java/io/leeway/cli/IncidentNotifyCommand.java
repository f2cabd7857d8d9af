package io.leeway.cli;

import io.leeway.config.ChannelConfig;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.NoticesConfig;
import io.leeway.policy.NoticeJob;
import io.leeway.store.Store;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code leeway incidents notify}. */
@Command(
    name = "notify",
    description = {
      "Sends each model's notices that wait, such as for the end of quiet hours or another try.",
      "Reads no source and judges nothing. A receiver that is down does not fail it."
    },
    mixinStandardHelpOptions = true)
final class IncidentNotifyCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions models;

  IncidentNotifyCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    LeewayConfig config = models.load(sessions);
    Store store = Store.open(sessions.session(), config.store());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<ModelOutcome> outcomes =
        ModelLoop.outcomes(
            models.chosen(config),
            model -> {
              words(store, config.notices(), model).forEach(out::println);
              return ModelOutcome.passed(model.name());
            });
    out.flush();
    outcomes.forEach(of -> of.failure().ifPresent(failed -> err.println(failed.message())));
    err.flush();
    return ExitCode.of(outcomes.stream().map(ModelOutcome::exitCode).toList());
  }

  private static List<String> words(Store store, NoticesConfig notices, ModelConfig model) {
    if (notices.channels().stream().noneMatch(ChannelConfig::takesNotices)) {
      return List.of(
          model.name() + ": no channel takes notices; name one in leeway.notices.channels.");
    }
    List<String> sent = new NoticeJob(store, notices).send(model.name());
    if (sent.isEmpty()) {
      return List.of(model.name() + ": nothing waits.");
    }
    return Stream.concat(Stream.of(model.name() + ":"), sent.stream().map(of -> "  " + of))
        .toList();
  }
}
