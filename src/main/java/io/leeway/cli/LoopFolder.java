package io.leeway.cli;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.domain.EnvironmentException;
import io.leeway.simulate.LoopConfig;
import io.leeway.simulate.SimulatedTables;
import io.leeway.simulate.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of the small model whose loop is closed, below the quickstart's folder. */
final class LoopFolder {
  /** What a prediction has and an application has not. */
  private static final String[] ANSWERS = {
    "model_version", "probability", "decision", "latency_ms", "cost_aud", "status"
  };

  private final SparkSession spark;
  private final Path folder;

  LoopFolder(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  Path configuration() {
    return folder.resolve("leeway.conf");
  }

  /**
   * Writes the configuration.
   *
   * @param referenceDays from the first day on
   * @param overrides lines at the end, where they win over those before
   */
  LeewayConfig configured(Simulation simulation, int referenceDays, String overrides) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          configuration(),
          LoopConfig.hocon(
                  simulation,
                  simulation.firstDay().plusDays(referenceDays),
                  "./results",
                  "./predictions",
                  "./outcomes",
                  "./applications")
              + overrides);
    } catch (IOException e) {
      throw new EnvironmentException("The folder '" + folder + "' cannot be used (" + e + ").", e);
    }
    return ConfigLoader.load(configuration());
  }

  /** What the configuration says. */
  String text() {
    try {
      return Files.readString(configuration());
    } catch (IOException e) {
      throw new EnvironmentException(
          "The file '" + configuration() + "' cannot be read (" + e + ").", e);
    }
  }

  /** Predictions of some days by the lender's service, all or those of some applications. */
  void predicted(Simulation simulation, int fromDay, int lastDay, Column which) {
    SimulatedTables.append(
        SimulatedTables.predictions(spark, simulation, fromDay, lastDay).where(which),
        table("predictions"));
  }

  /** Applications of some days, which nobody has answered yet. */
  void applied(Simulation simulation, int fromDay, int lastDay) {
    Dataset<Row> answered = SimulatedTables.predictions(spark, simulation, fromDay, lastDay);
    SimulatedTables.append(answered.drop(ANSWERS), table("applications"));
  }

  /** What became of the applications of some days, whenever it came to be known. */
  void turnedOut(Simulation simulation, int fromDay, int lastDay) {
    SimulatedTables.append(
        SimulatedTables.outcomes(spark, simulation, fromDay, lastDay), table("outcomes"));
  }

  /** What was known by the end of a day of the applications of the days up to it. */
  void knownBy(Simulation simulation, int lastDay) {
    SimulatedTables.append(
        SimulatedTables.outcomesObserved(spark, simulation, 1, lastDay), table("outcomes"));
  }

  private String table(String name) {
    return folder.resolve(name).toAbsolutePath().toString();
  }
}
