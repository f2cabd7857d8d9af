package io.leeway.scan;

import io.leeway.domain.ColumnRole;
import io.leeway.profile.BinDetail;
import io.leeway.profile.Categories;
import io.leeway.profile.Grid;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.Profile;
import java.io.Serializable;
import java.util.Optional;

/**
 * A column to be profiled on a frozen grid.
 *
 * @param name as in the result tables
 * @param expression SQL over the source's columns
 */
public record MonitoredColumn(String name, String expression, Grid<?> grid, ColumnRole role)
    implements Serializable {

  public static MonitoredColumn numeric(String name, String expression, NumericGrid grid) {
    return new MonitoredColumn(name, expression, grid, ColumnRole.FEATURE);
  }

  public static MonitoredColumn categorical(String name, String expression, Categories dictionary) {
    return new MonitoredColumn(name, expression, dictionary, ColumnRole.FEATURE);
  }

  /** Whether both are profiles of the same values, and of the same kind. */
  public boolean isLike(MonitoredColumn other) {
    return name.equals(other.name)
        && expression.equals(other.expression)
        && grid.getClass() == other.grid.getClass();
  }

  /** Adds up what is counted of the column by a slice. */
  public ProfileMerger<?> merger(BinDetail detail) {
    return merger(grid, detail);
  }

  private static <P extends Profile<P>> ProfileMerger<P> merger(Grid<P> grid, BinDetail detail) {
    return new ProfileMerger<>(grid, detail);
  }

  /** The bins of a numeric or score column. */
  public Optional<NumericGrid> numeric() {
    return grid instanceof NumericGrid bins ? Optional.of(bins) : Optional.empty();
  }

  ReadColumn.Reading reading() {
    return grid instanceof NumericGrid ? ReadColumn.Reading.NUMBER : ReadColumn.Reading.TEXT;
  }
}
