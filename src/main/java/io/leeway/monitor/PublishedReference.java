package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Period;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Subject;
import io.leeway.monitor.metrics.ValueRange;
import io.leeway.store.CommittedRun;
import io.leeway.store.ProfileRows;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What the run that made a baseline has published of the reference. */
final class PublishedReference {
  private final Store store;
  private final ModelConfig model;
  private final CommittedRun run;
  private final Baseline baseline;

  PublishedReference(Store store, ModelConfig model, CommittedRun run, Baseline baseline) {
    this.store = store;
    this.model = model;
    this.run = run;
    this.baseline = baseline;
  }

  /** What of it every window is held against. */
  ReferenceFacts facts() {
    return ReferenceFacts.of(
        versions(),
        model.reference().inheritOnNewVersion(),
        Duration.between(baseline.reference().start(), baseline.reference().end()),
        ranges(),
        spreads(),
        volumes());
  }

  /**
   * Versions that the baseline has reference rows of, {@code ""} for none. What of the reference is
   * published may be another baseline's, where a configuration came back.
   */
  Set<String> versions() {
    Set<String> versions = new TreeSet<>();
    for (PublishedPart part : run.run().parts()) {
      if (part.part().granularity().equals(Subject.REFERENCE)) {
        versions.add(WindowRows.named(part.part().modelVersion()));
      }
    }
    return versions;
  }

  /** Profiles of the whole reference. */
  Dataset<Row> sums() {
    return profiles(Subject.REFERENCE);
  }

  /** Profiles of its base windows, or of all of it. */
  private Dataset<Row> profiles(String granularity) {
    return store
        .read(ResultTable.PROFILES)
        .where(functions.col("model").equalTo(model.name()))
        .where(functions.col("attempt_id").equalTo(baseline.attemptId()))
        .where(functions.col("part").equalTo(ProfileRows.REFERENCE))
        .where(functions.col("granularity").equalTo(granularity));
  }

  /** Between what numeric columns lay in the reference, all versions together. */
  private Map<String, ValueRange> ranges() {
    Map<String, ValueRange> ranges = new HashMap<>();
    Dataset<Row> ends =
        sums()
            .where(functions.col("slice").equalTo("[]"))
            .where(functions.col("minimum").isNotNull())
            .groupBy("column_name")
            .agg(functions.min("minimum"), functions.max("maximum"));
    for (Row row : ends.collectAsList()) {
      ranges.put(row.getString(0), ValueRange.closed(row.getDouble(1), row.getDouble(2)));
    }
    return ranges;
  }

  private SpreadTable spreads() {
    return SpreadTable.read(
        store
            .read(ResultTable.METRICS)
            .where(functions.col("model").equalTo(model.name()))
            .where(functions.col("attempt_id").equalTo(baseline.attemptId()))
            .where(functions.col("granularity").equalTo(Subject.REFERENCE)),
        model.limits().designEffect());
  }

  private ReferenceVolumes volumes() {
    boolean wholly = model.reference().table().isEmpty() && model.reference().where().isEmpty();
    ReferenceVolumes volumes =
        new ReferenceVolumes(
            wholly ? model.windows().within(baseline.reference()) : List.of(),
            model.windows().zone(),
            model.windows().base().equals(new Period(1, Period.Unit.DAY)));
    if (!volumes.isEmpty()) {
      volumes.take(
          profiles(model.windows().base().toString())
              .where(functions.col("column_name").equalTo(baseline.monitored().get(0).name()))
              .where(functions.size(functions.col("segment_values")).leq(1))
              .select("model_version", "slice", "segment", "window_start", "n_rows"));
    }
    return volumes;
  }
}
