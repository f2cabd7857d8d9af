package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.domain.UserException;
import io.leeway.policy.IncidentDesk;
import io.leeway.policy.incident.Act;
import io.leeway.policy.incident.Change;
import io.leeway.store.Store;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leeway incidents ack}, {@code mitigate} and {@code resolve}. */
abstract class IncidentActCommand implements Callable<Integer> {
  private final Sessions sessions;
  private final Act act;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "ID", description = "As 'leeway incidents list' shows it.")
  private String id;

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who says so.")
  private String by;

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  private String reason;

  private IncidentActCommand(Sessions sessions, Act act) {
    this.sessions = sessions;
    this.act = act;
  }

  /** Somebody looks at it. */
  @Command(
      name = "ack",
      description = "Says that somebody looks at an incident.",
      mixinStandardHelpOptions = true)
  static final class Acknowledge extends IncidentActCommand {
    Acknowledge(Sessions sessions) {
      super(sessions, Act.ACKNOWLEDGE);
    }
  }

  /** It does no more harm. */
  @Command(
      name = "mitigate",
      description = "Says that an incident does no more harm, though it is not mended.",
      mixinStandardHelpOptions = true)
  static final class Mitigate extends IncidentActCommand {
    Mitigate(Sessions sessions) {
      super(sessions, Act.MITIGATE);
    }
  }

  /** It is over. */
  @Command(
      name = "resolve",
      description = "Says that an incident is over. If it is seen again, it is opened again.",
      mixinStandardHelpOptions = true)
  static final class Resolve extends IncidentActCommand {
    Resolve(Sessions sessions) {
      super(sessions, Act.RESOLVE);
    }
  }

  @Override
  public Integer call() {
    if (by.isBlank() || reason.isBlank()) {
      throw new UserException("--by and --reason say who and why; neither may be blank.");
    }
    LeewayConfig config = models.load(sessions);
    IncidentDesk desk = new IncidentDesk(Store.open(sessions.session(), config.store()));
    String model = IncidentShowCommand.owner(desk, models.chosen(config), id);
    Change change = desk.act(model, id, act, by, reason, Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "Incident " + id + " of " + model + " is " + change.incident().state().text() + " now.");
    out.flush();
    return ExitCode.DONE;
  }
}
