package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The stored form of a {@link JointProfile}.
 *
 * <p>{@code sums} holds, in units, the moment of variables {@code i <= j} as bin {@code j (j + 1) /
 * 2 + i}, or by feature and group the sums of the score, then those of its square. {@code bins}
 * holds the rows without a value of each numeric column, then, by feature and group, the rows.
 * Zeros are left out.
 */
final class StoredJoint {
  private StoredJoint() {}

  static StoredProfile write(JointProfile profile) {
    StoredProfile.Builder stored = new StoredProfile.Builder(ColumnKind.JOINT);
    stored.rows = profile.rows();
    stored.n = profile.n();
    stored.nulls = profile.nulls();
    stored.overflows = profile.overflows();
    stored.exact = true;
    long[] counts = joined(profile.missing, profile.groupRows);
    stored.bins = filled(counts, new long[counts.length]);
    stored.binCounts = Arrays.stream(stored.bins).mapToLong(bin -> counts[bin]).toArray();
    long[] high = joined(profile.momentHigh, profile.groupHigh);
    long[] low = joined(profile.momentLow, profile.groupLow);
    stored.sumBins = filled(high, low);
    stored.sums =
        Arrays.stream(stored.sumBins)
            .mapToObj(at -> FixedPoint.toInteger(high[at], low[at]))
            .toArray(BigInteger[]::new);
    return stored.build();
  }

  private static long[] joined(long[] first, long[] second) {
    long[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static int[] filled(long[] one, long[] other) {
    int[] places = new int[one.length];
    int size = 0;
    for (int i = 0; i < one.length; i++) {
      if (one[i] != 0 || other[i] != 0) {
        places[size++] = i;
      }
    }
    return Arrays.copyOf(places, size);
  }

  static JointProfile read(JointGrid grid, StoredProfile stored) {
    int columns = grid.numeric().size();
    int moments = grid.moments();
    int groups = grid.groups();
    check(stored, columns + groups, moments + 2 * groups);
    long[] counts = new long[columns + groups];
    for (int i = 0; i < stored.bins.length; i++) {
      counts[stored.bins[i]] = stored.binCounts[i];
    }
    long[] high = new long[moments + 2 * groups];
    long[] low = new long[moments + 2 * groups];
    for (int i = 0; i < stored.sumBins.length; i++) {
      high[stored.sumBins[i]] = FixedPoint.highOf(stored.sums[i]);
      low[stored.sumBins[i]] = FixedPoint.lowOf(stored.sums[i]);
    }
    return new JointProfile(
        grid,
        stored.rows,
        stored.n,
        stored.nulls,
        stored.overflows,
        Arrays.copyOf(counts, columns),
        Arrays.copyOf(high, moments),
        Arrays.copyOf(low, moments),
        Arrays.copyOfRange(counts, columns, counts.length),
        Arrays.copyOfRange(high, moments, high.length),
        Arrays.copyOfRange(low, moments, low.length));
  }

  private static void check(StoredProfile stored, int counts, int sums) {
    boolean fits =
        stored.kind == ColumnKind.JOINT
            && Arrays.stream(stored.bins).allMatch(bin -> bin < counts)
            && Arrays.stream(stored.sumBins).allMatch(bin -> bin < sums);
    if (!fits) {
      throw new IllegalArgumentException(
          "A stored profile of kind "
              + stored.kind
              + " does not fit "
              + sums
              + " moments and sums; it was counted on another grid.");
    }
  }
}
