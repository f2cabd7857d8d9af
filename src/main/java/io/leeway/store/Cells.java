package io.leeway.store;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/** Single values as Spark's rows hold them, there and back. */
final class Cells {
  private static final BigInteger DECIMAL_LIMIT = BigInteger.TEN.pow(38);
  private static final long MICROS = 1_000_000L;

  private Cells() {}

  /** Of a frame's external rows in Spark's default setting. */
  static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  /** Whichever of Spark's two classes the session's settings give. */
  static Instant instant(Object cell) {
    return cell instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) cell;
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
  }

  /**
   * For {@code decimal(38, 0)}.
   *
   * @throws ArithmeticException beyond 38 digits, which Spark would store as NULL
   */
  static BigDecimal decimal(BigInteger integer) {
    if (integer == null) {
      return null;
    }
    if (integer.abs().compareTo(DECIMAL_LIMIT) >= 0) {
      throw new ArithmeticException("A sum of " + integer + " has more than 38 digits.");
    }
    return new BigDecimal(integer);
  }

  /** NaN stands for "none" in memory, NULL in a table. */
  static Double nullIfNaN(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** In the map's own order, for which Scala's small maps would not answer. */
  static scala.collection.Map<String, String> map(Map<String, String> map) {
    return CollectionConverters.asScala(map);
  }

  static String string(Row row, String column) {
    return row.getString(row.fieldIndex(column));
  }

  static Long longOrNull(Row row, String column) {
    int i = row.fieldIndex(column);
    return row.isNullAt(i) ? null : row.getLong(i);
  }

  /** The map's entries lie in the order of the slice's columns; a missing value is NULL. */
  static Segment segment(MapData map) {
    int size = map.numElements();
    if (size == 0) {
      return Segment.ALL;
    }
    List<String> columns = new ArrayList<>(size);
    String[] of = new String[size];
    for (int i = 0; i < size; i++) {
      columns.add(map.keyArray().getUTF8String(i).toString());
      of[i] = map.valueArray().isNullAt(i) ? null : map.valueArray().getUTF8String(i).toString();
    }
    return new Segment(new Slice(columns), Arrays.asList(of));
  }

  /** {@code null} where there is none. */
  static String text(InternalRow row, int i) {
    UTF8String text = row.isNullAt(i) ? null : row.getUTF8String(i);
    return text == null ? null : text.toString();
  }
}
