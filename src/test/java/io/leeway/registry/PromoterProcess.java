package io.leeway.registry;

import io.leeway.config.StoreConfig;
import io.leeway.domain.UserException;
import io.leeway.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/**
 * One of several processes that promote the same version at the same moment: arguments are the
 * store, a folder for signals, a name and a number of rounds.
 */
final class PromoterProcess {
  private PromoterProcess() {}

  public static void main(String[] arguments) throws Exception {
    Path signals = Path.of(arguments[1]);
    String name = arguments[2];
    try (SparkSession spark =
        SparkSession.builder()
            .appName(name)
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.delta.logStore.class", "io.leeway.store.LocalCommits")
            .config("spark.databricks.delta.snapshotPartitions", "1")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      Registry registry =
          new Registry(
              Store.open(
                  spark,
                  new StoreConfig(Optional.of(arguments[0]), Optional.empty(), Optional.empty())));
      for (int round = 1; round <= Integer.parseInt(arguments[3]); round++) {
        await(signals.resolve("look-" + round));
        ModelState seen = registry.state("m");
        Files.createFile(signals.resolve("ready-" + round + "-" + name));
        await(signals.resolve("go-" + round));
        Files.writeString(
            signals.resolve("." + round + name), promoted(registry, seen, round, name));
        Files.move(
            signals.resolve("." + round + name), signals.resolve("done-" + round + "-" + name));
      }
    }
  }

  private static String promoted(Registry registry, ModelState seen, int version, String name) {
    try {
      registry.actOn(seen, state -> Promotion.promote(state, version, false, name, "mine"));
      return "won";
    } catch (UserException e) {
      return e.getMessage();
    }
  }

  private static void await(Path signal) throws IOException, InterruptedException {
    while (!Files.exists(signal)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
