package io.leeway.policy;

import io.leeway.domain.Subject;
import io.leeway.policy.verdict.History;
import io.leeway.policy.verdict.Stored;
import io.leeway.store.MetricReader;
import io.leeway.store.PublishedParts.Winner;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.functions;

/** Reads what a judgement looks at. */
final class JudgedValues {
  private final Store store;
  private final String model;
  private final ZoneId zone;
  private final Object[] metrics;
  private final List<Stored> reference;

  JudgedValues(
      Store store, String model, ZoneId zone, Set<String> metrics, List<Winner> reference) {
    this.store = store;
    this.model = model;
    this.zone = zone;
    this.metrics = metrics.toArray();
    this.reference = read(reference);
  }

  /** The values of some parts and of the reference, by granularity. */
  Map<String, History> histories(Collection<Winner> parts) {
    Map<String, List<Stored>> values = new HashMap<>();
    parts.forEach(
        part ->
            values.computeIfAbsent(
                part.part().part().granularity(), key -> new ArrayList<>(reference)));
    for (Stored stored : read(parts)) {
      values.get(stored.subject().granularity()).add(stored);
    }
    Map<String, History> histories = new HashMap<>();
    values.forEach((key, of) -> histories.put(key, History.of(model, key, zone, of)));
    return histories;
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
