package io.leeway.cli;

import io.leeway.cli.bench.IncrementBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench increment}. */
@Command(
    name = "increment",
    description = {
      "One new day after a long history, beside the first day of all, and a run with nothing new.",
      "All three are whole runs of the command monitor, in turn in one process after two rounds that do not count: in a young process a first day would be slow for Java's sake, and the ratio would say nothing. Only 'nothing new, cold' is the first thing that a process does after its Spark session has started."
    },
    mixinStandardHelpOptions = true)
final class IncrementBenchCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;

  @Mixin private BenchTablesOptions tables;

  @Option(
      names = "--days",
      defaultValue = "365",
      description = "Days of history (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--daily",
      defaultValue = "30",
      description =
          "How many of them, the last ones, are monitored one by one (default: ${DEFAULT-VALUE}).")
  private int daily;

  @Option(
      names = "--rows-per-day",
      defaultValue = "2000",
      description = "Rows of each day (default: ${DEFAULT-VALUE}).")
  private int rowsPerDay;

  @Option(
      names = "--columns",
      defaultValue = "5",
      description = "Numeric columns beside score and categories (default: ${DEFAULT-VALUE}).")
  private int columns;

  @Option(
      names = "--roll-up",
      split = ",",
      paramLabel = "DAYS",
      description = "Lengths of roll-ups in days, such as 7,28 (default: none).")
  private List<Integer> rollUps = List.of();

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Runs of each part (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--warm-ups",
      description = "Rounds before them that do not count (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  private int warmUps;

  @Option(
      names = "--cold-runs",
      defaultValue = "3",
      description = "Runs of nothing new in a process of their own (default: ${DEFAULT-VALUE}).")
  private int coldRuns;

  @Option(
      names = "--nothing-new",
      paramLabel = "CONFIG",
      description =
          "Do nothing else but to time one run of monitor with a configuration, of which nothing is due, right after Spark's start.")
  private Path nothingNew;

  IncrementBenchCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SparkSession spark = sessions.session();
    if (nothingNew != null) {
      out.println(IncrementBench.nothingNew(nothingNew, this::inThisProcess));
      out.flush();
      return ExitCode.DONE;
    }
    PrintWriter progress = spec.commandLine().getErr();
    IncrementBench bench =
        IncrementBench.of(
            spark,
            tables.data(),
            new IncrementBench.Size(
                days, daily, rowsPerDay, columns, rollUps, runs, warmUps, coldRuns),
            this::inThisProcess,
            IncrementBenchCommand::inNewProcess,
            progress::println);
    tables.print(out, bench.lines(), bench::json);
    return ExitCode.DONE;
  }

  private String inThisProcess(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Leeway.commandLine(Sessions.running(sessions.session()));
    int code =
        command
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return printed(arguments, code, out.toString(), err.toString());
  }

  /** This very command with other arguments, in a process with this one's settings of Java. */
  private static String inNewProcess(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Leeway.class.getName(), "bench", "increment"));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return printed(arguments, process.waitFor(), out, "what it printed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String printed(List<String> arguments, int code, String out, String err) {
    if (code != ExitCode.DONE) {
      throw new IllegalStateException(arguments + " ended with code " + code + ": " + err);
    }
    return out;
  }
}
