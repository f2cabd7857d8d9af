package io.leeway.cli;

import io.leeway.domain.EnvironmentException;
import io.leeway.monitor.Code;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that ends with words, a summary for schedulers and an exit code. */
abstract class ReportingCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private SummaryOptions summary;

  ReportingCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Does the work; an exception ends the command, and is worded elsewhere. */
  abstract Ending work();

  @Override
  public final Integer call() {
    Instant started = Instant.now();
    Ending ending = Ending.with(List.of());
    Optional<Failure> failure = Optional.empty();
    try {
      ending = work();
    } catch (Exception | Error e) {
      failure = Optional.of(Failure.of(e, name()));
    }
    ending.words().forEach(out()::println);
    return tell(started, ending, failure);
  }

  /** Arguments that were not understood: nothing was done, but the scheduler hears of it. */
  final int refused(String message) {
    Failure failure = new Failure(Failure.Family.USER, message, false);
    return tell(Instant.now(), Ending.with(List.of()), Optional.of(failure));
  }

  private int tell(Instant started, Ending ending, Optional<Failure> failure) {
    failure.ifPresent(failed -> err().println(failed.message()));
    ending
        .models()
        .forEach(model -> model.failure().ifPresent(failed -> err().println(failed.message())));
    CommandSummary told =
        new CommandSummary(
            spec.name(), started, Instant.now(), Code.version(), failure, ending.models());
    int code = told.exitCode();
    if (summary.address().isPresent() && !written(told, summary.address().get())) {
      code = ExitCode.of(List.of(code, ExitCode.ENVIRONMENT));
    }
    if (summary.printed()) {
      out().println(told.json());
    }
    return code;
  }

  private boolean written(CommandSummary told, String address) {
    String where = "The summary '" + address + "'";
    try {
      SummaryFile.write(address, told.json(), sessions.hadoop());
      return true;
    } catch (IOException | RuntimeException e) {
      Failure failure = Failure.of(e, where);
      EnvironmentException worded =
          new EnvironmentException(
              where + " cannot be written (" + e + "). Name a place that can, by --summary-out.",
              e);
      err()
          .println(
              failure.family() == Failure.Family.BUG ? worded.getMessage() : failure.message());
      return false;
    }
  }

  final Sessions sessions() {
    return sessions;
  }

  /**
   * For what is being done, which Spark's own pages then show beside the stages that do it; results
   * go to {@link #out()}.
   */
  final void progress(String line) {
    sessions.describe(line);
    err().println(line);
    err().flush();
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private String name() {
    return "leeway " + spec.name();
  }
}
