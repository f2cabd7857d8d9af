package io.leeway.store;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a model in a table whose rows form one line, numbered 1, 2, 3 … in the column {@code
 * sequence}, where each number can be taken once.
 *
 * <p>A number is asked for by Delta's transaction identifier (application {@code
 * leeway/<table>/<model>}, version = the number). If somebody took it meanwhile, Delta drops the
 * row, silently or by {@code ConcurrentTransactionException}; reading the number back shows whose
 * row it is. So whoever reads the line, decides on what it read and asks for the next number has
 * decided on the whole line before it, or has to decide again.
 *
 * <p>The identifier is an option of this one write, never a setting of the session, where it would
 * silently drop later writes.
 */
public final class NumberedRows {
  private final Store store;
  private final ResultTable table;

  public NumberedRows(Store store, ResultTable table) {
    this.store = store;
    this.table = table;
  }

  /** The model's rows in order, as they are now. */
  public List<Row> rows(String model) {
    return store.few(table, model).stream().sorted(Comparator.comparingLong(this::number)).toList();
  }

  /**
   * Appends a row under the number that it bears.
   *
   * @return what lies under that number now, which is the row itself unless somebody was faster;
   *     empty if the number is taken and its row gone
   */
  public Optional<Row> append(String model, Row row) {
    long number = number(row);
    Dataset<Row> frame = store.spark().createDataFrame(List.of(row), table.schema());
    Map<String, String> taking =
        Map.of("txnAppId", application(model), "txnVersion", Long.toString(number));
    try {
      store.append(table, frame, taking);
    } catch (RuntimeException e) {
      if (!Conflicts.overIdentifier(e)) {
        throw e;
      }
    }
    return store.few(table, model).stream().filter(of -> number(of) == number).findFirst();
  }

  /** The greatest number that was ever taken; empty before any. */
  public OptionalLong taken(String model) {
    return store
        .snapshot(table)
        .map(snapshot -> snapshot.transaction(application(model)))
        .orElse(OptionalLong.empty());
  }

  /** A short wait before deciding again. */
  public void pause(int attempt) {
    Conflicts.pause(attempt);
  }

  private String application(String model) {
    return "leeway/" + table.tableName() + "/" + model;
  }

  private long number(Row row) {
    return row.getLong(table.schema().fieldIndex("sequence"));
  }
}
