package io.leeway.policy;

import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.policy.verdict.History;
import io.leeway.policy.verdict.Stored;
import io.leeway.store.MetricReader;
import io.leeway.store.PublishedParts.Winner;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads what a judgement looks at. */
final class JudgedValues {
  private final Store store;
  private final String model;
  private final ZoneId zone;
  private final Object[] metrics;
  private final List<Stored> reference;

  /**
   * Of one model.
   *
   * @param reference the parts of the reference's own values, the newest run's first
   */
  JudgedValues(
      Store store, String model, ZoneId zone, Set<String> metrics, List<List<Winner>> reference) {
    this.store = store;
    this.model = model;
    this.zone = zone;
    this.metrics = metrics.toArray();
    this.reference = new ArrayList<>();
    reference.forEach(ofRun -> this.reference.addAll(read(ofRun)));
  }

  /** What some parts hold, as one policy is judged by it and as another is. */
  record Sides(Map<String, History> inForce, Map<String, History> proposed) {}

  /** The values of some parts and of the reference, by granularity. */
  Map<String, History> histories(Collection<Winner> parts) {
    return histories(stored(parts), List.of());
  }

  /**
   * The same, and with values that are not stored.
   *
   * @param unwritten rows of {@code metrics} that a proposed policy would have had written, of any
   *     window; empty where there are none
   */
  Sides sides(Collection<Winner> parts, Optional<Dataset<Row>> unwritten) {
    Map<String, List<Stored>> stored = stored(parts);
    Map<String, History> inForce = histories(stored, List.of());
    return new Sides(
        inForce, unwritten.map(rows -> histories(stored, besides(rows, parts))).orElse(inForce));
  }

  private Map<String, List<Stored>> stored(Collection<Winner> parts) {
    Map<String, List<Stored>> values = new HashMap<>();
    parts.forEach(
        part ->
            values.computeIfAbsent(
                part.part().part().granularity(), key -> new ArrayList<>(reference)));
    for (Stored stored : read(parts)) {
      values.get(stored.subject().granularity()).add(stored);
    }
    return values;
  }

  private Map<String, History> histories(
      Map<String, List<Stored>> stored, Collection<Stored> besides) {
    Map<String, List<Stored>> more =
        besides.stream().collect(Collectors.groupingBy(of -> of.subject().granularity()));
    Map<String, History> histories = new HashMap<>();
    stored.forEach(
        (granularity, of) ->
            histories.put(
                granularity,
                History.of(
                    model, granularity, zone, of, more.getOrDefault(granularity, List.of()))));
    return histories;
  }

  private static List<Stored> besides(Dataset<Row> unwritten, Collection<Winner> parts) {
    Map<String, Set<Window>> windows = new HashMap<>();
    parts.forEach(
        of ->
            windows
                .computeIfAbsent(of.part().part().granularity(), any -> new HashSet<>())
                .add(of.part().part().window()));
    Set<Instant> starts = new HashSet<>();
    windows.values().forEach(of -> of.forEach(window -> starts.add(window.start())));
    List<Stored> besides = new ArrayList<>();
    new MetricReader()
        .read(
            unwritten.where(functions.col("window_start").isInCollection(starts)),
            (subject, measure) -> {
              if (windows
                  .getOrDefault(subject.granularity(), Set.of())
                  .contains(subject.window())) {
                besides.add(new Stored(subject, measure));
              }
            });
    return besides;
  }

  private List<Stored> read(Collection<Winner> parts) {
    List<Stored> values = new ArrayList<>();
    if (!parts.isEmpty()) {
      new MetricReader()
          .read(
              store
                  .read(ResultTable.METRICS, parts)
                  .where(functions.col("metric").isin(metrics))
                  .where(
                      functions
                          .col("granularity")
                          .notEqual(Subject.REFERENCE)
                          .or(functions.col("comparison").equalTo("none"))),
              (subject, measure) -> values.add(new Stored(subject, measure)));
    }
    return values;
  }
}
