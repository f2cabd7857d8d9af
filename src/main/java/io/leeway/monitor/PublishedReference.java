package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Period;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.monitor.metrics.OutcomeMembers;
import io.leeway.monitor.metrics.ValueRange;
import io.leeway.profile.NumericProfile;
import io.leeway.scan.MonitoredColumn;
import io.leeway.store.CommittedRun;
import io.leeway.store.ProfileReader;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
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
    Map<String, ValueRange> ranges = new HashMap<>();
    ReferenceVolumes volumes = noVolumes();
    Iterator<Row> told = told(!volumes.isEmpty()).toLocalIterator();
    while (told.hasNext()) {
      Row row = told.next();
      if (row.getString(0).equals(Subject.REFERENCE)) {
        ValueRange range = ValueRange.closed(row.getDouble(6), row.getDouble(7));
        ranges.merge(row.getString(4), range, ValueRange::with);
      } else {
        volumes.put(
            WindowRows.named(row.getString(1)),
            row.getString(2),
            row.getString(3),
            row.getTimestamp(5).toInstant(),
            row.getLong(8));
      }
    }
    return ReferenceFacts.of(
        versions(),
        model.reference().inheritOnNewVersion(),
        Duration.between(baseline.reference().start(), baseline.reference().end()),
        ranges,
        spreads(),
        volumes);
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
    return profiles().where(functions.col("granularity").equalTo(Subject.REFERENCE));
  }

  /**
   * Of each class the delays of its labels, all versions together, in the order of the classes;
   * empty where labels of several classes tell none.
   */
  List<NumericProfile> delays() {
    List<MonitoredColumn> columns =
        baseline.monitored(Part.Kind.OUTCOMES).stream()
            .filter(column -> column.name().startsWith(OutcomeMembers.DELAY_PREFIX))
            .toList();
    if (columns.isEmpty()) {
      return List.of();
    }
    Map<String, NumericProfile> byName = new HashMap<>();
    for (Found found :
        new ProfileReader()
            .readAll(
                sums()
                    .where(functions.col("slice").equalTo(Slice.OVERALL.toString()))
                    .where(functions.col("column_name").startsWith(OutcomeMembers.DELAY_PREFIX)))) {
      String name = found.subject().column();
      columns.stream()
          .filter(column -> column.name().equals(name))
          .forEach(
              column ->
                  byName.merge(
                      name,
                      NumericProfile.of(column.numeric().orElseThrow(), found.profile()),
                      NumericProfile::merge));
    }
    List<NumericProfile> delays =
        columns.stream()
            .map(column -> byName.get(column.name()))
            .filter(of -> of != null && of.n() > 0)
            .toList();
    // Which class a profile is of is told by its place, so either all are there or none is told.
    return delays.size() == columns.size() ? delays : List.of();
  }

  /** Profiles of the reference's base windows, and of all of it. */
  private Dataset<Row> profiles() {
    return store
        .read(ResultTable.PROFILES)
        .where(functions.col("model").equalTo(model.name()))
        .where(functions.col("attempt_id").equalTo(baseline.attemptId()))
        .where(functions.col("part").equalTo(ProfileRows.REFERENCE));
  }

  /**
   * Between what numeric columns lay in the reference, version by version, and, if wanted, the rows
   * of its base windows by segment.
   */
  private Dataset<Row> told(boolean volumes) {
    Column ranges =
        functions
            .col("granularity")
            .equalTo(Subject.REFERENCE)
            .and(functions.col("slice").equalTo(Slice.OVERALL.toString()))
            .and(functions.col("minimum").isNotNull());
    Column rows =
        functions
            .col("granularity")
            .equalTo(model.windows().base().toString())
            .and(
                functions
                    .col("column_name")
                    .equalTo(baseline.monitored(Part.Kind.INPUTS).get(0).name()))
            .and(functions.size(functions.col("segment_values")).leq(1));
    return profiles()
        .where(volumes ? ranges.or(rows) : ranges)
        .select(
            "granularity",
            "model_version",
            "slice",
            "segment",
            "column_name",
            "window_start",
            "minimum",
            "maximum",
            "n_rows");
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

  private ReferenceVolumes noVolumes() {
    boolean wholly = model.reference().table().isEmpty() && model.reference().where().isEmpty();
    return new ReferenceVolumes(
        wholly ? model.windows().within(baseline.reference()) : List.of(),
        model.windows().zone(),
        model.windows().base().equals(new Period(1, Period.Unit.DAY)));
  }
}
