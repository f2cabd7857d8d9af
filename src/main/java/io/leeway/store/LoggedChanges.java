package io.leeway.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.leeway.store.SourceChanges.ChangedFile;
import io.leeway.store.SourceChanges.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Reads a table's log for files that came and went, and the times of their rows. */
final class LoggedChanges {
  private static final StructType FILES =
      new StructType()
          .add("version", "bigint")
          .add("kind", "string")
          .add("partition", "string")
          .add("removed", "boolean")
          .add("path", "string")
          .add("stats", "string");

  private static final int REMOVED = 3;
  private static final int PATH = 4;
  private static final int STATS = 5;

  /** Of more removed files the statistics are not looked up, since the plan would be too long. */
  private static final int MOST_LOOKED_UP = 10_000;

  private final DeltaSnapshot newest;
  private final String column;

  /**
   * @param column of the times, not a nested one
   */
  LoggedChanges(DeltaSnapshot newest, String column) {
    this.newest = newest;
    this.column = column;
  }

  SourceChanges since(long older) {
    Optional<List<List<Action>>> commits = newest.commitsSince(older);
    if (commits.isEmpty()) {
      return SourceChanges.untold(
          "its log no longer holds all that came after version " + older + ", which was read last");
    }
    List<Row> files = new ArrayList<>();
    for (int i = 0; i < commits.get().size(); i++) {
      addFiles(files, older + 1 + i, commits.get().get(i));
    }
    return files.isEmpty() ? SourceChanges.none() : changes(withStatistics(files, older));
  }

  /**
   * Removals carry few statistics of their files or none, and so do files whose rows were marked as
   * deleted; where these were first added, they did.
   */
  private List<Row> withStatistics(List<Row> files, long older) {
    Map<String, String> known = new HashMap<>();
    Set<String> wanted = new HashSet<>();
    for (Row file : files) {
      if (file.getBoolean(REMOVED)) {
        wanted.add(file.getString(PATH));
      } else {
        known.putIfAbsent(file.getString(PATH), file.getString(STATS));
      }
    }
    if (newest.isPartitionedBy(column) || wanted.isEmpty() || wanted.size() > MOST_LOOKED_UP) {
      return files;
    }
    newest
        .filesAt(older)
        .map(old -> old.where(col("path").isin(wanted.toArray())).select("path", "stats"))
        .map(Dataset::collectAsList)
        .orElse(List.of())
        .forEach(file -> known.put(file.getString(0), file.getString(1)));
    return files.stream()
        .map(
            file ->
                RowFactory.create(
                    file.get(0),
                    file.get(1),
                    file.get(2),
                    file.get(REMOVED),
                    file.get(PATH),
                    known.getOrDefault(file.getString(PATH), file.getString(STATS))))
        .toList();
  }

  private void addFiles(List<Row> files, long version, List<Action> commit) {
    List<FileAction> changed =
        commit.stream()
            .filter(FileAction.class::isInstance)
            .map(FileAction.class::cast)
            .filter(FileAction::dataChange)
            .filter(action -> action instanceof AddFile || action instanceof RemoveFile)
            .toList();
    Kind kind =
        changed.stream().anyMatch(RemoveFile.class::isInstance) ? Kind.REWRITTEN : Kind.APPENDED;
    for (FileAction action : changed) {
      files.add(
          RowFactory.create(
              version,
              kind.name(),
              partition(action),
              action instanceof RemoveFile,
              action.path(),
              stats(action)));
    }
  }

  private static String stats(FileAction action) {
    return action instanceof AddFile added ? added.stats() : ((RemoveFile) action).stats();
  }

  /** The file's value of the column, where the table is partitioned by it. */
  private String partition(FileAction action) {
    Map<String, String> values = CollectionConverters.asJava(action.partitionValues());
    return values == null ? null : values.get(newest.physicalName(column));
  }

  private SourceChanges changes(List<Row> files) {
    DataType type = newest.field(column).dataType();
    Dataset<Row> frame = newest.frame(files, FILES);
    Dataset<Row> times =
        newest.isPartitionedBy(column)
            ? byPartition(frame, type)
            : FileTimes.of(frame, newest.physicalName(column), type, col("version"), col("kind"));
    List<ChangedFile> changed = new ArrayList<>();
    for (Row file : times.collectAsList()) {
      if (file.isNullAt(2) || !file.getBoolean(2)) {
        return SourceChanges.untold(
            "some of its files carry no statistics of column '"
                + column
                + "', by which times are told, or those of removed files are gone or too many");
      }
      changed.add(
          new ChangedFile(
              file.getLong(3),
              Kind.valueOf(file.getString(4)),
              FileTimes.window(file, FileTimes.STEP)));
    }
    return new SourceChanges(changed, Optional.empty());
  }

  private static Dataset<Row> byPartition(Dataset<Row> files, DataType type) {
    Column time = col("partition").cast(type).cast("timestamp");
    return files.select(
        time.as("least"), time.as("greatest"), lit(true).as("told"), col("version"), col("kind"));
  }
}
