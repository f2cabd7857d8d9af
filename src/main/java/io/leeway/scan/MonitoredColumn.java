package io.leeway.scan;

import io.leeway.profile.Categories;
import io.leeway.profile.NumericGrid;
import java.io.Serializable;

/**
 * A column to be profiled on a frozen grid; one of the two forms of grid is given, the other is
 * {@code null}.
 *
 * @param name as in the result tables
 * @param expression SQL over the source's columns
 */
public record MonitoredColumn(
    String name, String expression, NumericGrid numeric, Categories categorical)
    implements Serializable {
  public MonitoredColumn {
    if ((numeric == null) == (categorical == null)) {
      throw new IllegalArgumentException("Column " + name + " needs either bins or a dictionary.");
    }
  }

  public static MonitoredColumn numeric(String name, String expression, NumericGrid grid) {
    return new MonitoredColumn(name, expression, grid, null);
  }

  public static MonitoredColumn categorical(String name, String expression, Categories dictionary) {
    return new MonitoredColumn(name, expression, null, dictionary);
  }

  /** Whether both are profiles of the same column, and of the same kind. */
  public boolean isLike(MonitoredColumn other) {
    return name.equals(other.name) && (numeric == null) == (other.numeric == null);
  }

  ReadColumn.Reading reading() {
    return numeric == null ? ReadColumn.Reading.TEXT : ReadColumn.Reading.NUMBER;
  }
}
