package io.leeway.scan;

import io.leeway.profile.HashOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column read as texts: each row holds the code of its text, numbered in order of arrival in this
 * task.
 */
final class TextBuffer extends ColumnBuffer {
  /** The code of a missing value. */
  static final int MISSING = -1;

  private static final int NOT_MET = -2;
  private static final int MOST_DICTIONARY_CODES = 1 << 16;

  private enum Type {
    STRING,
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG
  }

  private final Type type;
  private final List<String> coded;
  private final Map<UTF8String, Integer> codesByText = new HashMap<>();
  private LongIndex codesByNumber = new LongIndex();
  private final List<String> texts = new ArrayList<>();
  private long bytes;

  /** Code plus one of every entry of the current batch's own dictionary; 0 while it was not met. */
  private int[] codesByDictionaryId = new int[64];

  int[] codes = new int[ROWS];

  /** The hash of every text whose code is below {@link #hashed}. */
  private long[] hashes = new long[64];

  private int hashed;

  /**
   * Of nothing yet.
   *
   * @param coded what whole numbers stand for, from 0 on; empty where they stand for themselves
   */
  TextBuffer(DataType dataType, List<String> coded) {
    this.type = typeOf(dataType);
    this.coded = List.copyOf(coded);
  }

  /** Whether values of a type can be taken as texts without a cast. */
  static boolean reads(DataType type) {
    return type instanceof StringType
        || type.equals(DataTypes.BooleanType)
        || type.equals(DataTypes.ByteType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.LongType);
  }

  private static Type typeOf(DataType type) {
    if (type instanceof StringType) {
      return Type.STRING;
    } else if (type.equals(DataTypes.BooleanType)) {
      return Type.BOOLEAN;
    } else if (type.equals(DataTypes.ByteType)) {
      return Type.BYTE;
    } else if (type.equals(DataTypes.ShortType)) {
      return Type.SHORT;
    } else if (type.equals(DataTypes.IntegerType)) {
      return Type.INT;
    } else if (type.equals(DataTypes.LongType)) {
      return Type.LONG;
    }
    throw new IllegalArgumentException(
        "A column of type " + type.sql() + " cannot be read as texts.");
  }

  /** Number of distinct texts met since the last {@link #forget}. */
  int distinct() {
    return texts.size();
  }

  String text(int code) {
    return code == MISSING ? null : texts.get(code);
  }

  /** The code of a text, or -2 if it was not met. */
  int codeOf(String text) {
    int code = texts.indexOf(text);
    return code >= 0 ? code : NOT_MET;
  }

  /** Heap held by the texts met, in bytes, roughly. */
  long bytes() {
    return bytes;
  }

  /** Starts the codes anew. */
  void forget() {
    bytes = 0;
    codesByText.clear();
    codesByNumber = new LongIndex();
    texts.clear();
    hashed = 0;
  }

  @Override
  void ensure(int size) {
    if (codes.length < size) {
      codes = Arrays.copyOf(codes, size);
    }
  }

  @Override
  void read(ColumnVector vector, int from, int size) {
    if (type == Type.STRING
        && vector instanceof WritableColumnVector writable
        && writable.hasDictionary()) {
      readDictionary(writable, from, size);
      return;
    }
    boolean mayMiss = vector.hasNull();
    for (int i = 0; i < size; i++) {
      codes[from + i] = mayMiss && vector.isNullAt(i) ? MISSING : code(vector, i);
    }
  }

  /** Looks each entry of the batch's dictionary up once. */
  private void readDictionary(WritableColumnVector vector, int from, int size) {
    WritableColumnVector ids = vector.getDictionaryIds();
    boolean mayMiss = vector.hasNull();
    Arrays.fill(codesByDictionaryId, 0);
    for (int i = 0; i < size; i++) {
      if (mayMiss && vector.isNullAt(i)) {
        codes[from + i] = MISSING;
        continue;
      }
      int id = ids.getDictId(i);
      if (id >= MOST_DICTIONARY_CODES) {
        codes[from + i] = code(vector.getUTF8String(i));
        continue;
      }
      if (id >= codesByDictionaryId.length) {
        codesByDictionaryId =
            Arrays.copyOf(codesByDictionaryId, Math.max(id + 1, 2 * codesByDictionaryId.length));
      }
      int known = codesByDictionaryId[id];
      if (known == 0) {
        known = code(vector.getUTF8String(i)) + 1;
        codesByDictionaryId[id] = known;
      }
      codes[from + i] = known - 1;
    }
  }

  @Override
  void mixInto(long[] into, int from, int to) {
    if (hashes.length < texts.size()) {
      hashes = Arrays.copyOf(hashes, Math.max(texts.size(), 2 * hashes.length));
    }
    for (; hashed < texts.size(); hashed++) {
      hashes[hashed] = HashOrder.hash(texts.get(hashed));
    }
    for (int i = from; i < to; i++) {
      long hash = codes[i] == MISSING ? RowHash.MISSING : hashes[codes[i]];
      into[i] = RowHash.mix(into[i], hash);
    }
  }

  private int code(ColumnVector vector, int i) {
    return switch (type) {
      case STRING -> code(vector.getUTF8String(i));
      case BOOLEAN -> code(vector.getBoolean(i));
      case BYTE -> code(vector.getByte(i));
      case SHORT -> code(vector.getShort(i));
      case INT -> code(vector.getInt(i));
      case LONG -> code(vector.getLong(i));
    };
  }

  @Override
  void read(InternalRow row, int ordinal, int index) {
    if (row.isNullAt(ordinal)) {
      codes[index] = MISSING;
      return;
    }
    codes[index] =
        switch (type) {
          case STRING -> code(row.getUTF8String(ordinal));
          case BOOLEAN -> code(row.getBoolean(ordinal));
          case BYTE -> code(row.getByte(ordinal));
          case SHORT -> code(row.getShort(ordinal));
          case INT -> code(row.getInt(ordinal));
          case LONG -> code(row.getLong(ordinal));
        };
  }

  private int code(UTF8String text) {
    Integer known = codesByText.get(text);
    if (known != null) {
      return known;
    }
    codesByText.put(text.copy(), texts.size());
    texts.add(text.toString());
    bytes += 250 + 2L * text.numBytes();
    return texts.size() - 1;
  }

  private int code(boolean value) {
    return code(value ? 1L : 0L);
  }

  private int code(long number) {
    int code = codesByNumber.of(number);
    if (code == texts.size()) {
      bytes += 120;
      texts.add(text(number));
    }
    return code;
  }

  private String text(long number) {
    if (type == Type.BOOLEAN) {
      return Boolean.toString(number == 1);
    }
    return coded.isEmpty() ? Long.toString(number) : coded.get(Math.toIntExact(number));
  }
}
