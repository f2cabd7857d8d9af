package io.leeway.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are written, or read, from front to back; small numbers take few of them. */
final class PackedBytes {
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.BIG_ENDIAN);
  private static final int MOST_PER_LONG = 10;

  private byte[] bytes;
  private int position;

  PackedBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] written() {
    return Arrays.copyOf(bytes, position);
  }

  private void makeRoom(int more) {
    if (bytes.length - position < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, position + more));
    }
  }

  /** Seven bits a byte, small magnitudes first; the sign goes into the lowest bit. */
  void writeLong(long number) {
    makeRoom(MOST_PER_LONG);
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  long readLong() {
    long rest = 0;
    int shift = 0;
    byte part;
    do {
      part = bytes[position++];
      rest |= (part & 0x7fL) << shift;
      shift += 7;
    } while (part < 0);
    return (rest >>> 1) ^ -(rest & 1);
  }

  int readInt() {
    return Math.toIntExact(readLong());
  }

  void writeDouble(double number) {
    makeRoom(Double.BYTES);
    DOUBLE.set(bytes, position, number);
    position += Double.BYTES;
  }

  double readDouble() {
    double number = (double) DOUBLE.get(bytes, position);
    position += Double.BYTES;
    return number;
  }

  void writeText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeLong(utf8.length);
    makeRoom(utf8.length);
    System.arraycopy(utf8, 0, bytes, position, utf8.length);
    position += utf8.length;
  }

  String readText() {
    int length = readInt();
    position += length;
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  void writeLongs(long[] numbers) {
    writeLong(numbers.length);
    for (long number : numbers) {
      writeLong(number);
    }
  }

  long[] readLongs() {
    long[] numbers = new long[readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = readLong();
    }
    return numbers;
  }

  /** Ascending numbers, as steps. */
  void writeInts(int[] ascending) {
    writeLong(ascending.length);
    int before = 0;
    for (int number : ascending) {
      writeLong((long) number - before);
      before = number;
    }
  }

  int[] readInts() {
    int[] ascending = new int[readInt()];
    int before = 0;
    for (int i = 0; i < ascending.length; i++) {
      before += readInt();
      ascending[i] = before;
    }
    return ascending;
  }

  void writeDoubles(double[] numbers) {
    writeLong(numbers.length);
    for (double number : numbers) {
      writeDouble(number);
    }
  }

  double[] readDoubles() {
    double[] numbers = new double[readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = readDouble();
    }
    return numbers;
  }

  void writeSums(BigInteger[] sums) {
    writeLong(sums.length);
    for (BigInteger sum : sums) {
      writeLong(FixedPoint.highOf(sum));
      writeLong(FixedPoint.lowOf(sum));
    }
  }

  BigInteger[] readSums() {
    BigInteger[] sums = new BigInteger[readInt()];
    for (int i = 0; i < sums.length; i++) {
      long high = readLong();
      sums[i] = FixedPoint.toInteger(high, readLong());
    }
    return sums;
  }
}
