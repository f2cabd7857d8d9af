package io.leeway.store;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.leeway.domain.Window;
import io.leeway.store.Arrivals.Arrived;
import io.leeway.store.Arrivals.Newest;
import java.time.Duration;
import java.time.Instant;
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
    Dataset<Row> files = files();
    if (!files.where(not(coalesce(col("told"), lit(false)))).isEmpty()) {
      return Arrivals.untold("some files carry no statistics of column '" + column + "'");
    }
    List<Row> wanted =
        files
            .where(col("rows").gt(0))
            .where(col("least").lt(lit(stretch.end())))
            .where(col("greatest").geq(lit(stretch.start().minus(FileTimes.STEP))))
            .collectAsList();
    Commits commits = commits(wanted);
    List<Arrived> arrived = new ArrayList<>();
    for (Row file : wanted) {
      arrived.add(arrived(file, commits.ofFiles()));
    }
    Optional<Newest> fresh = commits.last().flatMap(committed -> newest(files, committed));
    return new Arrivals(arrived, fresh, Optional.empty());
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
    long rows = file.getLong(3);
    Instant first = Cells.instant(file.get(0));
    Instant last = Cells.instant(file.get(1));
    Optional<Instant> committed = commits.get(file.getString(4));
    if (committed == null) {
      return Arrived.untold(NO_COMMIT, rows, first, last);
    }
    return committed.isEmpty() || file.getBoolean(6)
        ? Arrived.untold(REWRITTEN, rows, first, last)
        : Arrived.at(committed.get(), rows, first, last);
  }

  /**
   * What commits said.
   *
   * @param ofFiles when files were added; empty for one that came in the place of another
   * @param last when the table's version was committed
   */
  private record Commits(Map<String, Optional<Instant>> ofFiles, Optional<Instant> last) {}

  private Commits commits(List<Row> files) {
    Set<String> wanted = new HashSet<>();
    Instant oldest = Instant.MAX;
    for (Row file : files) {
      wanted.add(file.getString(4));
      Instant written = Instant.ofEpochMilli(file.getLong(5));
      oldest = written.isBefore(oldest) ? written : oldest;
    }
    long from = files.isEmpty() ? newest.version() : newest.versionAt(oldest.minus(CLOCKS));
    Map<String, Optional<Instant>> ofFiles = new HashMap<>();
    Optional<Instant> last = Optional.empty();
    for (LoggedCommit commit : newest.commitsSince(from - 1).orElse(List.of())) {
      Set<String> added = new HashSet<>();
      boolean[] removed = {false};
      last =
          commit.read(
              action -> {
                removed[0] |= action instanceof RemoveFile;
                if (wanted.contains(action.path())) {
                  added.add(action.path());
                }
              });
      Optional<Instant> came = removed[0] ? Optional.empty() : last;
      added.forEach(path -> ofFiles.putIfAbsent(path, came));
    }
    return new Commits(ofFiles, last);
  }

  private static Optional<Newest> newest(Dataset<Row> files, Instant committed) {
    Column time = lit(committed);
    Column straddles = col("least").leq(time).and(col("greatest").gt(time));
    Row ends =
        files
            .agg(
                max(when(col("greatest").leq(time), col("greatest"))),
                max(when(straddles, col("least"))))
            .first();
    Optional<Instant> whole = Optional.ofNullable(ends.get(0)).map(Cells::instant);
    Optional<Instant> begun = Optional.ofNullable(ends.get(1)).map(Cells::instant);
    Optional<Instant> least =
        whole.isPresent() && begun.isPresent() && begun.get().isAfter(whole.get())
            ? begun
            : whole.or(() -> begun);
    return least.map(at -> new Newest(committed, at, begun.isPresent() ? committed : at));
  }
}
