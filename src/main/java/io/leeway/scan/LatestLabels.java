package io.leeway.scan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The labels of some identifiers, of each the one that counts: the latest, of equally late ones the
 * greatest value; what is missing comes before all else.
 *
 * <p>A task holds some hundred thousand of them, so there is no object for each: identifiers lie
 * one behind the other in one array, all else in arrays by the number of the identifier.
 */
final class LatestLabels {
  /** The number of an identifier without labels. */
  static final int NONE = -1;

  private static final long NO_TIME = Long.MIN_VALUE;
  private static final int LABEL_PLACE = 1;
  private static final int TIME_PLACE = 2;

  private final boolean numbers;

  /** Labels that are texts, each held once. */
  private final Map<UTF8String, UTF8String> texts = new HashMap<>();

  private int size;

  /** Number plus 1 of the identifier in each slot, or 0; at most half of the slots are taken. */
  private int[] slots = new int[1 << 11];

  private byte[] ids = new byte[1 << 14];
  private int[] hashes = new int[1 << 10];

  /** Where in {@link #ids} each identifier ends, and the next one starts. */
  private int[] ends = new int[1 << 10];

  private long[] times = new long[1 << 10];
  private int[] rows = new int[1 << 10];
  private Object[] labels = new Object[1 << 10];

  /**
   * None yet.
   *
   * @param labelType text, or double
   */
  private LatestLabels(DataType labelType) {
    this.numbers = labelType.equals(DataTypes.DoubleType);
  }

  /**
   * Takes all labels.
   *
   * @param rows identifier, which is not missing, label and label time; not kept
   */
  static LatestLabels of(Iterator<InternalRow> rows, DataType labelType) {
    LatestLabels latest = new LatestLabels(labelType);
    while (rows.hasNext()) {
      latest.take(rows.next());
    }
    return latest;
  }

  private void take(InternalRow row) {
    UTF8String id = row.getUTF8String(0);
    int hash = id.hashCode();
    int slot = slotOf(id, hash);
    boolean isNew = slots[slot] == 0;
    int number = isNew ? add(id, hash, slot) : slots[slot] - 1;
    rows[number]++;
    long time = row.isNullAt(TIME_PLACE) ? NO_TIME : row.getLong(TIME_PLACE);
    if (isNew || time >= times[number]) {
      Object label = label(row);
      if (isNew || time > times[number] || isGreater(label, labels[number])) {
        times[number] = time;
        labels[number] = label;
      }
    }
  }

  private Object label(InternalRow row) {
    if (row.isNullAt(LABEL_PLACE)) {
      return null;
    } else if (numbers) {
      return row.getDouble(LABEL_PLACE);
    }
    UTF8String text = row.getUTF8String(LABEL_PLACE);
    UTF8String known = texts.get(text);
    if (known == null) {
      known = text.copy();
      texts.put(known, known);
    }
    return known;
  }

  private boolean isGreater(Object one, Object other) {
    if (one == null || other == null) {
      return one != null && other == null;
    }
    return numbers
        ? ((Double) one).compareTo((Double) other) > 0
        : ((UTF8String) one).compareTo((UTF8String) other) > 0;
  }

  private int add(UTF8String id, int hash, int slot) {
    int number = size++;
    int start = start(number);
    int end = Math.addExact(start, id.numBytes());
    if (end > ids.length) {
      ids =
          Arrays.copyOf(
              ids, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, 2L * ids.length)));
    }
    if (number == ends.length) {
      int longer = 2 * number;
      hashes = Arrays.copyOf(hashes, longer);
      ends = Arrays.copyOf(ends, longer);
      times = Arrays.copyOf(times, longer);
      rows = Arrays.copyOf(rows, longer);
      labels = Arrays.copyOf(labels, longer);
    }
    id.writeToMemory(ids, (long) Platform.BYTE_ARRAY_OFFSET + start);
    hashes[number] = hash;
    ends[number] = end;
    slots[slot] = size;
    if (2 * size > slots.length) {
      widen();
    }
    return number;
  }

  private void widen() {
    int[] wider = new int[2 * slots.length];
    for (int number = 0; number < size; number++) {
      int slot = spread(hashes[number]) & (wider.length - 1);
      while (wider[slot] != 0) {
        slot = (slot + 1) & (wider.length - 1);
      }
      wider[slot] = number + 1;
    }
    slots = wider;
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  /** The slot of an identifier, or the free one that it would take. */
  private int slotOf(UTF8String id, int hash) {
    int slot = spread(hash) & (slots.length - 1);
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, id, hash)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  /** All identifiers of a task have hashes alike in some bits, by which it was chosen for them. */
  private static int spread(int hash) {
    int mixed = hash * 0x9e37_79b9;
    return mixed ^ (mixed >>> 15);
  }

  private boolean isAt(int number, UTF8String id, int hash) {
    int start = start(number);
    return hashes[number] == hash
        && ends[number] - start == id.numBytes()
        && ByteArrayMethods.arrayEquals(
            id.getBaseObject(),
            id.getBaseOffset(),
            ids,
            (long) Platform.BYTE_ARRAY_OFFSET + start,
            id.numBytes());
  }

  /** The number of an identifier, or {@link #NONE}. */
  int find(UTF8String id) {
    return slots[slotOf(id, id.hashCode())] - 1;
  }

  /** What happened, as Spark holds it; {@code null} where the label does not say. */
  Object label(int number) {
    return labels[number];
  }

  /** When it became known, in microseconds since 1970 UTC; {@code null} where nobody says. */
  Long time(int number) {
    return times[number] == NO_TIME ? null : Long.valueOf(times[number]);
  }

  /** How many labels the identifier has. */
  int rows(int number) {
    return rows[number];
  }
}
