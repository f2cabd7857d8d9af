package io.leeway.stats.estimate;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.Wilson;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the decisions draw the line through the scores, and how sharp it is. A cut misplaces the
 * positives below it and the negatives at or above it (the other way round where low scores are
 * decided positively); the threshold is the cut that misplaces fewest.
 *
 * <p>Cuts are counted at the borders of cells, and only where there are rows on both sides. {@code
 * where} spans all cuts that misplace fewest, ties included, and every cell with both decisions
 * inside which a cut might misplace no more than the best border: if all negatives of the cell came
 * first, it would misplace none of its rows. So the best cut of the rows themselves lies in it;
 * what it misplaces is between {@code fewest} and {@code misplaced}.
 *
 * <p>The band is where the share of positives, made monotone ({@link MonotoneShares}), goes from 10
 * % to 90 %: from the end of the last cell with at most 10 % to the start of the first with at
 * least 90 %, or from and to the ends of all scores where there is none.
 *
 * @param direction which side is decided positively: the one that misplaces fewer, ties {@code
 *     RISING}
 * @param where all places of the best cut
 * @param misplaced rows misplaced by the best border
 * @param fewest lower bound of the rows misplaced by any cut
 * @param rows with a score and a decision
 * @param rarer rows of the rarer decision, which is what one decision for all would misplace
 * @param band scores at which decisions are mixed
 */
public record DecisionBoundary(
    Direction direction,
    Interval where,
    long misplaced,
    long fewest,
    long rows,
    long rarer,
    Interval band) {
  private static final double FEW = 0.1;
  private static final double MOST = 0.9;

  /** Which scores are decided positively. */
  public enum Direction {
    /** High scores. */
    RISING,
    /** Low scores. */
    FALLING
  }

  /**
   * The boundary of one window against that of another.
   *
   * @param threshold this threshold minus the reference's
   * @param errorBound sum of both bounds
   * @param blur this blur minus the reference's
   * @param blurInterval of the difference, by {@link Newcombe}
   */
  public record Change(double threshold, double errorBound, double blur, Interval blurInterval) {}

  /**
   * Undefined without rows, with one decision only, and where all rows lie in one cell.
   *
   * @param cells ascending; they may touch, not overlap. Cells without rows do not count.
   */
  public static Outcome<DecisionBoundary> of(List<ScoreCell> cells) {
    requireAscending(cells);
    List<ScoreCell> filled = cells.stream().filter(cell -> cell.rows() > 0).toList();
    if (filled.isEmpty()) {
      return Outcome.undefined("No row has a score and a decision.");
    }
    if (positives(filled) == 0 || positives(turned(filled)) == 0) {
      return Outcome.undefined("All rows have the same decision.");
    }
    if (filled.size() == 1) {
      return Outcome.undefined("All scores lie in one cell, so no cut has rows on both sides.");
    }
    DecisionBoundary rising = along(filled, Direction.RISING);
    DecisionBoundary falling = along(turned(filled), Direction.FALLING);
    return Outcome.of(falling.misplaced < rising.misplaced ? falling : rising);
  }

  /** The threshold: the middle of where it may be. */
  public double threshold() {
    return where.low() + (where.high() - where.low()) / 2;
  }

  /** How far the best cut may lie from {@link #threshold()}: half the width of {@code where}. */
  public double errorBound() {
    return (where.high() - where.low()) / 2;
  }

  /** The share of rows that the threshold misplaces, in [0, 1]; 0 where decisions are sharp. */
  public double blur() {
    return (double) misplaced / rows;
  }

  /** The 95 % interval of {@link #blur()}, by {@link Wilson}. */
  public Interval blurInterval(Overdispersion overdispersion) {
    return Wilson.interval(misplaced, rows, overdispersion).orElseThrow();
  }

  /** Whether the threshold misplaces fewer rows than one decision for all would. */
  public boolean separates() {
    return misplaced < rarer;
  }

  /** This boundary against a reference's; undefined where the direction has turned round. */
  public Outcome<Change> change(DecisionBoundary reference, Overdispersion overdispersion) {
    if (direction != reference.direction) {
      return Outcome.undefined(
          direction == Direction.RISING
              ? "High scores are decided positively; in the reference low ones are."
              : "Low scores are decided positively; in the reference high ones are.");
    }
    return Newcombe.difference(misplaced, rows, reference.misplaced, reference.rows, overdispersion)
        .map(
            interval ->
                new Change(
                    threshold() - reference.threshold(),
                    errorBound() + reference.errorBound(),
                    blur() - reference.blur(),
                    interval));
  }

  /** As if high scores were decided positively; two cells or more, all with rows. */
  private static DecisionBoundary along(List<ScoreCell> cells, Direction direction) {
    long[] at = misplacedAtBorders(cells);
    long best = IntStream.range(1, cells.size()).mapToLong(j -> at[j]).min().orElseThrow();
    long fewest = best;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < cells.size(); j++) {
      ScoreCell cell = cells.get(j);
      if (j > 0 && at[j] == best) {
        low = Math.min(low, cells.get(j - 1).high());
        high = Math.max(high, cell.low());
      }
      long within = at[j] - cell.negatives();
      if (cell.mixed() && cell.low() < cell.high() && within <= best) {
        fewest = Math.min(fewest, within);
        low = Math.min(low, cell.low());
        high = Math.max(high, cell.high());
      }
    }
    long rows = cells.stream().mapToLong(ScoreCell::rows).sum();
    long positives = positives(cells);
    return new DecisionBoundary(
        direction,
        new Interval(low, high),
        best,
        fewest,
        rows,
        Math.min(positives, rows - positives),
        band(cells));
  }

  /** Entry j: positives in the cells before j and negatives in j and later. */
  private static long[] misplacedAtBorders(List<ScoreCell> cells) {
    long[] at = new long[cells.size()];
    at[0] = cells.stream().mapToLong(ScoreCell::negatives).sum();
    for (int j = 1; j < at.length; j++) {
      ScoreCell before = cells.get(j - 1);
      at[j] = at[j - 1] + before.positives() - before.negatives();
    }
    return at;
  }

  private static Interval band(List<ScoreCell> cells) {
    double[] shares =
        MonotoneShares.rising(
            cells.stream().mapToDouble(ScoreCell::positives).toArray(),
            cells.stream().mapToDouble(ScoreCell::rows).toArray());
    double from = cells.get(0).low();
    double to = cells.get(cells.size() - 1).high();
    for (int j = 0; j < shares.length && shares[j] <= FEW; j++) {
      from = cells.get(j).high();
    }
    for (int j = shares.length - 1; j >= 0 && shares[j] >= MOST; j--) {
      to = cells.get(j).low();
    }
    return new Interval(from, to);
  }

  private static long positives(List<ScoreCell> cells) {
    return cells.stream().mapToLong(ScoreCell::positives).sum();
  }

  private static List<ScoreCell> turned(List<ScoreCell> cells) {
    return cells.stream().map(ScoreCell::turned).toList();
  }

  private static void requireAscending(List<ScoreCell> cells) {
    for (int j = 1; j < cells.size(); j++) {
      if (cells.get(j).low() < cells.get(j - 1).high()) {
        throw new IllegalArgumentException(
            "Cells of scores must ascend, but "
                + cells.get(j)
                + " follows "
                + cells.get(j - 1)
                + ".");
      }
    }
  }
}
