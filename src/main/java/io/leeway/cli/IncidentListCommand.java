package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.policy.IncidentDesk;
import io.leeway.policy.incident.Incident;
import io.leeway.store.Store;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code leeway incidents list}. */
@Command(
    name = "list",
    description = "Lists each model's incidents that are not resolved, the oldest first.",
    mixinStandardHelpOptions = true)
final class IncidentListCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions models;

  @Option(names = "--all", description = "Resolved ones, too.")
  private boolean all;

  IncidentListCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    LeewayConfig config = models.load(sessions);
    Store store = Store.open(sessions.session(), config.store());
    PrintWriter out = spec.commandLine().getOut();
    for (ModelConfig model : models.chosen(config)) {
      List<Incident> incidents =
          new IncidentDesk(store)
              .incidents(model.name()).stream().filter(of -> all || !of.isResolved()).toList();
      out.println(
          model.name()
              + ": "
              + (incidents.isEmpty() ? "no incident" + (all ? "." : " is open.") : "")
              + (incidents.isEmpty() ? "" : incidents.size() + (all ? " incidents." : " open.")));
      incidents.forEach(incident -> lines(incident).forEach(out::println));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static List<String> lines(Incident incident) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "  %s  %-12s %-11s since %s  %s",
            incident.id(),
            incident.state().text(),
            incident.severity().text(),
            incident.started(),
            incident.headline()));
    return lines;
  }
}
