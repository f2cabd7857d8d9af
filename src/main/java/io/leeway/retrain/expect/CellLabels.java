package io.leeway.retrain.expect;

import io.leeway.stats.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Rows of one feature by cell, by half of the rows and by class of the label, and how well the cell
 * alone tells the class. A cell is a category, a narrow bin of numbers, or "no value": labels leak
 * by what is missing, too.
 *
 * <p>For one class against the others, cells are ranked by the share of the class in one half of
 * the rows, and AUC is counted in the other half, ties one half; then the other way round. The mean
 * of the two is the answer, of several classes the greatest. By its own rows a cell of one row
 * would rank perfectly, and every identifier would look like a leak; so it is about 0.5. Cells that
 * the ranking half does not have rank by that half's overall share.
 *
 * <p>Numbers of one bin are ties. A feature that splits the classes at one point has at most one
 * bin with both, and loses half its share of pairs: with 100 bins of equal mass at most 0.005.
 */
final class CellLabels {
  private static final int HALVES = 2;

  /** Cell to rows by half and class. */
  private final Map<String, Map<Integer, long[]>> cells = new LinkedHashMap<>();

  private final SortedSet<Integer> classes = new TreeSet<>();

  /** A cell's rows of the class and of all classes, in the half that ranks and in the other. */
  private record Cell(double score, long positives, long negatives) {}

  /**
   * Adds rows.
   *
   * @param half 0 or 1, which does not depend on feature and label
   */
  void add(String cell, int half, int ofClass, long rows) {
    classes.add(ofClass);
    cells.computeIfAbsent(cell, name -> new LinkedHashMap<>())
            .computeIfAbsent(ofClass, name -> new long[HALVES])[half] +=
        rows;
  }

  /** AUC, in [0, 1]; undefined unless both halves have two classes. */
  Outcome<Double> separation() {
    List<Double> found = new ArrayList<>();
    for (int ofClass : classes) {
      Outcome<Double> first = auc(ofClass, 0);
      Outcome<Double> second = auc(ofClass, 1);
      first.value().ifPresent(a -> second.value().ifPresent(b -> found.add((a + b) / 2)));
    }
    return found.stream()
        .max(Comparator.naturalOrder())
        .map(Outcome::of)
        .orElseGet(
            () -> Outcome.undefined("The two halves of the rows do not have two classes each."));
  }

  private Outcome<Double> auc(int ofClass, int ranking) {
    long[] positives = new long[HALVES];
    long[] all = new long[HALVES];
    for (Map<Integer, long[]> cell : cells.values()) {
      for (Map.Entry<Integer, long[]> rows : cell.entrySet()) {
        for (int half = 0; half < HALVES; half++) {
          all[half] += rows.getValue()[half];
          positives[half] += rows.getKey() == ofClass ? rows.getValue()[half] : 0;
        }
      }
    }
    int counted = 1 - ranking;
    long p = positives[counted];
    long n = all[counted] - p;
    if (p == 0 || n == 0 || all[ranking] == 0) {
      return Outcome.undefined("There is only one class.");
    }
    double overall = (double) positives[ranking] / all[ranking];
    List<Cell> ranked =
        cells.values().stream()
            .map(cell -> cell(cell, ofClass, ranking, overall))
            .sorted(Comparator.comparingDouble(Cell::score))
            .toList();
    return Outcome.of(pairs(ranked) / ((double) p * n));
  }

  private static Cell cell(Map<Integer, long[]> rows, int ofClass, int ranking, double otherwise) {
    int counted = 1 - ranking;
    long[] own = rows.getOrDefault(ofClass, new long[HALVES]);
    long ranks = 0;
    long counts = 0;
    for (long[] each : rows.values()) {
      ranks += each[ranking];
      counts += each[counted];
    }
    double score = ranks == 0 ? otherwise : (double) own[ranking] / ranks;
    return new Cell(score, own[counted], counts - own[counted]);
  }

  /** Pairs of a positive and a negative in which the positive ranks higher, ties one half. */
  private static double pairs(List<Cell> ascending) {
    double pairs = 0;
    double below = 0;
    int from = 0;
    while (from < ascending.size()) {
      int to = from;
      double positives = 0;
      double negatives = 0;
      while (to < ascending.size() && ascending.get(to).score() == ascending.get(from).score()) {
        positives += ascending.get(to).positives();
        negatives += ascending.get(to).negatives();
        to++;
      }
      pairs += positives * (below + negatives / 2);
      below += negatives;
      from = to;
    }
    return pairs;
  }
}
