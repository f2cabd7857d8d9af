package io.leeway.store;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Subject;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import io.leeway.profile.StoredProfile;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of {@code profiles} as profiles. Reads Spark's internal rows as they are, for there may be a
 * million of them; the frame must have the table's columns in the table's order, as {@link
 * Store#read} gives them. Spark's outer rows are not read: of a slice of more than four columns
 * they forget the order.
 */
public final class ProfileReader implements Serializable {
  /** A profile and what it is of. */
  public record Found(
      Subject subject, String part, String binsId, String baselineId, StoredProfile profile) {}

  private static final long serialVersionUID = 1L;
  private static final int DIGITS = 38;

  private final StructType schema = ResultTable.PROFILES.schema();
  private final int model = at("model");
  private final int modelVersion = at("model_version");
  private final int part = at("part");
  private final int granularity = at("granularity");
  private final int windowStart = at("window_start");
  private final int windowEnd = at("window_end");
  private final int segmentValues = at("segment_values");
  private final int column = at("column_name");
  private final int format = at("format");
  private final int kind = at("kind");
  private final int rows = at("n_rows");
  private final int n = at("n");
  private final int nulls = at("n_null");
  private final int nans = at("n_nan");
  private final int positiveInfinities = at("n_pos_inf");
  private final int negativeInfinities = at("n_neg_inf");
  private final int exact = at("exact");
  private final int minimum = at("minimum");
  private final int maximum = at("maximum");
  private final int total = at("total");
  private final int squares = at("squares");
  private final int overflows = at("n_overflow");
  private final int values = at("values");
  private final int bins = at("bins");
  private final int sums = at("sums");
  private final int categories = at("categories");
  private final int others = at("n_other");
  private final int othersDistinct = at("other_distinct");
  private final int binsId = at("bins_id");
  private final int baselineId = at("baseline_id");

  /** All rows of a frame, decoded one by one where the caller is. */
  public List<Found> readAll(Dataset<Row> profiles) {
    List<Found> found = new ArrayList<>();
    for (InternalRow row : profiles.queryExecution().executedPlan().executeCollect()) {
      found.add(read(row));
    }
    return found;
  }

  /**
   * Nothing of the row is kept, so Spark may use its memory again.
   *
   * @throws UserException if the row was written in a form that this code does not know
   */
  public Found read(InternalRow row) {
    Window window =
        new Window(Cells.instant(row.getLong(windowStart)), Cells.instant(row.getLong(windowEnd)));
    Subject subject =
        new Subject(
            Cells.text(row, model),
            Cells.text(row, modelVersion),
            Cells.text(row, granularity),
            window,
            Cells.segment(row.getMap(segmentValues)),
            Cells.text(row, column));
    return new Found(
        subject,
        Cells.text(row, part),
        Cells.text(row, binsId),
        Cells.text(row, baselineId),
        profile(row, subject));
  }

  private StoredProfile profile(InternalRow row, Subject subject) {
    if (row.getInt(format) != StoredProfile.FORMAT) {
      throw new UserException(
          "The profile of column '"
              + subject.column()
              + "' of model "
              + subject.model()
              + " in window "
              + subject.window()
              + " has format "
              + row.getInt(format)
              + ", this Leeway reads format "
              + StoredProfile.FORMAT
              + ". Upgrade Leeway, or run 'leeway maintain --upgrade'.");
    }
    var p = new StoredProfile.Builder(ColumnKind.valueOf(Cells.text(row, kind)));
    p.rows = row.getLong(rows);
    p.n = row.getLong(n);
    p.nulls = row.getLong(nulls);
    p.nans = row.getLong(nans);
    p.positiveInfinities = row.getLong(positiveInfinities);
    p.negativeInfinities = row.getLong(negativeInfinities);
    p.exact = row.getBoolean(exact);
    p.minimum = row.isNullAt(minimum) ? Double.NaN : row.getDouble(minimum);
    p.maximum = row.isNullAt(maximum) ? Double.NaN : row.getDouble(maximum);
    p.total = row.isNullAt(total) ? null : integer(row, total);
    p.squares = row.isNullAt(squares) ? null : integer(row, squares);
    p.overflows = row.getLong(overflows);
    values(row.getArray(values), p);
    bins(row.getArray(bins), p);
    sums(row.getArray(sums), p);
    categories(row.getArray(categories), p);
    p.others = row.getLong(others);
    p.othersDistinct = row.getDouble(othersDistinct);
    return p.build();
  }

  private static void values(ArrayData cells, StoredProfile.Builder p) {
    int length = cells.numElements();
    p.values = new double[length];
    p.valueCounts = new long[length];
    boolean decided = length > 0 && !cells.getStruct(0, 3).isNullAt(2);
    p.valueDecided = new long[decided ? length : 0];
    for (int i = 0; i < length; i++) {
      InternalRow cell = cells.getStruct(i, 3);
      p.values[i] = cell.getDouble(0);
      p.valueCounts[i] = cell.getLong(1);
      if (decided) {
        p.valueDecided[i] = cell.getLong(2);
      }
    }
  }

  private static void bins(ArrayData cells, StoredProfile.Builder p) {
    int length = cells.numElements();
    p.bins = new int[length];
    p.binCounts = new long[length];
    boolean decided = length > 0 && !cells.getStruct(0, 5).isNullAt(2);
    boolean ends = length > 0 && !cells.getStruct(0, 5).isNullAt(3);
    p.binDecided = new long[decided ? length : 0];
    p.binLows = new double[ends ? length : 0];
    p.binHighs = new double[ends ? length : 0];
    for (int i = 0; i < length; i++) {
      InternalRow cell = cells.getStruct(i, 5);
      p.bins[i] = cell.getInt(0);
      p.binCounts[i] = cell.getLong(1);
      if (decided) {
        p.binDecided[i] = cell.getLong(2);
      }
      if (ends) {
        p.binLows[i] = cell.getDouble(3);
        p.binHighs[i] = cell.getDouble(4);
      }
    }
  }

  private static void sums(ArrayData cells, StoredProfile.Builder p) {
    p.sumBins = new int[cells.numElements()];
    p.sums = new BigInteger[cells.numElements()];
    for (int i = 0; i < p.sumBins.length; i++) {
      InternalRow cell = cells.getStruct(i, 2);
      p.sumBins[i] = cell.getInt(0);
      p.sums[i] = integer(cell, 1);
    }
  }

  private static void categories(ArrayData cells, StoredProfile.Builder p) {
    p.categories = new String[cells.numElements()];
    p.categoryCounts = new long[cells.numElements()];
    for (int i = 0; i < p.categories.length; i++) {
      InternalRow cell = cells.getStruct(i, 2);
      p.categories[i] = Cells.text(cell, 0);
      p.categoryCounts[i] = cell.getLong(1);
    }
  }

  private static BigInteger integer(InternalRow row, int i) {
    return row.getDecimal(i, DIGITS, 0).toJavaBigDecimal().toBigIntegerExact();
  }

  private int at(String column) {
    return schema.fieldIndex(column);
  }
}
