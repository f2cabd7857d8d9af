package io.leeway.store;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.leeway.domain.Window;
import io.leeway.store.Arrivals.Arrived;
import io.leeway.store.Arrivals.Newest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads from a table's log when the rows of some stretch of time came. The log is read from about
 * where the oldest file with such rows was written; one commit's paths are held at a time.
 */
final class LoggedArrivals {
  /** Writers' clocks, by which files are dated, may go that far ahead of the log's. */
  private static final Duration CLOCKS = Duration.ofHours(1);

  private static final String NO_COMMIT =
      "the log no longer says when its rows came: OPTIMIZE has put them into other files, or the commits are gone";
  private static final String REWRITTEN =
      "its rows were rewritten (DELETE, UPDATE, MERGE or an overwrite), so that its commit is not when they came";

  private final DeltaSnapshot newest;
  private final String column;

  /**
   * @param column of the times, not a nested one
   */
  LoggedArrivals(DeltaSnapshot newest, String column) {
    this.newest = newest;
    this.column = column;
  }

  /** Of the files that may hold rows of a stretch. */
  Arrivals within(Window stretch) {
    if (newest.isPartitionedBy(column)) {
      return Arrivals.untold("the table is partitioned by its times, of which files then say less");
    }
    if (newest.field(column).dataType().equals(DataTypes.DateType)) {
      return Arrivals.untold("dates do not tell the time of day");
    }
    Optional<Instant> committed = lastCommit();
    Row told = told(stretch, committed);
    if (told.getBoolean(0)) {
      return Arrivals.untold("some files carry no statistics of column '" + column + "'");
    }
    // In an order of their own, so that sums over them do not depend on who collected them.
    List<Row> wanted =
        told.<Row>getList(1).stream()
            .sorted(Comparator.comparing(file -> file.getString(3)))
            .toList();
    Map<String, Optional<Instant>> commits = commits(wanted);
    List<Arrived> arrived = new ArrayList<>();
    for (Row file : wanted) {
      arrived.add(arrived(file, commits));
    }
    return new Arrivals(
        arrived,
        committed.flatMap(time -> newest(time, told.get(2), told.get(3))),
        Optional.empty());
  }

  /**
   * In one pass over the files: whether some say nothing of the column; those that may hold rows of
   * the stretch; and, of the times up to the version's commit, the greatest one of files that lie
   * before it wholly, and the greatest least one of those that reach beyond it.
   */
  private Row told(Window stretch, Optional<Instant> committed) {
    Column time = lit(committed.orElse(null)).cast("timestamp");
    Column straddles = col("least").leq(time).and(col("greatest").gt(time));
    Column wanted =
        col("rows")
            .gt(0)
            .and(col("least").lt(lit(stretch.end())))
            .and(col("greatest").geq(lit(stretch.start().minus(FileTimes.STEP))));
    Column file =
        struct(
            col("least"),
            col("greatest"),
            col("rows"),
            col("path"),
            col("modificationTime"),
            col("deleted"));
    return files()
        .agg(
            coalesce(bool_or(not(coalesce(col("told"), lit(false)))), lit(false)),
            collect_list(when(wanted, file)),
            max(when(col("greatest").leq(time), col("greatest"))),
            max(when(straddles, col("least"))))
        .first();
  }

  /** Of every file the ends of its times, its rows with a time, and how it was written. */
  private Dataset<Row> files() {
    String name = newest.physicalName(column);
    Column timeless = coalesce(col("s.nullCount." + SqlName.quoted(name)), lit(0));
    return FileTimes.of(
        newest.files(),
        name,
        newest.field(column).dataType(),
        col("s.numRecords").minus(timeless).as("rows"),
        col("path"),
        col("modificationTime"),
        col("deletionVector").isNotNull().as("deleted"));
  }

  private static Arrived arrived(Row file, Map<String, Optional<Instant>> commits) {
    long rows = file.getLong(2);
    Instant first = Cells.instant(file.get(0));
    Instant last = Cells.instant(file.get(1));
    Optional<Instant> committed = commits.get(file.getString(3));
    if (committed == null) {
      return Arrived.untold(NO_COMMIT, rows, first, last);
    }
    return committed.isEmpty() || file.getBoolean(5)
        ? Arrived.untold(REWRITTEN, rows, first, last)
        : Arrived.at(committed.get(), rows, first, last);
  }

  /** When the table's version was committed. */
  private Optional<Instant> lastCommit() {
    return newest.commitsSince(newest.version() - 1).orElse(List.of()).stream()
        .reduce((earlier, later) -> later)
        .flatMap(commit -> commit.read(action -> {}));
  }

  /** When files were added; empty for one that came in the place of another. */
  private Map<String, Optional<Instant>> commits(List<Row> files) {
    Set<String> wanted = new HashSet<>();
    Instant oldest = Instant.MAX;
    for (Row file : files) {
      wanted.add(file.getString(3));
      Instant written = Instant.ofEpochMilli(file.getLong(4));
      oldest = written.isBefore(oldest) ? written : oldest;
    }
    Map<String, Optional<Instant>> commits = new HashMap<>();
    if (files.isEmpty()) {
      return commits;
    }
    long from = newest.versionAt(oldest.minus(CLOCKS));
    for (LoggedCommit commit : newest.commitsSince(from - 1).orElse(List.of())) {
      Set<String> added = new HashSet<>();
      boolean[] removed = {false};
      Optional<Instant> time =
          commit.read(
              action -> {
                removed[0] |= action instanceof RemoveFile;
                if (wanted.contains(action.path())) {
                  added.add(action.path());
                }
              });
      Optional<Instant> came = removed[0] ? Optional.empty() : time;
      added.forEach(path -> commits.putIfAbsent(path, came));
    }
    return commits;
  }

  /**
   * @param before the greatest time of files that lie before the commit wholly; may be {@code null}
   * @param across the greatest least time of files that reach beyond it; may be {@code null}
   */
  private static Optional<Newest> newest(Instant committed, Object before, Object across) {
    Optional<Instant> whole = Optional.ofNullable(before).map(Cells::instant);
    Optional<Instant> begun = Optional.ofNullable(across).map(Cells::instant);
    Optional<Instant> least =
        whole.isPresent() && begun.isPresent() && begun.get().isAfter(whole.get())
            ? begun
            : whole.or(() -> begun);
    return least.map(at -> new Newest(committed, at, begun.isPresent() ? committed : at));
  }
}
