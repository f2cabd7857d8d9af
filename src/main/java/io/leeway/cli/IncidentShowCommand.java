package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.policy.IncidentDesk;
import io.leeway.policy.incident.Incident;
import io.leeway.store.Store;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leeway incidents show}. */
@Command(
    name = "show",
    description = "Shows an incident: what is known of it, and what happened.",
    mixinStandardHelpOptions = true)
final class IncidentShowCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "ID", description = "As 'leeway incidents list' shows it.")
  private String id;

  IncidentShowCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    LeewayConfig config = models.load(sessions);
    IncidentDesk desk = new IncidentDesk(Store.open(sessions.session(), config.store()));
    String model = owner(desk, models.chosen(config), id);
    Incident incident =
        desk.incidents(model).stream().filter(of -> of.id().equals(id)).findFirst().orElseThrow();
    PrintWriter out = spec.commandLine().getOut();
    out.println("Incident " + id + " of " + model + ": " + incident.headline());
    out.println("  state     " + incident.state().text());
    out.println("  severity  " + incident.severity().text());
    out.println(
        "  started   " + incident.started() + ", last seen before " + incident.course().lastBad());
    out.println("  detected  " + incident.moments().detected());
    out.println("  breaches  " + incident.breaches());
    out.println("  rules     " + String.join("\n            ", new TreeSet<>(incident.rules())));
    incident.owner().ifPresent(of -> out.println("  owner     " + of));
    incident.runbook().ifPresent(of -> out.println("  runbook   " + of));
    out.println("  " + incident.sentence());
    out.println("What happened:");
    desk.events(model, id)
        .forEach(
            event ->
                out.println(
                    "  "
                        + event.at()
                        + "  "
                        + event.event()
                        + " by "
                        + event.actor()
                        + ": "
                        + event.reason()));
    out.flush();
    return ExitCode.DONE;
  }

  /**
   * The model that an incident is of.
   *
   * @throws UserException if none of these models has it
   */
  static String owner(IncidentDesk desk, List<ModelConfig> models, String id) {
    Optional<String> owner =
        models.stream()
            .map(ModelConfig::name)
            .filter(name -> desk.incidents(name).stream().anyMatch(of -> of.id().equals(id)))
            .findFirst();
    return owner.orElseThrow(
        () ->
            new UserException(
                "There is no incident '"
                    + id
                    + "' of "
                    + String.join(", ", models.stream().map(ModelConfig::name).toList())
                    + ". 'leeway incidents list --all' shows what there is."));
  }
}
