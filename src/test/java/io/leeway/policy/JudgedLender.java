package io.leeway.policy;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.SimulatedTables;
import io.leeway.simulate.Simulation;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A simulated lender's tables, monitored and judged into stores of their own. */
final class JudgedLender {
  private final Path folder;
  private final Simulation simulation;
  private final String policy;

  /**
   * Writes its tables.
   *
   * @param policy the HOCON list of the rules, or empty for the default ones
   */
  JudgedLender(Path folder, Simulation simulation, String policy) {
    this.folder = folder;
    this.simulation = simulation;
    this.policy = policy;
    write(SimulatedTables.predictions(LocalSpark.session(), simulation), "predictions");
    write(SimulatedTables.outcomes(LocalSpark.session(), simulation), "outcomes");
  }

  private void write(Dataset<Row> rows, String name) {
    rows.coalesce(2).write().format("delta").save(folder.resolve(name).toString());
  }

  LeewayConfig config(String storeName) {
    return withPolicy(storeName, policy);
  }

  LeewayConfig withPolicy(String storeName, String rules) {
    String text =
        LenderConfig.hocon(
                simulation,
                folder.resolve(storeName).toString(),
                folder.resolve("predictions").toString(),
                folder.resolve("outcomes").toString())
            .replace(
                "slices = [[state], [age_band], [gender], [state, age_band]]", "slices = [[state]]")
            .replace("attributes = [gender, age_band]", "attributes = [gender]")
            .replaceAll("features \\{[^}]*}", "features = [income, loan_amount, purpose]")
            .replace("mature-after = 30 days", "mature-after = 0 days")
            .replaceAll("operations \\{[^}]*}", "")
            .replaceAll("(?s)policy = \\[.*?\\n    ]", rules.isEmpty() ? "" : "policy = " + rules);
    return ConfigLoader.load(text, folder);
  }

  Store store(String storeName) {
    return Store.open(LocalSpark.session(), config(storeName).store());
  }

  /** Brings a store up to the end of a day, as a scheduler does on the next. */
  JudgeReport watch(String storeName, int lastDay) {
    ModelConfig model = config(storeName).models().get(0);
    Store store = store(storeName);
    Instant now = simulation.day(lastDay).window().end();
    new Monitor(store, line -> {}).run(model, MonitorRequest.due(now));
    return new JudgeJob(store, line -> {}).run(model, now);
  }
}
