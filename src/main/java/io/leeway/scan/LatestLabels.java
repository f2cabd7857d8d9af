package io.leeway.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
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
 * <p>A task holds some hundred thousand of them and asks for each once, in no order, so what costs
 * is reaching for memory: no object stands for an identifier, all that is known of it lies together
 * in one array, and a slot of the index tells most other identifiers apart by itself.
 */
final class LatestLabels {
  /** The place of an identifier without labels. */
  static final int NONE = -1;

  private static final long NO_TIME = Long.MIN_VALUE;
  private static final int LABEL_PLACE = 1;
  private static final int TIME_PLACE = 2;

  // What lies where of an identifier; places are multiples of eight bytes.
  private static final int TIME = 0;
  private static final int LABEL = 8;
  private static final int ROWS = 16;
  private static final int LENGTH = 20;
  private static final int ID = 24;
  private static final int UNIT = 8;

  /** A label that is missing; no number that is a label has these bits, and no text this index. */
  private static final long NO_LABEL = 0x7ff8_dead_dead_deadL;

  private final boolean numbers;

  /** Labels that are texts, each held once. */
  private final List<UTF8String> texts = new ArrayList<>();

  private final Map<UTF8String, Integer> indices = new HashMap<>();

  private int size;
  private byte[] known = new byte[1 << 15];

  /** Bytes of {@link #known} that are taken. */
  private int taken;

  /**
   * Of an identifier its hash, above its place in units plus 1; 0 where the slot is free, as at
   * least half of them are.
   */
  private long[] slots = new long[1 << 11];

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
    int place = isNew ? add(id, hash, slot) : place(slots[slot]);
    Platform.putInt(known, at(place, ROWS), rows(place) + 1);
    long time = row.isNullAt(TIME_PLACE) ? NO_TIME : row.getLong(TIME_PLACE);
    long before = Platform.getLong(known, at(place, TIME));
    if (isNew || time >= before) {
      long label = bits(row);
      if (isNew || time > before || isGreater(label, Platform.getLong(known, at(place, LABEL)))) {
        Platform.putLong(known, at(place, TIME), time);
        Platform.putLong(known, at(place, LABEL), label);
      }
    }
  }

  /** A label in eight bytes: a number itself, of a text its index. */
  private long bits(InternalRow row) {
    if (row.isNullAt(LABEL_PLACE)) {
      return NO_LABEL;
    } else if (numbers) {
      return Double.doubleToLongBits(row.getDouble(LABEL_PLACE));
    }
    UTF8String text = row.getUTF8String(LABEL_PLACE);
    Integer index = indices.get(text);
    if (index == null) {
      index = texts.size();
      texts.add(text.copy());
      indices.put(texts.get(index), index);
    }
    return index;
  }

  private boolean isGreater(long one, long other) {
    if (one == NO_LABEL || other == NO_LABEL) {
      return one != NO_LABEL && other == NO_LABEL;
    }
    return numbers
        ? Double.compare(Double.longBitsToDouble(one), Double.longBitsToDouble(other)) > 0
        : texts.get((int) one).compareTo(texts.get((int) other)) > 0;
  }

  private int add(UTF8String id, int hash, int slot) {
    int place = taken;
    int end = Math.addExact(place, ID + id.numBytes());
    taken = Math.multiplyExact((end + UNIT - 1) / UNIT, UNIT);
    if (taken > known.length) {
      known =
          Arrays.copyOf(
              known, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(taken, 2L * known.length)));
    }
    Platform.putInt(known, at(place, ROWS), 0);
    Platform.putInt(known, at(place, LENGTH), id.numBytes());
    id.writeToMemory(known, at(place, ID));
    slots[slot] = ((long) hash << 32) | (place / UNIT + 1);
    size++;
    if (2 * size > slots.length) {
      widen();
    }
    return place;
  }

  private void widen() {
    long[] wider = new long[2 * slots.length];
    for (long one : slots) {
      if (one != 0) {
        int slot = spread((int) (one >>> 32)) & (wider.length - 1);
        while (wider[slot] != 0) {
          slot = (slot + 1) & (wider.length - 1);
        }
        wider[slot] = one;
      }
    }
    slots = wider;
  }

  /** The slot of an identifier, or the free one that it would take. */
  private int slotOf(UTF8String id, int hash) {
    int slot = spread(hash) & (slots.length - 1);
    while (slots[slot] != 0 && !isIn(slots[slot], id, hash)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  /** All identifiers of a task have hashes alike in some bits, by which it was chosen for them. */
  private static int spread(int hash) {
    int mixed = hash * 0x9e37_79b9;
    return mixed ^ (mixed >>> 15);
  }

  private boolean isIn(long slot, UTF8String id, int hash) {
    if ((int) (slot >>> 32) != hash) {
      return false;
    }
    int place = place(slot);
    return Platform.getInt(known, at(place, LENGTH)) == id.numBytes()
        && ByteArrayMethods.arrayEquals(
            id.getBaseObject(), id.getBaseOffset(), known, at(place, ID), id.numBytes());
  }

  private static int place(long slot) {
    return ((int) slot - 1) * UNIT;
  }

  private static long at(int place, int part) {
    return (long) Platform.BYTE_ARRAY_OFFSET + place + part;
  }

  /** The place of an identifier, or {@link #NONE}. */
  int find(UTF8String id) {
    long slot = slots[slotOf(id, id.hashCode())];
    return slot == 0 ? NONE : place(slot);
  }

  /**
   * What is known of an identifier.
   *
   * @param row takes the label, when it became known, and how many labels there are
   */
  void fill(InternalRow row, int place) {
    long label = Platform.getLong(known, at(place, LABEL));
    if (label == NO_LABEL) {
      row.setNullAt(0);
    } else if (numbers) {
      row.setDouble(0, Double.longBitsToDouble(label));
    } else {
      row.update(0, texts.get((int) label));
    }
    long time = Platform.getLong(known, at(place, TIME));
    if (time == NO_TIME) {
      row.setNullAt(1);
    } else {
      row.setLong(1, time);
    }
    row.setInt(2, rows(place));
  }

  private int rows(int place) {
    return Platform.getInt(known, at(place, ROWS));
  }
}
