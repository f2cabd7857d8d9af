package io.leeway.cli;

import io.leeway.domain.UserException;
import io.leeway.simulate.Event;
import io.leeway.simulate.Simulation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leeway simulate}: a made-up lender's tables, and a configuration that watches them. */
@Command(
    name = "simulate",
    description = {
      "Writes predictions and outcomes of a made-up lender, and a configuration for them.",
      "Events: covariate-shift, new-category, null-burst, stuck-sensor, score-shift, concept-change, fairness-gap, latency-spike, missing-day, version-change; 'demo' is the quickstart's history."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand extends ReportingCommand {
  private static final String DEMO = "demo";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "A new or empty folder.")
  private Path folder;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Predictions in all; 1000 a day unless given.")
  private Long rows;

  @Option(names = "--days", paramLabel = "N", description = "90 unless given.")
  private int days = 90;

  @Option(names = "--seed", paramLabel = "N", description = "Another seed, another history.")
  private long seed = 1;

  @Option(
      names = "--event",
      paramLabel = "NAME[@DAY]",
      description =
          "What goes wrong, from the first day after the reference unless given; repeatable.")
  private List<String> events = List.of();

  SimulateCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    Simulation simulation = simulation();
    SimulatedFolder target = new SimulatedFolder(folder);
    target.refuseForeignFiles();
    progress(
        String.format(
            Locale.ROOT,
            "Simulating %,d predictions on %,d days ...",
            simulation.rows(),
            simulation.days()));
    target.write(sessions().session(), simulation, simulation.days(), "");
    List<String> words = new ArrayList<>();
    words.add(
        String.format(
            Locale.ROOT, "%,d predictions in %s", simulation.rows(), target.predictions()));
    words.add("Their outcomes in " + target.outcomes());
    simulation.events().forEach(event -> words.add(event.story()));
    words.add("Next: " + Launcher.command() + " monitor --config " + target.configuration());
    return Ending.with(words);
  }

  private Simulation simulation() {
    if (days < 1 || (rows != null && rows < 0)) {
      throw new UserException(
          "--days must be at least 1 and --rows at least 0, but they are "
              + days
              + " and "
              + rows
              + ".");
    }
    boolean demo = events.contains(DEMO);
    Simulation simulation =
        (demo ? Simulation.demoScript() : Simulation.defaults()).withSeed(seed).withDays(days);
    if (rows != null) {
      simulation = simulation.withRows(rows);
    }
    List<Event> wanted = new ArrayList<>(simulation.events());
    for (String event : events) {
      if (!event.equals(DEMO)) {
        wanted.add(NamedEvent.parse(event, NamedEvent.usualDay(simulation), days));
      }
    }
    return simulation.withEvents(wanted);
  }
}
