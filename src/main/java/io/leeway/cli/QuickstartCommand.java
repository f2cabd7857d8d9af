package io.leeway.cli;

import io.leeway.simulate.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leeway quickstart}: the main job on simulated data, from nothing to drifts in words. */
@Command(
    name = "quickstart",
    description = {
      "Simulates 90 days of a lender's model and monitors them: one backfill, then three days live.",
      "Then a second, smaller model is found wrong, retrained, approved, tried, promoted and taken back. Ends with the tables written, the largest drifts in words, and SQL to try."
    },
    mixinStandardHelpOptions = true)
final class QuickstartCommand extends ReportingCommand {
  private static final Path IN_PROJECT = Path.of("target", "quickstart");
  private static final Path ELSEWHERE = Path.of("leeway-quickstart");

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where it all goes; target/quickstart in the project, else leeway-quickstart. "
              + "An earlier quickstart there is replaced.")
  private Path folder;

  QuickstartCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    Instant start = Instant.now();
    Path place = folder != null ? folder : Launcher.isInProject() ? IN_PROJECT : ELSEWHERE;
    SimulatedFolder target = new SimulatedFolder(place);
    target.clear();
    progress(elapsed(start, "Starting Spark on this machine."));
    Quickstart quickstart =
        new Quickstart(
            sessions().session(),
            target,
            Simulation.demoScript(),
            line -> progress(elapsed(start, line)));
    List<String> words = new ArrayList<>(quickstart.run());
    words.add("");
    words.add("The loop, closed over a second, smaller model in " + target.loop() + ":");
    words.add("");
    words.addAll(
        new LoopStory(
                sessions().session(),
                new LoopFolder(sessions().session(), target.loop()),
                line -> progress(elapsed(start, line)))
            .run());
    words.add("");
    words.add("Try next:");
    for (String next : List.of("models list", "models show 2", "audit show", "audit verify")) {
      words.add(
          "  "
              + Launcher.command()
              + " "
              + next
              + " --config "
              + target.loop().resolve("leeway.conf"));
    }
    return Ending.with(words);
  }

  private static String elapsed(Instant start, String line) {
    long seconds = Duration.between(start, Instant.now()).toSeconds();
    return String.format(Locale.ROOT, "[%3d s] %s", seconds, line);
  }
}
