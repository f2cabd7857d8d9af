package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled rows by ascending bins of the score. Fine bins serve what is exact at their ends; {@link
 * #groupedBy} makes the coarse ones over which deviations are averaged.
 */
public final class ReliabilityTable {
  private static final int TENTHS = 10;

  private final List<ReliabilityBin> bins;
  private final long n;
  private final long positives;
  private final double sumScore;

  private ReliabilityTable(List<ReliabilityBin> bins) {
    this.bins = bins;
    this.n = bins.stream().mapToLong(ReliabilityBin::n).sum();
    this.positives = bins.stream().mapToLong(ReliabilityBin::positives).sum();
    this.sumScore = bins.stream().mapToDouble(ReliabilityBin::sumScore).sum();
  }

  /**
   * Of ascending bins, which may share borders but no single score; empty ones are welcome.
   *
   * @throws IllegalArgumentException if a bin starts before the one before it ends
   */
  public static ReliabilityTable of(List<ReliabilityBin> bins) {
    for (int b = 1; b < bins.size(); b++) {
      ReliabilityBin before = bins.get(b - 1);
      ReliabilityBin bin = bins.get(b);
      boolean sameScore =
          bin.low() == before.high() && bin.isSingleScore() && before.isSingleScore();
      if (bin.low() < before.high() || sameScore) {
        throw new IllegalArgumentException(
            "Bins must ascend, but bin "
                + b
                + " starts at "
                + bin.low()
                + " and the one before it ends at "
                + before.high()
                + ".");
      }
    }
    return new ReliabilityTable(List.copyOf(bins));
  }

  public List<ReliabilityBin> bins() {
    return bins;
  }

  /** Labelled rows. */
  public long n() {
    return n;
  }

  public long positives() {
    return positives;
  }

  /** Σp. */
  public double sumScore() {
    return sumScore;
  }

  /** Σp(1 − p), the variance of Σy if the scores are right. */
  double chance() {
    return bins.stream().mapToDouble(ReliabilityBin::chance).sum();
  }

  /**
   * Neighbouring bins of one group as one bin.
   *
   * @param groups the group of each bin, ascending, for example its decile in the reference
   */
  public ReliabilityTable groupedBy(int[] groups) {
    if (groups.length != bins.size()) {
      throw new IllegalArgumentException(
          "There are " + groups.length + " groups for " + bins.size() + " bins.");
    }
    List<ReliabilityBin> grouped = new ArrayList<>();
    for (int b = 0; b < groups.length; b++) {
      if (b > 0 && groups[b] < groups[b - 1]) {
        throw new IllegalArgumentException(
            "Groups must ascend, but bin "
                + b
                + " is in group "
                + groups[b]
                + " after "
                + groups[b - 1]
                + ".");
      }
      if (b > 0 && groups[b] == groups[b - 1]) {
        grouped.set(grouped.size() - 1, grouped.get(grouped.size() - 1).plus(bins.get(b)));
      } else {
        grouped.add(bins.get(b));
      }
    }
    return new ReliabilityTable(List.copyOf(grouped));
  }

  /**
   * By tenths of the score, {@code min(floor(10 p), 9)}; a border is in the tenth above.
   *
   * @throws IllegalArgumentException if a bin has room on both sides of a border
   */
  public ReliabilityTable tenths() {
    int[] groups = new int[bins.size()];
    for (int b = 0; b < groups.length; b++) {
      ReliabilityBin bin = bins.get(b);
      groups[b] = tenth(bin.low());
      boolean within = bin.isSingleScore() || bin.high() <= (groups[b] + 1.0) / TENTHS;
      if (!within) {
        throw new IllegalArgumentException(
            "The bin ["
                + bin.low()
                + ", "
                + bin.high()
                + "] lies in more than one tenth; bins need borders at 0.1, 0.2, …, 0.9.");
      }
    }
    return groupedBy(groups);
  }

  private static int tenth(double p) {
    return Math.min((int) Math.floor(TENTHS * p), TENTHS - 1);
  }

  static <T> Outcome<T> noRows() {
    return Outcome.undefined("There are no labelled rows.");
  }
}
