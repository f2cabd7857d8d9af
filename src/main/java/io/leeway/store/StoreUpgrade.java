package io.leeway.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * Brings a store that older code wrote to {@link Store#FORMAT}: table by table, step by step, each
 * step from one format to the next. A table says its format, so an upgrade that was stopped goes on
 * where it was. A writer of the older code that is still at work is refused when it next looks at a
 * table.
 */
public final class StoreUpgrade {
  /** What brings a table from one format to the next; may be done twice. */
  @FunctionalInterface
  private interface Step {
    /** The statements that do it; none where nothing is to be changed. */
    List<String> statements(Store store, ResultTable table, DeltaSnapshot snapshot);
  }

  /**
   * The step at {@code i} starts from format {@code i}; so there are as many as the format says.
   */
  private static final List<Step> STEPS =
      List.of(StoreUpgrade::addColumns, StoreUpgrade::addColumns, StoreUpgrade::addColumns);

  private final Store store;

  public StoreUpgrade(Store store) {
    this.store = store;
  }

  /**
   * Upgrades every table that is there.
   *
   * @param dryRun whether to say only what would be done
   * @return a line for each table that was older
   * @throws io.leeway.domain.UserException if a table is newer than this code, or none of ours;
   *     nothing has been changed then
   */
  public List<String> run(boolean dryRun) {
    List<ResultTable> older = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (ResultTable table : ResultTable.values()) {
      store
          .snapshotOfAnyAge(table)
          .map(snapshot -> store.format(table, snapshot))
          .filter(format -> format < Store.FORMAT)
          .ifPresent(
              format -> {
                older.add(table);
                words.add(
                    String.format(
                        Locale.ROOT,
                        "%s: from store format %d to %d.",
                        table.tableName(),
                        format,
                        Store.FORMAT));
              });
    }
    if (!dryRun) {
      older.forEach(table -> store.change(table, () -> upgrade(table)));
    }
    return words;
  }

  /** From what the table is at this moment, so that another upgrade may run beside it. */
  private void upgrade(ResultTable table) {
    Optional<DeltaSnapshot> found = store.snapshotOfAnyAge(table);
    while (found.isPresent() && store.format(table, found.get()) < Store.FORMAT) {
      int format = store.format(table, found.get());
      SparkSession spark = store.spark();
      STEPS.get(format).statements(store, table, found.get()).forEach(spark::sql);
      spark.sql(
          "ALTER TABLE %s SET TBLPROPERTIES ('%s' = '%d')"
              .formatted(store.sqlName(table), Store.FORMAT_PROPERTY, format + 1));
      found = store.snapshotOfAnyAge(table);
    }
  }

  /**
   * Adds the columns that the table lacks, each where it stands in the declaration; they are NULL
   * in the rows that are there.
   */
  private static List<String> addColumns(Store store, ResultTable table, DeltaSnapshot snapshot) {
    Set<String> there = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    there.addAll(Arrays.asList(snapshot.schema().fieldNames()));
    List<String> missing = new ArrayList<>();
    String place = "FIRST";
    for (StructField field : table.schema().fields()) {
      String name = SqlName.quoted(field.name());
      if (!there.contains(field.name())) {
        missing.add(name + " " + field.dataType().sql() + " " + place);
      }
      place = "AFTER " + name;
    }
    // One by one: a column that is added may be the place of the next.
    return missing.stream()
        .map(column -> "ALTER TABLE " + store.sqlName(table) + " ADD COLUMNS (" + column + ")")
        .toList();
  }
}
