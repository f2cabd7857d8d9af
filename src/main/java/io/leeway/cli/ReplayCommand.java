package io.leeway.cli;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.policy.ReplayJob;
import io.leeway.policy.ReplayReport;
import io.leeway.store.Store;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code leeway replay}: what another policy would have said. */
@Command(
    name = "replay",
    description = {
      "Runs a proposed policy over the stored metrics, and says per rule how many alerts and incidents it would have raised, when, and how that differs from the policy in force.",
      "What it needs and is not stored is computed from profiles, where they are kept. Reads no source and writes nothing."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions models;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "The proposed policy: policy = [ {metric = ..., above = ...} ]; that in force unless given.")
  private Path policy;

  @Option(
      names = "--from",
      paramLabel = "DATE|INSTANT",
      description = "Windows that start then or later; a date is midnight in the model's zone.")
  private String from;

  @Option(
      names = "--until",
      paramLabel = "DATE|INSTANT",
      description = "Windows that end then or earlier.")
  private String until;

  ReplayCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    Optional<PointInTime> start =
        Optional.ofNullable(from).map(of -> PointInTime.parse("--from", of));
    Optional<PointInTime> end =
        Optional.ofNullable(until).map(of -> PointInTime.parse("--until", of));
    LeewayConfig config = models.load(sessions);
    LeewayConfig proposed =
        policy == null ? config : ConfigLoader.loadWithPolicy(models.file(sessions), policy);
    Store store = Store.open(sessions.session(), config.store());
    ReplayJob job = new ReplayJob(store, this::progress);
    PrintWriter out = spec.commandLine().getOut();
    for (ModelConfig model : models.chosen(config)) {
      ZoneId zone = model.windows().zone();
      Optional<Instant> first = start.map(of -> of.in(zone));
      Optional<Instant> last = end.map(of -> of.in(zone));
      if (first.isPresent() && last.isPresent() && !first.get().isBefore(last.get())) {
        throw new UserException(
            "--until " + until + " is not after --from " + from + "; write a later --until.");
      }
      ReplayReport report = job.run(model, proposed.model(model.name()), first, last);
      report.words().forEach(out::println);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private void progress(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
