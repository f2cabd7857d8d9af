package io.leeway.cli.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench retrain}. */
@Command(
    name = "retrain",
    description = {
      "What retraining would have brought on a folder's data: at the start of each window a model is trained on what was known then, and answers the window's rows beside the published model.",
      "Prints a table in Markdown."
    },
    mixinStandardHelpOptions = true)
public final class RetrainBenchCommand implements Callable<Integer> {
  private final Supplier<SparkSession> session;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "Folder with schema.json, predictions.csv.gz and labels.csv.gz.")
  private Path folder;

  @Option(
      names = "--settings",
      paramLabel = "HOCON",
      required = true,
      description =
          "The block 'retrain', for example \"algorithm = gbt, window = 365 days, holdout = 14 days\".")
  private String settings;

  @Option(
      names = "--every",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "Windows that a model answers before the next is trained.")
  private int every;

  /**
   * The command.
   *
   * @param session starts or finds the Spark session, asked for only if the arguments are right
   */
  public RetrainBenchCommand(Supplier<SparkSession> session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    FolderSchema.read(folder);
    PrintWriter out = spec.commandLine().getOut();
    try {
      Path work = Files.createTempDirectory("leeway-retrain");
      new RetrainWalk(session.get(), work, spec.commandLine().getErr()::println)
          .run(folder, settings, Math.max(1, every))
          .forEach(out::println);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
    return 0;
  }
}
