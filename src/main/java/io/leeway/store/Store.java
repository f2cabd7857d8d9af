package io.leeway.store;

import io.delta.tables.DeltaTable;
import io.leeway.config.StoreConfig;
import io.leeway.config.TableRef;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The result tables under one root path or in one catalog schema.
 *
 * <p>A table is created when it is first appended to, never by reading: one that is not there reads
 * as empty. Both check the store's format version once. Safe for several threads.
 */
public final class Store {
  /** The version of the tables' form; it rises with every change that older code cannot read. */
  public static final int FORMAT = 3;

  /** The table property that carries {@link #FORMAT}. */
  static final String FORMAT_PROPERTY = "leeway.format";

  /** After how many attempts whoever was about to make a table is held to be dead. */
  private static final int ABANDONED = 10;

  private static final String SESSION_TRANSACTION = "spark.databricks.delta.write.txnAppId";

  private final SparkSession spark;
  private final String catalogPrefix;
  private final String root;
  private final Set<ResultTable> checked = ConcurrentHashMap.newKeySet();
  private final Map<ResultTable, SmallTable> small = new ConcurrentHashMap<>();

  private Store(SparkSession spark, String catalogPrefix, String root) {
    this.spark = spark;
    this.catalogPrefix = catalogPrefix;
    this.root = root;
    if (spark.conf().getOption(SESSION_TRANSACTION).isDefined()) {
      throw new UserException(
          "The Spark setting "
              + SESSION_TRANSACTION
              + " is set for the whole session, and Delta would silently drop rows that Leeway "
              + "writes. Remove it from the job's settings.");
    }
  }

  /** The store of a configuration. */
  public static Store open(SparkSession spark, StoreConfig config) {
    return config
        .path()
        .map(path -> atPath(spark, path))
        .orElseGet(
            () -> inSchema(spark, config.catalog().orElseThrow(), config.schema().orElseThrow()));
  }

  /** The store whose tables are folders of {@code root}. */
  static Store atPath(SparkSession spark, String root) {
    return new Store(spark, null, root.endsWith("/") ? root.substring(0, root.length() - 1) : root);
  }

  /** The store whose tables are tables of a catalog's schema, which must exist. */
  static Store inSchema(SparkSession spark, String catalog, String schema) {
    String prefix = SqlName.quoted(catalog) + "." + SqlName.quoted(schema) + ".";
    return new Store(spark, prefix, null);
  }

  public SparkSession spark() {
    return spark;
  }

  /** Where a result table is. */
  public TableRef address(ResultTable table) {
    return root == null
        ? new TableRef(catalogPrefix + SqlName.quoted(table.tableName()), false)
        : new TableRef(root + "/" + table.tableName(), true);
  }

  /** As SQL names a result table. */
  public String sqlName(ResultTable table) {
    return SqlName.of(address(table));
  }

  /** For messages and final words: the root path, or {@code catalog.schema}. */
  public String location() {
    return root == null
        ? catalogPrefix.substring(0, catalogPrefix.length() - 1).replace("`", "")
        : root;
  }

  public boolean exists(ResultTable table) {
    return snapshot(table).isPresent();
  }

