package io.leeway.scan;

import io.leeway.profile.PackedProfile;
import io.leeway.profile.StoredProfile;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Partial states of one column, cell by cell; a cell is named by the values of its group's columns.
 * States stay packed until they are added up, since a window may hold very many cells of few rows.
 * Where {@link CellFold} has told cells as one, the hashes of the segments folded come along.
 */
final class CellBlock implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MISSING = -1;

  private transient List<List<String>> cells = new ArrayList<>();
  private transient List<byte[]> profiles = new ArrayList<>();
  private final long[][] folded;
  private final long fingerprint;

  /**
   * Without cells yet.
   *
   * @param folded per slice of the group, the hashes of segments that the cells no longer name
   * @param fingerprint wrapping sum of the {@linkplain RowHash hashes} of the rows in the cells, 0
   *     where another block tells it
   */
  CellBlock(long[][] folded, long fingerprint) {
    this.folded = folded;
    this.fingerprint = fingerprint;
  }

  long fingerprint() {
    return fingerprint;
  }

  /** The hashes of segments of a slice of the group that the cells no longer name. */
  long[] folded(int slice) {
    return folded[slice];
  }

  void add(List<String> cell, StoredProfile profile) {
    cells.add(cell);
    profiles.add(PackedProfile.pack(profile));
  }

  int size() {
    return cells.size();
  }

  List<String> cell(int index) {
    return cells.get(index);
  }

  StoredProfile profile(int index) {
    return PackedProfile.unpack(profiles.get(index));
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    int columns = cells.isEmpty() ? 0 : cells.get(0).size();
    out.writeInt(cells.size());
    out.writeInt(columns);
    for (int i = 0; i < cells.size(); i++) {
      for (String value : cells.get(i)) {
        writeBytes(out, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
      }
      writeBytes(out, profiles.get(i));
    }
  }

  private static void writeBytes(ObjectOutputStream out, byte[] bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(MISSING);
    } else {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    int size = in.readInt();
    int columns = in.readInt();
    cells = new ArrayList<>(size);
    profiles = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      String[] cell = new String[columns];
      for (int column = 0; column < columns; column++) {
        byte[] value = readBytes(in);
        cell[column] = value == null ? null : new String(value, StandardCharsets.UTF_8);
      }
      cells.add(Arrays.asList(cell));
      profiles.add(readBytes(in));
    }
  }

  private static byte[] readBytes(ObjectInputStream in) throws IOException {
    int length = in.readInt();
    if (length == MISSING) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
