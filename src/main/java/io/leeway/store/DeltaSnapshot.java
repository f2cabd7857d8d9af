package io.leeway.store;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.TableRef;
import io.leeway.domain.UserException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.delta.DeltaConfigs;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.SingleCommit;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.catalog.DeltaTableV2;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One version of a Delta table. The only class that knows Delta's internal classes: the public ones
 * give neither file statistics nor a frame of the newest version that stays at it.
 *
 * <p>Two traps are behind that. A plain {@code load} moves on to newer commits between planning and
 * running. And {@code versionAsOf} refuses versions committed longer ago than the retention of
 * deleted files (a week by default), though a table that nobody wrote to for a month is as whole as
 * ever; its newest version must be readable.
 */
final class DeltaSnapshot {
  private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";

  /** As the table's history tells an append. */
  private static final DeltaOperations.Write APPEND =
      new DeltaOperations.Write(
          SaveMode.Append,
          Option.empty(),
          Option.empty(),
          Option.empty(),
          Option.empty(),
          Option.empty(),
          Option.empty(),
          Option.empty(),
          Option.empty());

  private final SparkSession spark;
  private final DeltaLog log;
  private final Option<CatalogTable> catalogTable;
  private final Snapshot snapshot;

  private DeltaSnapshot(
      SparkSession spark, DeltaLog log, Option<CatalogTable> catalogTable, Snapshot snapshot) {
    this.spark = spark;
    this.log = log;
    this.catalogTable = catalogTable;
    this.snapshot = snapshot;
  }

  /** The newest version; empty if there is no Delta table. */
  static Optional<DeltaSnapshot> newest(SparkSession spark, TableRef table) {
    if (table.isPath()) {
      return newest(spark, DeltaLog.forTable(spark, new Path(table.text())), Option.empty());
    }
    return table(spark, table.text())
        .filter(DeltaTableV2.class::isInstance)
        .map(DeltaTableV2.class::cast)
        .flatMap(found -> newest(spark, found.deltaLog(), found.catalogTable()));
  }

  private static Optional<DeltaSnapshot> newest(
      SparkSession spark, DeltaLog log, Option<CatalogTable> catalogTable) {
    Snapshot newest = log.update(false, Option.empty(), catalogTable);
    return newest.version() < 0
        ? Optional.empty()
        : Optional.of(new DeltaSnapshot(spark, log, catalogTable, newest));
  }

  /** Whatever the catalog has under the name, Delta or not. */
  static Optional<Table> table(SparkSession spark, String name) {
    var state = ((org.apache.spark.sql.classic.SparkSession) spark).sessionState();
    try {
      List<String> parts =
          new ArrayList<>(
              CollectionConverters.asJava(state.sqlParser().parseMultipartIdentifier(name)));
      CatalogManager catalogs = state.catalogManager();
      CatalogPlugin catalog = catalogs.currentCatalog();
      if (parts.size() > 1 && catalogs.isCatalogRegistered(parts.get(0))) {
        catalog = catalogs.catalog(parts.remove(0));
      }
      String[] namespace =
          parts.size() > 1
              ? parts.subList(0, parts.size() - 1).toArray(new String[0])
              : catalogs.currentNamespace();
      Identifier identifier = Identifier.of(namespace, parts.get(parts.size() - 1));
      return catalog instanceof TableCatalog tables
          ? Optional.of(tables.loadTable(identifier))
          : Optional.empty();
    } catch (NoSuchTableException e) {
      return Optional.empty();
    } catch (ParseException e) {
      throw new UserException(
          "'"
              + name
              + "' is not a table name; write catalog.schema.table, and names with other "
              + "than letters, digits and underscores in backticks.",
          e);
    }
  }

  /**
   * An older version of the same table.
   *
   * <p>Delta refuses it by an exception if the version's files may be gone.
   */
  DeltaSnapshot at(long version) {
    return version == version()
        ? this
        : new DeltaSnapshot(
            spark,
            log,
            catalogTable,
            log.getSnapshotAt(version, Option.empty(), catalogTable, true));
  }

  long version() {
    return snapshot.version();
  }

  /** How the table's files are found, with what its catalog says of them. */
  Configuration hadoop() {
    return log.newDeltaHadoopConf();
  }

  /** The folder of the table. */
  String path() {
    return log.dataPath().toString();
  }

  String tableId() {
    return snapshot.metadata().id();
  }

  StructType schema() {
    return snapshot.metadata().schema();
  }

  Map<String, String> properties() {
    return CollectionConverters.asJava(snapshot.metadata().configuration());
  }

  /** How long an older version of the table can be read after a newer one has come. */
  Duration olderReadableFor() {
    return Duration.ofMillis(
        Math.min(
            DeltaConfigs.getMilliSeconds(
                DeltaConfigs.TOMBSTONE_RETENTION().fromMetaData(snapshot.metadata())),
            DeltaConfigs.getMilliSeconds(
                DeltaConfigs.LOG_RETENTION().fromMetaData(snapshot.metadata()))));
  }

  /** The greatest number that was committed under a transaction identifier. */
  OptionalLong transaction(String application) {
    Option<Object> found = snapshot.transactions().get(application);
    return found.isDefined() ? OptionalLong.of((Long) found.get()) : OptionalLong.empty();
  }

