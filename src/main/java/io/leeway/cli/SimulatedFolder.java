package io.leeway.cli;

import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.SimulatedTables;
import io.leeway.simulate.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A folder with the lender's tables, the result tables and the configuration for both. */
final class SimulatedFolder {
  private static final String CONFIGURATION = "leeway.conf";
  private static final String RESULTS = "results";
  private static final String PREDICTIONS = "predictions";
  private static final String OUTCOMES = "outcomes";
  private static final String LOOP = "loop";
  private static final Set<String> OURS =
      Set.of(CONFIGURATION, RESULTS, PREDICTIONS, OUTCOMES, LOOP);
  private static final String FIRST_LINE = "# Simulated data, made by Leeway.\n";

  private final Path folder;

  SimulatedFolder(Path folder) {
    this.folder = folder;
  }

  Path configuration() {
    return folder.resolve(CONFIGURATION);
  }

  Path predictions() {
    return folder.resolve(PREDICTIONS);
  }

  Path outcomes() {
    return folder.resolve(OUTCOMES);
  }

  /** Of the quickstart's second act. */
  Path loop() {
    return folder.resolve(LOOP);
  }

  Path results() {
    return folder.resolve(RESULTS);
  }

  /**
   * @throws UserException if the folder holds anything
   */
  void refuseForeignFiles() {
    if (!names().isEmpty()) {
      throw new UserException(
          "The folder '" + folder + "' holds files already. Name a new or empty one.");
    }
  }

  /**
   * Empties a folder that a simulation filled before.
   *
   * @throws UserException if it holds anything else
   */
  void clear() {
    Set<String> names = names();
    if (names.isEmpty()) {
      return;
    }
    if (!OURS.containsAll(names) || !isSimulated()) {
      throw new UserException(
          "The folder '"
              + folder
              + "' holds files that no simulation made. Name a new or empty one.");
    }
    try {
      for (String name : names) {
        delete(folder.resolve(name));
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /**
   * Writes the configuration, and the tables as they stand at the end of a day: predictions up to
   * it, and the outcomes known by then.
   *
   * @param overrides lines at the end of the configuration, where they win over those before
   */
  void write(SparkSession spark, Simulation simulation, int lastDay, String overrides) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          configuration(),
          FIRST_LINE
              + LenderConfig.hocon(simulation, "./" + RESULTS, "./" + PREDICTIONS, "./" + OUTCOMES)
              + overrides);
    } catch (IOException e) {
      throw refused(e);
    }
    SimulatedTables.write(
        SimulatedTables.predictions(spark, simulation, 1, lastDay), table(predictions()));
    SimulatedTables.write(
        SimulatedTables.outcomesObserved(spark, simulation, 1, lastDay), table(outcomes()));
  }

  /** Adds one day as it comes in: its predictions, and the outcomes that became known on it. */
  void append(SparkSession spark, Simulation simulation, int day) {
    SimulatedTables.append(
        SimulatedTables.predictions(spark, simulation, day, day), table(predictions()));
    SimulatedTables.append(
        SimulatedTables.outcomesObserved(spark, simulation, day, day), table(outcomes()));
  }

  private static String table(Path path) {
    return path.toAbsolutePath().toString();
  }

  private boolean isSimulated() {
    try {
      return Files.readString(configuration()).startsWith(FIRST_LINE);
    } catch (IOException e) {
      return false;
    }
  }

  private Set<String> names() {
    if (!Files.exists(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static void delete(Path path) throws IOException {
    List<Path> inside;
    try (Stream<Path> files = Files.walk(path)) {
      inside = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : inside) {
      Files.delete(file);
    }
  }

  private EnvironmentException refused(IOException e) {
    return new EnvironmentException(
        "The folder '"
            + folder
            + "' cannot be used ("
            + e
            + "). Name one that can be read and written.",
        e);
  }
}
