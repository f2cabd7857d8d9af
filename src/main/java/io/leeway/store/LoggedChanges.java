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
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads a table's log for files that came and went, and the times of their rows.
 *
 * <p>In memory are, of every file that a commit with new, changed or deleted rows names, its path
 * and the statistics of the one column of times: some 300 bytes, so 60 MB for 200,000 files. Files
 * that OPTIMIZE moves rows into are passed over as they are read.
 */
final class LoggedChanges {
  /** Of more removed files the statistics are not looked up, since the plan would be too long. */
  static final int MOST_LOOKED_UP = 10_000;

  private static final StructType FILES =
      new StructType()
          .add("version", "bigint")
          .add("kind", "string")
          .add("partition", "string")
          .add("stats", "string");

  private final DeltaSnapshot newest;
  private final String column;
  private final String physicalName;
  private final boolean byPartition;
  private final int mostLookedUp;

  /**
   * Of a log.
   *
   * @param column of the times, not a nested one
   * @param mostLookedUp of more removed files than this the statistics are not looked up
   */
  LoggedChanges(DeltaSnapshot newest, String column, int mostLookedUp) {
    this.newest = newest;
    this.column = column;
    this.physicalName = newest.physicalName(column);
    this.byPartition = newest.isPartitionedBy(column);
    this.mostLookedUp = mostLookedUp;
  }

  /**
   * A file of a commit.
   *
   * @param partition its value of the column of times, where the table is partitioned by that
   * @param stats what is known of the column's values, {@code null} if nothing is
   */
  private record LoggedFile(
      long version, Kind kind, boolean removed, String path, String partition, String stats) {
    LoggedFile of(Kind ofCommit) {
      return new LoggedFile(version, ofCommit, removed, path, partition, stats);
    }

    LoggedFile withStats(String told) {
      return new LoggedFile(version, kind, removed, path, partition, told);
    }

    Row row() {
      return RowFactory.create(version, kind.name(), partition, stats);
    }
  }

  SourceChanges since(long older) {
    Optional<List<LoggedCommit>> commits = newest.commitsSince(older);
    if (commits.isEmpty()) {
      return SourceChanges.untold(
          "its log no longer holds all that came after version " + older + ", which was read last");
    }
    List<LoggedFile> files = new ArrayList<>();
    commits.get().forEach(commit -> files.addAll(files(commit)));
    return files.isEmpty() ? SourceChanges.none() : changes(withStatistics(files, older));
  }

  private List<LoggedFile> files(LoggedCommit commit) {
    List<LoggedFile> files = new ArrayList<>();
    commit.read(action -> files.add(file(commit.version(), action)));
    boolean appended = files.stream().noneMatch(LoggedFile::removed);
    return appended ? files : files.stream().map(file -> file.of(Kind.REWRITTEN)).toList();
  }

  private LoggedFile file(long version, FileAction action) {
    boolean removed = action instanceof RemoveFile;
    String stats = removed ? ((RemoveFile) action).stats() : ((AddFile) action).stats();
    return new LoggedFile(
        version,
        Kind.APPENDED,
        removed,
        action.path(),
        byPartition ? partition(action) : null,
        byPartition ? null : FileTimes.only(stats, physicalName));
  }

  private String partition(FileAction action) {
    Map<String, String> values = CollectionConverters.asJava(action.partitionValues());
    return values == null ? null : values.get(physicalName);
  }

  /**
   * Removals carry few statistics of their files or none, and so do files whose rows were marked as
   * deleted; where these were first added, they did.
   */
  private List<LoggedFile> withStatistics(List<LoggedFile> files, long older) {
    Map<String, String> known = new HashMap<>();
    Set<String> wanted = new HashSet<>();
    for (LoggedFile file : files) {
      if (file.removed()) {
        wanted.add(file.path());
      } else {
        known.putIfAbsent(file.path(), file.stats());
      }
    }
    if (byPartition || wanted.isEmpty() || wanted.size() > mostLookedUp) {
      return files;
    }
    newest
        .filesAt(older)
        .map(old -> old.where(col("path").isin(wanted.toArray())).select("path", "stats"))
        .map(Dataset::collectAsList)
        .orElse(List.of())
        .forEach(
            file -> known.put(file.getString(0), FileTimes.only(file.getString(1), physicalName)));
    return files.stream()
        .map(file -> file.withStats(known.getOrDefault(file.path(), file.stats())))
        .toList();
  }

  private SourceChanges changes(List<LoggedFile> files) {
    DataType type = newest.field(column).dataType();
    Dataset<Row> frame = newest.frame(files.stream().map(LoggedFile::row).toList(), FILES);
    Dataset<Row> times =
        byPartition
            ? byPartition(frame, type)
            : FileTimes.of(frame, physicalName, type, col("version"), col("kind"));
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
