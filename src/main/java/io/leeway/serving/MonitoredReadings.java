package io.leeway.serving;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.CircuitConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.Comparison;
import io.leeway.domain.Part;
import io.leeway.domain.Slice;
import io.leeway.registry.CircuitEntry;
import io.leeway.registry.ModelState;
import io.leeway.registry.Version;
import io.leeway.serving.circuit.CircuitReadings;
import io.leeway.store.PublishedParts;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * Adds to what a scoring saw what the monitor has published of the champion's last base window: how
 * long answers took, and how far the scores have drifted; and how old the champion is. Only what
 * the circuit is configured to look at is read; what is not published opens nothing.
 */
public final class MonitoredReadings {
  private static final String LATENCY = "operations.latency";

  private final Store store;
  private final ModelConfig model;
  private final CircuitConfig config;

  public MonitoredReadings(Store store, ModelConfig model, CircuitConfig config) {
    this.store = store;
    this.model = model;
    this.config = config;
  }

  /** The same readings and more. */
  public CircuitReadings added(CircuitReadings seen, ModelState state, Instant now) {
    Optional<Version> champion = state.champion();
    if (champion.isEmpty()) {
      return seen;
    }
    CircuitReadings readings = seen.withChampionAge(Duration.between(champion.get().added(), now));
    if (config.latencyP95().isEmpty() && config.scorePsi().isEmpty()) {
      return readings;
    }
    List<PublishedParts.Winner> last = lastWindow(champion.get(), since(state));
    if (last.isEmpty()) {
      return readings;
    }
    Optional<Double> latency = value(last, "p95", LATENCY, Optional.empty());
    Optional<Double> psi =
        model
            .predictions()
            .score()
            .flatMap(of -> value(last, "psi", of, Optional.of(Comparison.BASELINE)));
    readings = latency.map(readings::withLatencyP95).orElse(readings);
    return psi.map(readings::withScorePsi).orElse(readings);
  }

  /** What was before the champion's time, or before the circuit's last change, tells nothing. */
  private static Instant since(ModelState state) {
    Instant crowned = state.crowned().orElse(Instant.MIN);
    return state.circuit().map(CircuitEntry::since).filter(crowned::isBefore).orElse(crowned);
  }

  /** The part of the champion's last base window that began since then. */
  private List<PublishedParts.Winner> lastWindow(Version champion, Instant since) {
    String base = model.windows().base().toString();
    return PublishedParts.of(new RunLedger(store).committed(model.name()))
        .only(Part.Kind.INPUTS)
        .winners()
        .stream()
        .filter(of -> of.part().part().granularity().equals(base))
        .filter(of -> champion.text().equals(of.part().part().modelVersion()))
        .filter(of -> !of.part().part().window().start().isBefore(since))
        .max(Comparator.comparing(of -> of.part().part().window().end()))
        .map(List::of)
        .orElse(List.of());
  }

  private Optional<Double> value(
      List<PublishedParts.Winner> parts,
      String metric,
      String column,
      Optional<Comparison> comparison) {
    Column wanted =
        col("metric")
            .equalTo(lit(metric))
            .and(col("column_name").equalTo(lit(column)))
            .and(col("slice").equalTo(lit(Slice.OVERALL.toString())))
            .and(col("value").isNotNull());
    if (comparison.isPresent()) {
      wanted = wanted.and(col("comparison").equalTo(lit(comparison.get().text())));
    }
    List<Row> found =
        store.read(ResultTable.METRICS, parts).where(wanted).select("value").collectAsList();
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0).getDouble(0));
  }
}
