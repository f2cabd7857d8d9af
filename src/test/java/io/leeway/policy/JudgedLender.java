package io.leeway.policy;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.Window;
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
  private final String slices;

  /**
   * Writes its tables.
   *
   * @param policy the HOCON list of the rules, or empty for the default ones
   */
  JudgedLender(Path folder, Simulation simulation, String policy) {
    this(folder, simulation, policy, "[[state]]");
  }

  /** The same with other slices. */
  JudgedLender(Path folder, Simulation simulation, String policy, String slices) {
    this.folder = folder;
    this.simulation = simulation;
    this.policy = policy;
    this.slices = slices;
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
    return config(storeName, rules, "");
  }

  /**
   * The configuration of a store.
   *
   * @param rules the HOCON list of the rules, or empty for the default ones
   * @param besides further lines of the model
   */
  LeewayConfig config(String storeName, String rules, String besides) {
    String text =
        LenderConfig.hocon(
                simulation,
                folder.resolve(storeName).toString(),
                folder.resolve("predictions").toString(),
                folder.resolve("outcomes").toString())
            .replace(
                "slices = [[state], [age_band], [gender], [state, age_band]]", "slices = " + slices)
            .replace("attributes = [gender, age_band]", "attributes = [gender]")
            .replaceAll("features \\{[^}]*}", "features = [income, loan_amount, purpose]")
            .replace("mature-after = 30 days", "mature-after = 0 days")
            .replaceAll("operations \\{[^}]*}", "")
            .replaceAll(
                "(?s)policy = \\[.*?\\n    ]",
                (rules.isEmpty() ? "" : "policy = " + rules) + "\n" + besides);
    return ConfigLoader.load(text, folder);
  }

  Store store(String storeName) {
    return Store.open(LocalSpark.session(), config(storeName).store());
  }

  Window day(int day) {
    return simulation.day(day).window();
  }

  /** Brings a store up to the end of a day, as a scheduler does on the next. */
  JudgeReport watch(String storeName, int lastDay) {
    return watch(config(storeName).models().get(0), storeName, lastDay);
  }

  /** The same by a configuration of that store. */
  JudgeReport watch(ModelConfig model, String storeName, int lastDay) {
    Store store = store(storeName);
    Instant now = simulation.day(lastDay).window().end();
    new Monitor(store, line -> {}).run(model, MonitorRequest.due(now));
    return new JudgeJob(store, line -> {}).run(model, now);
  }
}
