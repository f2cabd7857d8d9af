package io.leeway.cli;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.policy.JudgeJob;
import io.leeway.simulate.Event;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.SimulatedTables;
import io.leeway.simulate.Simulation;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.spark.sql.SparkSession;

/**
 * Twelve days of the lender with all labels, the last ones lacking a column, monitored and judged
 * once for all tests of what people are told to type.
 */
final class MonitoredLender {
  private MonitoredLender() {}

  /** Where it all lies. */
  static Path folder() {
    return Made.FOLDER;
  }

  static String configuration() {
    return Made.FOLDER.resolve("leeway.conf").toString();
  }

  static Store store() {
    return Made.STORE;
  }

  private static final class Made {
    static final Path FOLDER = temporary();
    static final Store STORE = monitored();

    private static Store monitored() {
      SparkSession spark = LocalSpark.session();
      Simulation simulation =
          Simulation.defaults()
              .withDays(12)
              .withRowsPerDay(150)
              .withEvents(new Event.NullBurst("utilisation", 0.9, 10, 12));
      String predictions = FOLDER.resolve("predictions").toString();
      String outcomes = FOLDER.resolve("outcomes").toString();
      SimulatedTables.write(SimulatedTables.predictions(spark, simulation), predictions);
      SimulatedTables.write(SimulatedTables.outcomes(spark, simulation), outcomes);
      LeewayConfig config =
          ConfigLoader.load(
              configuration(
                  LenderConfig.hocon(
                      simulation, FOLDER.resolve("store").toString(), predictions, outcomes)));
      Store store = Store.open(spark, config.store());
      new Monitor(store, line -> {}).run(config.models().get(0), MonitorRequest.due(Instant.now()));
      new JudgeJob(store, line -> {}).run(config.models().get(0), simulation.window().end());
      return store;
    }

    private static Path configuration(String text) {
      try {
        return Files.writeString(FOLDER.resolve("leeway.conf"), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Path temporary() {
      try {
        return Files.createTempDirectory("monitored-lender");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