  /**
   * Appends rows as the first act of an application since this version, and puts a number down
   * under it in the same commit. Others may have appended meanwhile; it fails if any of them was
   * the application, whatever its number.
   *
   * <p>Delta commits by the settings of the thread's session, so that is this table's meanwhile.
   *
   * <p>A plain write with a transaction identifier would not do: it looks at the newest version, so
   * it would take no notice of who committed between the reading of this one and the write, unless
   * that number was at least as great.
   *
   * @param rows with the table's columns and types
   * @return the version that the commit made
   * @throws io.delta.exceptions.ConcurrentTransactionException if the application was faster
   */
  long append(Dataset<Row> rows, String application, long number) {
    Option<SparkSession> active = SparkSession.getActiveSession();
    SparkSession.setActiveSession(spark);
    try {
      return committed(rows, application, number);
    } finally {
      if (active.isDefined()) {
        SparkSession.setActiveSession(active.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }

  private long committed(Dataset<Row> rows, String application, long number) {
    OptimisticTransaction writing = log.startTransaction(catalogTable, Option.apply(snapshot));
    long before = writing.txnVersion(application);
    if (number <= before) {
      throw new IllegalArgumentException(
          "Numbers of " + application + " go up only, but " + number + " follows " + before + ".");
    }
    List<Action> actions = new ArrayList<>(CollectionConverters.asJava(writing.writeFiles(rows)));
    actions.add(
        new SetTransaction(application, number, Option.apply((Object) System.currentTimeMillis())));
    return writing.commit(CollectionConverters.asScala(actions).toSeq(), APPEND);
  }

  boolean isPartitionedBy(String column) {
    return CollectionConverters.asJava(snapshot.metadata().partitionColumns())
        .contains(field(column).name());
  }

  /** The rows of this version and never of another, with Delta's skipping of files. */
  Dataset<Row> rows() {
    boolean pinned = true;
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .baseRelationToDataFrame(
            log.createRelation(
                CollectionConverters.asScala(List.<Expression>of()).toSeq(),
                Option.apply(snapshot),
                Option.empty(),
                pinned));
  }

  /**
   * The files of an older version as the log knows them, though they may be gone by now.
   *
   * @return empty if the log no longer tells of that version, whatever it says of later ones
   */
  Optional<Dataset<Row>> filesAt(long older) {
    return snapshotAt(older).map(snapshotThen -> snapshotThen.allFiles().toDF());
  }

  /** How a row of {@link #rowsSince} counts. */
  static final String SIGN = "leeway_sign";

  /**
   * The rows of files that an older version of the same table did not have, each counted 1, and of
   * those that this version has no longer, each counted -1, in the column {@link #SIGN}. Rows that
   * were merely moved to other files are among them once with each sign.
   *
   * @return empty if the log no longer tells of the older version
   */
  Optional<Dataset<Row>> rowsSince(long older) {
    Optional<Snapshot> before = snapshotAt(older);
    return before.map(
        old -> {
          Set<String> then = keys(old);
          Set<String> now = keys(snapshot);
          Dataset<Row> added = rowsOf(snapshot, without(now, then)).withColumn(SIGN, lit(1L));
          Set<String> gone = without(then, now);
          return gone.isEmpty()
              ? added
              : added.unionByName(rowsOf(old, gone).withColumn(SIGN, lit(-1L)), true);
        });
  }

  private Optional<Snapshot> snapshotAt(long older) {
    boolean withinRetention = false;
    try {
      return Optional.of(log.getSnapshotAt(older, Option.empty(), catalogTable, withinRetention));
    } catch (Exception e) {
      // Delta has many words for it; a storage that does not answer fails the reading that follows.
      return Optional.empty();
    }
  }

  /** What tells a file with its deleted rows from any other. */
  private static final String KEY = "concat(path, coalesce(deletionVector.pathOrInlineDv, ''))";

  private static Set<String> keys(Snapshot of) {
    return of.allFiles().toDF().select(expr(KEY)).as(Encoders.STRING()).collectAsList().stream()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(others);
    return left;
  }

  private Dataset<Row> rowsOf(Snapshot of, Set<String> keys) {
    boolean streaming = false;
    List<AddFile> files = of.allFiles().where(expr(KEY).isin(keys.toArray())).collectAsList();
    return log.createDataFrame(
        of, CollectionConverters.asScala(files).toSeq(), streaming, Option.empty());
  }

  /** One row per file, with the column {@code stats}: Delta's statistics as JSON. */
  Dataset<Row> files() {
    return snapshot.allFiles().toDF();
  }

  /**
   * The commits after an older version, up to this one, oldest first; none of them is read yet.
   *
   * @return empty if some of them are gone from the log
   */
  Optional<List<LoggedCommit>> commitsSince(long older) {
    List<LoggedCommit> commits = new ArrayList<>();
    long next = older + 1;
    boolean failOnDataLoss = false;
    var found = log.getChangesIterator(next, version(), catalogTable, failOnDataLoss);
    while (found.hasNext()) {
      SingleCommit commit = found.next();
      if (commit.version() != next) {
        return Optional.empty();
      }
      commits.add(new LoggedCommit(commit));
      next++;
    }
    return next == version() + 1 ? Optional.of(commits) : Optional.empty();
  }

  /** The last version at a time, or the oldest that the log still has, if that is later. */
  long versionAt(Instant time) {
    boolean orLast = true;
    boolean recreatable = false;
    boolean orEarliest = true;
    return log.history()
        .getActiveCommitAtTime(Timestamp.from(time), catalogTable, orLast, recreatable, orEarliest)
        .version();
  }

  /** A frame of this snapshot's session. */
  Dataset<Row> frame(List<Row> rows, StructType schema) {
    return spark.createDataFrame(rows, schema);
  }

  /** The name under which the files' statistics know a column. */
  String physicalName(String column) {
    StructField field = field(column);
    return field.metadata().contains(PHYSICAL_NAME)
        ? field.metadata().getString(PHYSICAL_NAME)
        : field.name();
  }

  /** By name, in Spark's way without regard to case. */
  StructField field(String column) {
    return Arrays.stream(schema().fields())
        .filter(field -> field.name().equalsIgnoreCase(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No column " + column + "."));
  }
}