  /**
   * The rows of a table as they are now, and only those; without rows if nobody wrote any yet.
   * These are all attempts' rows, those that do not count among them.
   *
   * @throws UserException if the store's format is not this code's
   * @throws EnvironmentException if the storage cannot be read
   */
  public Dataset<Row> read(ResultTable table) {
    try {
      return snapshot(table)
          .map(DeltaSnapshot::rows)
          .orElseGet(() -> spark.createDataFrame(List.of(), table.schema()));
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(table));
    }
  }

  /**
   * A model's rows of a table that has but few, {@code RUNS} or {@code BASELINES}, without a Spark
   * job and in no order.
   *
   * @throws UserException if the store's format is not this code's
   * @throws EnvironmentException if the storage cannot be read
   */
  public List<Row> few(ResultTable table, String model) {
    try {
      Optional<DeltaSnapshot> snapshot = snapshot(table);
      return snapshot.isEmpty()
          ? List.of()
          : small(table, snapshot.get()).rows(snapshot.get(), model);
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(table));
    }
  }

  private SmallTable small(ResultTable table, DeltaSnapshot snapshot) {
    return small.computeIfAbsent(table, of -> new SmallTable(snapshot.hadoop()));
  }

  /**
   * The rows of {@code PROFILES} or {@code METRICS} of some published parts of one model, as the
   * attempts that won them wrote them; nothing is masked. Reads the files of the parts' model and
   * windows alone.
   */
  public Dataset<Row> read(ResultTable table, Collection<PublishedParts.Winner> winners) {
    return PublishedRows.of(read(table), winners);
  }

  /**
   * Appends the rows in one commit, by column name; the frame has exactly the table's columns.
   *
   * <p>A commit that Delta refused because of another writer is tried again, for nothing of it was
   * written. Nothing else is: after a lost answer the rows may be there.
   *
   * @throws UserException if the store's format is not this code's
   * @throws EnvironmentException if the storage cannot be written
   */
  public void append(ResultTable table, Dataset<Row> rows) {
    append(table, rows, Map.of());
  }

  void append(ResultTable table, Dataset<Row> rows, Map<String, String> options) {
    requireColumns(table, rows);
    create(table);
    for (int attempt = 0; ; attempt++) {
      try {
        write(table, rows, options);
        return;
      } catch (Exception e) {
        if (Conflicts.overIdentifier(e)) {
          throw e;
        }
        if (!Conflicts.with(e) || attempt == Conflicts.ATTEMPTS) {
          throw StorageErrors.explain(e, where(table));
        }
        Conflicts.pause(attempt);
      }
    }
  }

  private void write(ResultTable table, Dataset<Row> rows, Map<String, String> options) {
    DataFrameWriter<Row> writer = rows.write().format("delta").mode("append").options(options);
    if (root == null) {
      writer.saveAsTable(address(table).text());
    } else {
      writer.save(address(table).text());
    }
  }

  /** Creates the table if it is not there; several writers may do so at once. */
  void create(ResultTable table) {
    if (checked.contains(table)) {
      return;
    }
    for (int attempt = 0; snapshot(table).isEmpty(); attempt++) {
      // Where files lie but no table yet, Delta says nothing at all or that the folder is not
      // empty: another writer may be about to commit, or the files are somebody's.
      if (attempt == Conflicts.ATTEMPTS) {
        throw new UserException(
            where(table)
                + ": the folder holds files but no Delta table. Choose another store.path, or move "
                + "the files away.");
      }
      try {
        if (attempt == ABANDONED && root != null) {
          AbandonedLog.remove(spark, address(table).text());
        }
        spark.sql(table.ddl(sqlName(table)));
      } catch (Exception e) {
        if (!Conflicts.overTable(e)) {
          throw StorageErrors.explain(e, where(table));
        }
      }
      if (attempt > 0) {
        Conflicts.pause(attempt);
      }
    }
    checked.add(table);
  }

  /** The newest version of a table; empty if it is not there. */
  Optional<DeltaSnapshot> snapshot(ResultTable table) {
    Optional<DeltaSnapshot> snapshot = snapshotOfAnyAge(table);
    snapshot.ifPresent(found -> requireFormat(table, found));
    return snapshot;
  }

  /** The same of a store that may have to be upgraded first. */
  Optional<DeltaSnapshot> snapshotOfAnyAge(ResultTable table) {
    try {
      return DeltaSnapshot.newest(spark, address(table));
    } catch (Exception e) {
      throw StorageErrors.explain(e, where(table));
    }
  }

  /** A table's handle for changes other than an append. */
  DeltaTable delta(SparkSession session, ResultTable table) {
    return root == null
        ? DeltaTable.forName(session, address(table).text())
        : DeltaTable.forPath(session, address(table).text());
  }

  /**
   * Changes a table otherwise than by an append. One that Delta refused because of another writer
   * is tried again, for nothing of it was done.
   *
   * @throws EnvironmentException if the storage cannot be written, or others write all the time
   */
  void change(ResultTable table, Runnable change) {
    for (int attempt = 0; ; attempt++) {
      try {
        change.run();
        return;
      } catch (Exception e) {
        if (!Conflicts.with(e) || attempt == Conflicts.ATTEMPTS) {
          throw StorageErrors.explain(e, where(table));
        }
        Conflicts.pause(attempt);
      }
    }
  }

  private void requireFormat(ResultTable table, DeltaSnapshot snapshot) {
    int format = format(table, snapshot);
    if (format < FORMAT) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has store format %d, older than this Leeway's %d. Run 'leeway maintain "
                  + "--upgrade' once.",
              where(table),
              format,
              FORMAT));
    }
  }

  /**
   * The format of a table, at most this code's.
   *
   * @throws UserException if it is newer, or the table is none of ours
   */
  int format(ResultTable table, DeltaSnapshot snapshot) {
    String text = snapshot.properties().get(FORMAT_PROPERTY);
    if (text == null || !text.matches("\\d{1,9}")) {
      throw new UserException(
          where(table)
              + " is there but is no table of Leeway: its property "
              + FORMAT_PROPERTY
              + " is "
              + text
              + ". Choose another store.path or schema.");
    }
    int format = Integer.parseInt(text);
    if (format > FORMAT) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has store format %d, written by a newer Leeway than this one (format %d). Upgrade "
                  + "Leeway.",
              where(table),
              format,
              FORMAT));
    }
    return format;
  }

  private static void requireColumns(ResultTable table, Dataset<Row> rows) {
    Set<String> expected = new TreeSet<>(Arrays.asList(table.schema().fieldNames()));
    Set<String> found = new TreeSet<>(Arrays.asList(rows.columns()));
    if (!expected.equals(found) || rows.columns().length != expected.size()) {
      throw new IllegalArgumentException(
          "Rows for " + table.tableName() + " have the columns " + found + ", not " + expected);
    }
  }

  String where(ResultTable table) {
    return "Result table '" + address(table) + "'";
  }
}
