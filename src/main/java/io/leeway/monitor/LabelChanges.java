package io.leeway.monitor;

import io.leeway.config.LabelsConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.profile.NumericGrid;
import io.leeway.scan.FingerprintScan;
import io.leeway.scan.LabelJoin;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ScanSpec;
import io.leeway.store.SourceTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Which base windows the labels touch that came, changed or went between two versions of their
 * table. A row that was merely written anew touches nothing.
 */
final class LabelChanges {
  private static final String TIME = "prediction_time";

  private final ModelConfig model;
  private final SourceTable predictions;
  private final LabelSource labels;

  LabelChanges(ModelConfig model, SourceTable predictions, LabelSource labels) {
    this.model = model;
    this.predictions = predictions;
    this.labels = labels;
  }

  /**
   * What was found.
   *
   * @param windows with a prediction whose labels have changed
   * @param unmatched identifiers among the new and changed ones that no prediction has, or none
   *     within the horizon, where it was looked for
   * @param untold why the log does not tell what changed; empty where it does
   */
  record Found(Set<Window> windows, OptionalLong unmatched, Optional<String> untold) {
    static final Found NOTHING = new Found(Set.of(), OptionalLong.empty(), Optional.empty());

    static Found untold(String why) {
      return new Found(Set.of(), OptionalLong.empty(), Optional.of(why));
    }

    Found {
      windows = Set.copyOf(windows);
    }
  }

  /**
   * Looks at what changed.
   *
   * @param older the version up to which labels were looked at
   * @param published base windows that are looked for
   */
  Found since(long older, Set<Window> published) {
    if (older == labels.table().version()) {
      return Found.NOTHING;
    }
    Optional<Dataset<Row>> rows = labels.table().rowsSince(older);
    if (rows.isEmpty()) {
      return Found.untold("its log no longer tells of version " + older + ", which was read last");
    }
    try {
      return find(rows.get(), new TreeSet<>(published));
    } catch (Exception e) {
      if (isGone(e)) {
        return Found.untold("files of version " + older + ", which was read last, are gone");
      }
      throw e;
    }
  }

  private static boolean isGone(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.io.FileNotFoundException
          || (cause instanceof SparkException spark
              && "FAILED_READ_FILE.FILE_NOT_EXIST".equals(spark.getCondition()))) {
        return true;
      }
    }
    return false;
  }

  private LabelsConfig config() {
    return model.labels().orElseThrow();
  }

  private Found find(Dataset<Row> rows, Set<Window> published) {
    Dataset<Row> changed = changed(rows).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long ids = changed.select(LabelJoin.ID).distinct().count();
      if (ids == 0) {
        return Found.NOTHING;
      }
      if (config().predictionTime().isPresent()) {
        return new Found(
            windows(changed.select(TIME), published), OptionalLong.empty(), Optional.empty());
      }
      return byPredictions(changed, ids, published);
    } finally {
      changed.unpersist();
    }
  }

  /**
   * Labels before any was looked at: they touch no published window, but it is to be said how many
   * identifiers no prediction has.
   */
  Found atFirst() {
    if (config().predictionTime().isPresent()) {
      return Found.NOTHING;
    }
    Dataset<Row> all = labels.labels().where(functions.col(LabelJoin.ID).isNotNull());
    Column found = functions.col(TIME).isNotNull().and(isWithin());
    long unmatched =
        all.join(predicted(), new String[] {LabelJoin.ID}, "left_outer")
            .groupBy(LabelJoin.ID)
            .agg(functions.max(found).as("found"))
            .where("NOT found")
            .count();
    return new Found(Set.of(), OptionalLong.of(unmatched), Optional.empty());
  }

  private Found byPredictions(Dataset<Row> changed, long ids, Set<Window> published) {
    Dataset<Row> theirs =
        within(changed)
            .join(changed, LabelJoin.ID)
            .where(isWithin())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long known = theirs.select(LabelJoin.ID).distinct().count();
      return new Found(
          windows(theirs.select(TIME), published), OptionalLong.of(ids - known), Optional.empty());
    } finally {
      theirs.unpersist();
    }
  }

  /** Identifiers, and times where labels tell them, of rows that are not there with both signs. */
  private Dataset<Row> changed(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>(List.of(functions.col(SourceTable.SIGN)));
    Dataset<Row> narrow = labels.labels(rows, columns, TIME);
    Column[] all =
        java.util.Arrays.stream(narrow.columns())
            .filter(name -> !name.equals(SourceTable.SIGN))
            .map(functions::col)
            .toArray(Column[]::new);
    return narrow
        .where(functions.col(LabelJoin.ID).isNotNull())
        .groupBy(all)
        .agg(functions.sum(SourceTable.SIGN).as(SourceTable.SIGN))
        .where(functions.col(SourceTable.SIGN).notEqual(0));
  }

  private Column isWithin() {
    return config()
        .horizon()
        .map(
            of ->
                functions.expr(
                    "%s IS NULL OR abs(unix_micros(%s) - unix_micros(%s)) <= %dL"
                        .formatted(
                            LabelJoin.LABEL_TIME,
                            LabelJoin.LABEL_TIME,
                            TIME,
                            of.toMillis() * 1_000)))
        .orElseGet(() -> functions.lit(true));
  }

  /** Identifier and time of the predictions that changed labels may belong to. */
  private Dataset<Row> within(Dataset<Row> changed) {
    Dataset<Row> rows = predicted();
    if (config().horizon().isEmpty() || config().time().isEmpty()) {
      return rows;
    }
    Column labelTime = functions.col(LabelJoin.LABEL_TIME);
    Row ends =
        changed
            .agg(
                functions.min(labelTime),
                functions.max(labelTime),
                functions.count_if(labelTime.isNull()))
            .first();
    // A label that does not say when it came may belong to any prediction.
    if (ends.isNullAt(0) || ends.getLong(2) > 0) {
      return rows;
    }
    Duration horizon = config().horizon().get();
    return rows.where(
        functions
            .col(TIME)
            .geq(functions.lit(ends.getTimestamp(0).toInstant().minus(horizon)))
            .and(
                functions
                    .col(TIME)
                    .leq(functions.lit(ends.getTimestamp(1).toInstant().plus(horizon)))));
  }

  /** Identifier and time of every prediction. */
  private Dataset<Row> predicted() {
    return Specs.rows(model, predictions)
        .select(
            LabelSource.column(model.predictions().id().orElseThrow())
                .cast(DataTypes.StringType)
                .as(LabelJoin.ID),
            LabelSource.column(model.predictions().time()).cast(DataTypes.TimestampType).as(TIME));
  }

  private static Set<Window> windows(Dataset<Row> times, Set<Window> published) {
    if (published.isEmpty()) {
      return Set.of();
    }
    List<Window> windows = List.copyOf(published);
    NumericGrid any = NumericGrid.withoutReference(ColumnKind.NUMERIC, 1);
    ScanSpec spec =
        new ScanSpec(
            TIME,
            Optional.empty(),
            Optional.empty(),
            "",
            List.of(Slice.OVERALL),
            Map.of(),
            List.of(MonitoredColumn.numeric("any", "1", any)),
            windows,
            Set.<Segment>of(),
            0,
            Long.MAX_VALUE);
    Set<Window> found = new TreeSet<>();
    FingerprintScan.of(times, spec).forEach(one -> found.add(windows.get(one.window())));
    return found;
  }
}
