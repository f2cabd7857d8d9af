package io.leeway.stats.performance;

import io.leeway.stats.Outcome;
import java.util.List;

/**
 * Labelled rows by score, as ascending bins, each with rows; bins handed in without are left out.
 */
public final class ScoreTable {
  private final List<ScoreBin> bins;
  private final long positives;
  private final long negatives;

  private ScoreTable(List<ScoreBin> bins) {
    this.bins = bins;
    this.positives = bins.stream().mapToLong(ScoreBin::positives).sum();
    this.negatives = bins.stream().mapToLong(ScoreBin::negatives).sum();
  }

  /**
   * Of ascending bins. They may touch, as half-open ones do, not overlap; a score has one bin of
   * its own at most.
   */
  public static ScoreTable of(List<ScoreBin> bins) {
    for (int b = 1; b < bins.size(); b++) {
      ScoreBin before = bins.get(b - 1);
      ScoreBin bin = bins.get(b);
      boolean twice = bin.isOneScore() && before.isOneScore() && bin.low() == before.low();
      if (bin.low() < before.high() || twice) {
        throw new IllegalArgumentException(
            "Bins of scores must ascend, but " + bin + " follows " + before + ".");
      }
    }
    return new ScoreTable(bins.stream().filter(bin -> bin.rows() > 0).toList());
  }

  /** Ascending, each with rows. */
  public List<ScoreBin> bins() {
    return bins;
  }

  public long positives() {
    return positives;
  }

  public long negatives() {
    return negatives;
  }

  public long rows() {
    return positives + negatives;
  }

  /** This table where it has both classes; else which one is missing. */
  Outcome<ScoreTable> ofBothClasses() {
    if (rows() == 0) {
      return Outcome.undefined("No row has a score and a label.");
    }
    if (positives == 0) {
      return Outcome.undefined("All labels are negative.");
    }
    return negatives == 0 ? Outcome.undefined("All labels are positive.") : Outcome.of(this);
  }
}
