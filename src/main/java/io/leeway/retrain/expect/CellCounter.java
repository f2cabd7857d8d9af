package io.leeway.retrain.expect;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts the rows of a partition by column, cell, half and class. What it counts is emitted
 * whenever it becomes much, so that a column of identifiers costs no memory.
 *
 * <p>Rows in: half, class or NULL, then one value a column, a double or a text. Rows out: {@link
 * #SCHEMA}, to be summed up.
 */
final class CellCounter implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Stands for all rows, whatever their values. */
  static final int EVERY_ROW = -1;

  /** The class of rows without a label. */
  static final int UNLABELLED = -1;

  static final StructType SCHEMA =
      new StructType()
          .add("column", DataTypes.IntegerType, false)
          .add("cell", DataTypes.StringType, true)
          .add("expected", DataTypes.BooleanType, false)
          .add("half", DataTypes.IntegerType, false)
          .add("class", DataTypes.IntegerType, false)
          .add("n", DataTypes.LongType, false);

  private static final int VALUES_FROM = 2;
  private static final int MOST_COUNTED = 100_000;

  private final List<Slots> columns;

  /** How the values of one column are told apart. */
  sealed interface Slots extends Serializable {
    /** The cell of the value that stands at an index of a row. */
    String cell(Row row, int at);

    /** Whether a cell is counted by name however rare it is. */
    boolean isExpected(String cell);
  }

  /** Expected categories; every value is its own cell. */
  record Names(Set<String> expected) implements Slots {
    @Override
    public String cell(Row row, int at) {
      return row.getString(at);
    }

    @Override
    public boolean isExpected(String cell) {
      return expected.contains(cell);
    }
  }

  /** Ascending bounds; bin b holds the values at or above exactly b of them. */
  static final class Edges implements Slots {
    private static final long serialVersionUID = 1L;
    private final double[] ascending;

    Edges(double[] ascending) {
      this.ascending = ascending.clone();
    }

    /** The number of its bin, or what a value is in place of a finite number. */
    @Override
    public String cell(Row row, int at) {
      double value = row.getDouble(at);
      if (!Double.isFinite(value)) {
        return Double.toString(value);
      }
      int found = Arrays.binarySearch(ascending, value + 0.0);
      return Integer.toString(found >= 0 ? found + 1 : -found - 1);
    }

    @Override
    public boolean isExpected(String cell) {
      return true;
    }
  }

  /** What rows are counted by; the cell is {@code null} without a value, as in the table. */
  private record Key(int column, String cell, boolean expected, int half, int ofClass) {}

  /**
   * @param columns in the order of the values in the rows
   */
  CellCounter(List<Slots> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Counts(rows);
  }

  private final class Counts implements Iterator<Row> {
    private final Iterator<Row> rows;
    private Iterator<Map.Entry<Key, long[]>> counted = Map.<Key, long[]>of().entrySet().iterator();

    Counts(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (!counted.hasNext() && rows.hasNext()) {
        Map<Key, long[]> counts = new HashMap<>();
        while (rows.hasNext() && counts.size() < MOST_COUNTED) {
          count(rows.next(), counts);
        }
        counted = counts.entrySet().iterator();
      }
      return counted.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("All counts are emitted.");
      }
      Map.Entry<Key, long[]> entry = counted.next();
      Key key = entry.getKey();
      return RowFactory.create(
          key.column, key.cell, key.expected, key.half, key.ofClass, entry.getValue()[0]);
    }
  }

  private void count(Row row, Map<Key, long[]> counts) {
    int half = row.getInt(0);
    int ofClass = row.isNullAt(1) ? UNLABELLED : row.getInt(1);
    add(counts, new Key(EVERY_ROW, "", true, half, ofClass));
    for (int i = 0; i < columns.size(); i++) {
      Slots slots = columns.get(i);
      int at = VALUES_FROM + i;
      String cell = row.isNullAt(at) ? null : slots.cell(row, at);
      boolean expected = cell == null || slots.isExpected(cell);
      add(counts, new Key(i, cell, expected, half, ofClass));
    }
  }

  private static void add(Map<Key, long[]> counts, Key key) {
    counts.computeIfAbsent(key, name -> new long[1])[0]++;
  }
}
