package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.io.Serializable;
import java.math.BigInteger;

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
    PackedBytes out = new PackedBytes(new byte[512]);
    write(profile, out);
    return out.written();
  }

  /** The profile whose bytes these are. */
  public static StoredProfile unpack(byte[] bytes) {
    return read(new PackedBytes(bytes));
  }

  private static void write(StoredProfile p, PackedBytes out) {
    out.writeText(p.kind.name());
    out.writeLong(p.exact ? 1 : 0);
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
      out.writeLong(head);
    }
    out.writeDouble(p.minimum);
    out.writeDouble(p.maximum);
    out.writeDouble(p.othersDistinct);
    out.writeSums(p.total == null ? NO_SUMS : new BigInteger[] {p.total});
    out.writeSums(p.squares == null ? NO_SUMS : new BigInteger[] {p.squares});
    out.writeDoubles(p.values);
    out.writeLongs(p.valueCounts);
    out.writeLongs(p.valueDecided);
    out.writeInts(p.bins);
    out.writeLongs(p.binCounts);
    out.writeLongs(p.binDecided);
    out.writeDoubles(p.binLows);
    out.writeDoubles(p.binHighs);
    out.writeInts(p.sumBins);
    out.writeSums(p.sums);
    out.writeLong(p.categories.length);
    for (String category : p.categories) {
      out.writeText(category);
    }
    out.writeLongs(p.categoryCounts);
  }

  private Object readResolve() {
    return unpack(bytes);
  }

  private static StoredProfile read(PackedBytes in) {
    StoredProfile.Builder p = new StoredProfile.Builder(ColumnKind.valueOf(in.readText()));
    p.exact = in.readLong() == 1;
    p.rows = in.readLong();
    p.n = in.readLong();
    p.nulls = in.readLong();
    p.nans = in.readLong();
    p.positiveInfinities = in.readLong();
    p.negativeInfinities = in.readLong();
    p.overflows = in.readLong();
    p.others = in.readLong();
    p.minimum = in.readDouble();
    p.maximum = in.readDouble();
    p.othersDistinct = in.readDouble();
    p.total = firstOrNull(in.readSums());
    p.squares = firstOrNull(in.readSums());
    p.values = in.readDoubles();
    p.valueCounts = in.readLongs();
    p.valueDecided = in.readLongs();
    p.bins = in.readInts();
    p.binCounts = in.readLongs();
    p.binDecided = in.readLongs();
    p.binLows = in.readDoubles();
    p.binHighs = in.readDoubles();
    p.sumBins = in.readInts();
    p.sums = in.readSums();
    p.categories = new String[in.readInt()];
    for (int i = 0; i < p.categories.length; i++) {
      p.categories[i] = in.readText();
    }
    p.categoryCounts = in.readLongs();
    return p.build();
  }

  private static BigInteger firstOrNull(BigInteger[] sums) {
    return sums.length == 0 ? null : sums[0];
  }
}
