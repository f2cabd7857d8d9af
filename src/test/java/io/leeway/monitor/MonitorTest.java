package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.SimulatedTables;
import io.leeway.simulate.Simulation;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorTest {
  @Test
  void scansOnlyWhatIsNew(@TempDir Path folder) {
    SparkSession spark = LocalSpark.session();
    Simulation simulation =
        Simulation.defaults()
            .withFirstDay(LocalDate.of(2026, 1, 1))
            .withDays(64)
            .withRowsPerDay(60);
    String predictions = folder.resolve("predictions").toString();
    SimulatedTables.write(SimulatedTables.predictions(spark, simulation, 1, 62), predictions);
    LeewayConfig config =
        ConfigLoader.load(
            LenderConfig.hocon(
                simulation,
                folder.resolve("store").toString(),
                predictions,
                folder.resolve("outcomes").toString()),
            folder);
    ModelConfig model = config.models().get(0);
    Store store = Store.open(spark, config.store());
    Monitor monitor = new Monitor(store, System.err::println);

    ModelReport first = monitor.run(model, MonitorRequest.due());
    assertThat(first.result()).isEqualTo(Result.DONE);
    long referenceDays =
        ChronoUnit.DAYS.between(
            model.reference().from().orElseThrow(), model.reference().until().orElseThrow());
    assertThat(first.windows()).hasSize((int) (62 - referenceDays));
    assertThat(first.rows()).isEqualTo(60 * (62 - referenceDays));

    ModelReport second = monitor.run(model, MonitorRequest.due());
    assertThat(second.result()).isEqualTo(Result.NOTHING_DUE);

    SimulatedTables.append(SimulatedTables.predictions(spark, simulation, 63, 63), predictions);
    ModelReport third = monitor.run(model, MonitorRequest.due());
    assertThat(third.windows()).hasSize(1);
    assertThat(third.rows()).isEqualTo(60);
    store.read(ResultTable.METRICS).groupBy("granularity", "comparison").count().show();
  }
}
