package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A stored profile as it travels between tasks: small numbers in few bytes, since most counts are
 * small. Both ends run the same code, so this form needs no version.
 */
public final class PackedProfile implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final BigInteger[] NO_SUMS = {};

  private final byte[] bytes;

  PackedProfile(StoredProfile profile) {
    this.bytes = pack(profile);
  }

  /** The bytes of a profile, for {@link #unpack}. */
  public static byte[] pack(StoredProfile profile) {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(buffer)) {
      write(profile, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }

  /** The profile whose bytes these are. */
  public static StoredProfile unpack(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(StoredProfile p, DataOutputStream out) throws IOException {
    out.writeUTF(p.kind.name());
    out.writeBoolean(p.exact);
    long[] heads = {
      p.rows,
      p.n,
      p.nulls,
      p.nans,
      p.positiveInfinities,
      p.negativeInfinities,
      p.overflows,
      p.others
    };
    for (long head : heads) {
      writeLong(out, head);
    }
    out.writeDouble(p.minimum);
    out.writeDouble(p.maximum);
    out.writeDouble(p.othersDistinct);
    writeSums(out, p.total == null ? NO_SUMS : new BigInteger[] {p.total});
    writeSums(out, p.squares == null ? NO_SUMS : new BigInteger[] {p.squares});
    writeDoubles(out, p.values);
    writeLongs(out, p.valueCounts);
    writeLongs(out, p.valueDecided);
    writeInts(out, p.bins);
    writeLongs(out, p.binCounts);
    writeLongs(out, p.binDecided);
    writeDoubles(out, p.binLows);
    writeDoubles(out, p.binHighs);
    writeInts(out, p.sumBins);
    writeSums(out, p.sums);
    writeLong(out, p.categories.length);
    for (String category : p.categories) {
      byte[] utf8 = category.getBytes(StandardCharsets.UTF_8);
      writeLong(out, utf8.length);
      out.write(utf8);
    }
    writeLongs(out, p.categoryCounts);
  }

  private Object readResolve() {
    return unpack(bytes);
  }

  private static StoredProfile read(DataInputStream in) throws IOException {
    StoredProfile.Builder p = new StoredProfile.Builder(ColumnKind.valueOf(in.readUTF()));
    p.exact = in.readBoolean();
    p.rows = readLong(in);
    p.n = readLong(in);
    p.nulls = readLong(in);
    p.nans = readLong(in);
    p.positiveInfinities = readLong(in);
    p.negativeInfinities = readLong(in);
    p.overflows = readLong(in);
    p.others = readLong(in);
    p.minimum = in.readDouble();
    p.maximum = in.readDouble();
    p.othersDistinct = in.readDouble();
    p.total = firstOrNull(readSums(in));
    p.squares = firstOrNull(readSums(in));
    p.values = readDoubles(in);
    p.valueCounts = readLongs(in);
    p.valueDecided = readLongs(in);
    p.bins = readInts(in);
    p.binCounts = readLongs(in);
    p.binDecided = readLongs(in);
    p.binLows = readDoubles(in);
    p.binHighs = readDoubles(in);
    p.sumBins = readInts(in);
    p.sums = readSums(in);
    p.categories = new String[(int) readLong(in)];
    for (int i = 0; i < p.categories.length; i++) {
      byte[] utf8 = new byte[(int) readLong(in)];
      in.readFully(utf8);
      p.categories[i] = new String(utf8, StandardCharsets.UTF_8);
    }
    p.categoryCounts = readLongs(in);
    return p.build();
  }

  /** Seven bits a byte, small magnitudes first; the sign goes into the lowest bit. */
  private static void writeLong(DataOutputStream out, long number) throws IOException {
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) (rest | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readLong(DataInputStream in) throws IOException {
    long rest = 0;
    int shift = 0;
    byte part;
    do {
      part = in.readByte();
      rest |= (part & 0x7fL) << shift;
      shift += 7;
    } while (part < 0);
    return (rest >>> 1) ^ -(rest & 1);
  }

  private static void writeLongs(DataOutputStream out, long[] numbers) throws IOException {
    writeLong(out, numbers.length);
    for (long number : numbers) {
      writeLong(out, number);
    }
  }

  private static long[] readLongs(DataInputStream in) throws IOException {
    long[] numbers = new long[(int) readLong(in)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = readLong(in);
    }
    return numbers;
  }

  private static void writeInts(DataOutputStream out, int[] ascending) throws IOException {
    writeLong(out, ascending.length);
    int before = 0;
    for (int number : ascending) {
      writeLong(out, number - before);
      before = number;
    }
  }

  private static int[] readInts(DataInputStream in) throws IOException {
    int[] ascending = new int[(int) readLong(in)];
    int before = 0;
    for (int i = 0; i < ascending.length; i++) {
      before += (int) readLong(in);
      ascending[i] = before;
    }
    return ascending;
  }

  private static void writeDoubles(DataOutputStream out, double[] numbers) throws IOException {
    writeLong(out, numbers.length);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  private static double[] readDoubles(DataInputStream in) throws IOException {
    double[] numbers = new double[(int) readLong(in)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }

  private static void writeSums(DataOutputStream out, BigInteger[] sums) throws IOException {
    writeLong(out, sums.length);
    for (BigInteger sum : sums) {
      writeLong(out, FixedPoint.highOf(sum));
      writeLong(out, FixedPoint.lowOf(sum));
    }
  }

  private static BigInteger firstOrNull(BigInteger[] sums) {
    return sums.length == 0 ? null : sums[0];
  }

  private static BigInteger[] readSums(DataInputStream in) throws IOException {
    BigInteger[] sums = new BigInteger[(int) readLong(in)];
    for (int i = 0; i < sums.length; i++) {
      long high = readLong(in);
      sums[i] = FixedPoint.toInteger(high, readLong(in));
    }
    return sums;
  }
}
