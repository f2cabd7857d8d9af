package io.leeway.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The scores of several kinds of rows side by side, all counted on one grid: score by score where
 * each kind keeps all of its own, else bin by bin.
 */
public final class AlignedScores {

  /**
   * Rows whose scores lie in [low, high].
   *
   * @param high equal to {@code low} where the cell is one score
   * @param rows by kind
   * @param decided those of them with a positive decision, by kind
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
  public record Cell(double low, double high, long[] rows, long[] decided) {
    private Cell with(Cell above) {
      long[] bothRows = rows.clone();
      long[] bothDecided = decided.clone();
      for (int kind = 0; kind < bothRows.length; kind++) {
        bothRows[kind] += above.rows[kind];
        bothDecided[kind] += above.decided[kind];
      }
      return new Cell(Math.min(low, above.low), Math.max(high, above.high), bothRows, bothDecided);
    }

    /** What stands for the scores of the cell. */
    public double middle() {
      return low == high ? low : low + (high - low) / 2;
    }
  }

  /**
   * Rows between two edges.
   *
   * @param sum of their scores, NaN where it is not known
   */
  public record Sum(long rows, double least, double greatest, double sum) {}

  private AlignedScores() {}

  /**
   * Ascending, those with rows.
   *
   * @param kinds at least one
   */
  public static List<Cell> of(List<NumericProfile> kinds) {
    return kinds.stream().allMatch(NumericProfile::isExact) ? byScore(kinds) : byBin(kinds);
  }

  /**
   * The same by the coarse bins of the grid, whatever is kept.
   *
   * @param kinds at least one
   */
  public static List<Cell> byCoarseBin(List<NumericProfile> kinds) {
    return byEdges(kinds, kinds.get(0).grid().coarseEdges());
  }

  /**
   * The same between some edges.
   *
   * @param kinds at least one
   * @param edges ascending, all of them edges of the grid
   */
  public static List<Cell> byEdges(List<NumericProfile> kinds, double[] edges) {
    BinLookup lookup = new BinLookup(edges);
    Cell[] coarse = new Cell[edges.length + 1];
    for (Cell fine : of(kinds)) {
      int bin = lookup.bin(fine.low);
      Cell before = coarse[bin];
      coarse[bin] = before == null ? fine : before.with(fine);
    }
    return Arrays.stream(coarse).filter(Objects::nonNull).toList();
  }

  /** Walks all kinds side by side, each of which has its scores in order. */
  private static List<Cell> byScore(List<NumericProfile> kinds) {
    int[] next = new int[kinds.size()];
    List<Cell> cells = new ArrayList<>();
    for (double score = least(kinds, next); !Double.isNaN(score); score = least(kinds, next)) {
      Cell cell = new Cell(score, score, new long[next.length], new long[next.length]);
      for (int kind = 0; kind < next.length; kind++) {
        NumericProfile profile = kinds.get(kind);
        int at = next[kind];
        if (at < profile.distinct() && Double.compare(profile.valueAt(at), score) == 0) {
          cell.rows[kind] = profile.countAt(at);
          cell.decided[kind] = profile.grid().splitByDecision() ? profile.decidedAt(at) : 0;
          next[kind]++;
        }
      }
      cells.add(cell);
    }
    return cells;
  }

  /** The least of the scores that are next; NaN, which is no score, where there are none. */
  private static double least(List<NumericProfile> kinds, int[] next) {
    double least = Double.NaN;
    for (int kind = 0; kind < next.length; kind++) {
      if (next[kind] < kinds.get(kind).distinct()) {
        double score = kinds.get(kind).valueAt(next[kind]);
        least = Double.compare(score, least) < 0 ? score : least;
      }
    }
    return least;
  }

  private static List<Cell> byBin(List<NumericProfile> kinds) {
    NumericGrid grid = kinds.get(0).grid();
    Cell[] cells = new Cell[grid.bins()];
    for (int kind = 0; kind < kinds.size(); kind++) {
      addBins(kinds.get(kind), kind, kinds.size(), cells);
    }
    List<Cell> filled = new ArrayList<>();
    for (Cell cell : cells) {
      if (cell != null) {
        filled.add(cell);
      }
    }
    return filled;
  }

  private static void addBins(NumericProfile profile, int kind, int kinds, Cell[] cells) {
    if (profile.isExact()) {
      for (int i = 0; i < profile.distinct(); i++) {
        double score = profile.valueAt(i);
        add(
            cells,
            profile.grid().bin(score),
            new CellRange(score, score),
            kind,
            kinds,
            profile.countAt(i),
            profile.grid().splitByDecision() ? profile.decidedAt(i) : 0);
      }
      return;
    }
    NumericBins bins = profile.binned();
    for (int bin = 0; bin < cells.length; bin++) {
      if (bins.counts[bin] > 0) {
        long decided = bins.decided == null ? 0 : bins.decided[bin];
        CellRange range = CellRange.ofBin(profile, bin);
        add(cells, bin, range, kind, kinds, bins.counts[bin], decided);
      }
    }
  }

  private static void add(
      Cell[] cells, int bin, CellRange range, int kind, int kinds, long rows, long decided) {
    Cell before = cells[bin];
    Cell now =
        before == null
            ? new Cell(range.least(), range.greatest(), new long[kinds], new long[kinds])
            : new Cell(
                Math.min(before.low, range.least()),
                Math.max(before.high, range.greatest()),
                before.rows,
                before.decided);
    now.rows[kind] += rows;
    now.decided[kind] += decided;
    cells[bin] = now;
  }

  /**
   * Of one kind, rows and sums below the first edge, between edges, and from the last on.
   *
   * @param edges ascending; edges of the grid unless the profile is exact
   */
  public static List<Sum> sums(NumericProfile kind, double[] edges) {
    ProfileCells cells = ProfileCells.of(kind, edges);
    List<Sum> sums = new ArrayList<>();
    for (int cell = 0; cell <= edges.length; cell++) {
      sums.add(new Sum(cells.rows(cell), cells.least(cell), cells.greatest(cell), cells.sum(cell)));
    }
    return sums;
  }
}
