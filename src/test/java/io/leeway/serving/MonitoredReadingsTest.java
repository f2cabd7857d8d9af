package io.leeway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ModelConfig;
import io.leeway.monitor.BaselineJob;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.registry.ActKind;
import io.leeway.registry.Details;
import io.leeway.registry.ModelState;
import io.leeway.registry.NewEntry;
import io.leeway.registry.Registry;
import io.leeway.retrain.SmallLoop;
import io.leeway.serving.circuit.CircuitReadings;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoredReadingsTest {
  private final SparkSession spark = LocalSpark.another();

  @TempDir private Path folder;

  private String place() {
    return folder.resolve("store").toString();
  }

  private static ModelState withChampion(Registry registry, int version) {
    registry.act(
        "m",
        state ->
            NewEntry.of(
                ActKind.VERSION_ADDED,
                version,
                "tess",
                "trained",
                Details.of("verdict", "BLESSED")));
    registry.act(
        "m", state -> NewEntry.of(ActKind.PROMOTED, version, "olga", "good", Details.NONE));
    return registry.state("m");
  }

  /** Every answer took 5 ms, and the last day is drawn like the reference. */
  @Test
  void takesLatencyAndDriftOfTheChampionsLastDayAndItsAge() {
    SmallLoop loop =
        new SmallLoop(spark, folder, "circuit { latency-p95 = 100, score-psi = 0.5 }").written();
    ModelConfig model = loop.model(place());
    Store store = loop.store(place());
    new BaselineJob(store, line -> {}).run(model, false);
    new Monitor(store, line -> {}).run(model, MonitorRequest.due(SmallLoop.NOW));
    Instant before = SmallLoop.NOW.minus(Duration.ofDays(30));
    ModelState state = withChampion(new Registry(store, () -> before), 3);
    Instant later = state.champion().orElseThrow().added().plus(Duration.ofDays(2));

    CircuitReadings readings =
        new MonitoredReadings(store, model, loop.retrain(place()).circuit())
            .added(CircuitReadings.of(10, 1, 1), state, later);

    assertThat(readings.calls()).isEqualTo(10);
    assertThat(readings.latencyP95().orElseThrow()).isCloseTo(5.0, within(1e-9));
    assertThat(readings.scorePsi().orElseThrow()).isBetween(0.0, 0.5);
    assertThat(readings.championAge()).hasValue(Duration.ofDays(2));

    // Crowned since, again: what was measured is of its first reign, and tells nothing.
    ModelState since = withChampion(new Registry(store, () -> SmallLoop.NOW), 3);
    CircuitReadings none =
        new MonitoredReadings(store, model, loop.retrain(place()).circuit())
            .added(CircuitReadings.of(10, 1, 1), since, later);
    assertThat(none.latencyP95()).isEmpty();
    assertThat(none.scorePsi()).isEmpty();
  }

  @Test
  void aVersionThatTheMonitorHasNotSeenHasItsAgeAlone() {
    SmallLoop loop =
        new SmallLoop(spark, folder, "circuit { latency-p95 = 100, score-psi = 0.5 }").written();
    ModelState state = withChampion(loop.registry(place()), 7);

    CircuitReadings readings =
        new MonitoredReadings(
                loop.store(place()), loop.model(place()), loop.retrain(place()).circuit())
            .added(CircuitReadings.NONE, state, state.champion().orElseThrow().added());

    assertThat(readings.latencyP95()).isEmpty();
    assertThat(readings.scorePsi()).isEmpty();
    assertThat(readings.championAge()).hasValue(Duration.ZERO);
  }
}
