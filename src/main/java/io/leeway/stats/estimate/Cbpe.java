package io.leeway.stats.estimate;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;

/**
 * Performance of a window before its labels, from the scores and decisions of its rows and what
 * such scores and decisions meant in the reference (confidence-based performance estimation).
 *
 * <p>With c_b the reference's share of positives in cell b of score and decision, rising with the
 * score ({@link LabelledCurve}), and w_b the window's rows there, the expected counts are {@code tp
 * = sum of w c} and {@code fp = sum of w (1 - c)} over cells decided positively, fn and tn over the
 * others; metrics are those of these counts, AUC that of w c positives and w (1 − c) negatives by
 * score. With d_b a metric's change when a row of the cell turns from negative to positive, m_b the
 * cell's reference rows,
 *
 * <pre>{@code SE² = phi sum over cells of d² c (1 - c) (w²/(m + 1/2) + w)}</pre>
 *
 * <p>the first part for the curve, the second for how the labels fall: the interval (of which the
 * part in [0, 1] counts) is one for the value that labels will show. Calibration cannot be
 * estimated this way. Nothing here may open an incident that retrains.
 *
 * @param rows of the window, &ge; 1
 * @param confusion expected; undefined where there are no decisions
 * @param accuracy undefined where there are no decisions
 * @param precision undefined also where no row is decided positively
 * @param recall undefined also where no positive is expected
 * @param f1 undefined also where there is nothing of either
 * @param baseRate expected share of positives
 * @param rocAuc undefined where only one class is expected
 * @param extrapolatedShare share of rows in cells with fewer than 20 reference rows, in [0, 1]
 */
public record Cbpe(
    long rows,
    Outcome<ExpectedConfusion> confusion,
    Outcome<MeanInterval> accuracy,
    Outcome<MeanInterval> precision,
    Outcome<MeanInterval> recall,
    Outcome<MeanInterval> f1,
    MeanInterval baseRate,
    Outcome<MeanInterval> rocAuc,
    double extrapolatedShare) {
  /** Stands beside every value. */
  public static final String SENTENCE =
      "Assumes that outcomes relate to the score as they did in the reference. A change in that"
          + " relation cannot be seen here; only labels show it.";

  /** Above this share of rows where the reference has little to say, estimates are marked. */
  public static final double MOST_EXTRAPOLATED = 0.05;

  /** Below so many reference rows a cell has little to say. */
  static final long THIN_CELL = 20;

  /**
   * Undefined where the window has no rows, and where it has rows of a decision of which the
   * reference has no labels.
   *
   * @param cells of both decisions, or of none; in any order; those of different decisions cover
   *     the same scores or scores apart
   * @throws IllegalArgumentException if cells overlap or only some have a decision
   */
  public static Outcome<Cbpe> of(List<EstimateCell> cells, Overdispersion overdispersion) {
    long undecided =
        cells.stream().filter(cell -> cell.decision() == EstimateCell.NO_DECISION).count();
    if (undecided > 0 && undecided < cells.size()) {
      throw new IllegalArgumentException(
          "Of " + cells.size() + " cells " + undecided + " have no decision; either all or none.");
    }
    if (cells.stream().allMatch(cell -> cell.windowRows() == 0)) {
      return Outcome.undefined("The window has no rows.");
    }
    return LabelledCurve.of(cells)
        .map(shares -> estimate(cells, shares, undecided == 0, overdispersion));
  }

  /** Whether more than 5 % of rows lie where the reference has little to say. */
  public boolean extrapolated() {
    return extrapolatedShare > MOST_EXTRAPOLATED;
  }

  private static Cbpe estimate(
      List<EstimateCell> cells, double[] shares, boolean decided, Overdispersion overdispersion) {
    Spread spread = new Spread(cells, shares, overdispersion);
    ExpectedConfusion of = count(cells, shares);
    double n = of.n();
    double selected = of.predictedPositive();
    double positive = of.positive();
    Outcome<ExpectedConfusion> confusion =
        decided ? Outcome.of(of) : Outcome.undefined("The model has no decisions.");
    long thin =
        cells.stream()
            .filter(cell -> cell.referenceRows() < THIN_CELL)
            .mapToLong(EstimateCell::windowRows)
            .sum();
    return new Cbpe(
        cells.stream().mapToLong(EstimateCell::windowRows).sum(),
        confusion,
        confusion.map(c -> spread.of((c.tp() + c.tn()) / n, 1 / n, -1 / n)),
        confusion.flatMap(
            c ->
                selected == 0
                    ? Outcome.undefined("No row is decided positively.")
                    : Outcome.of(spread.of(c.tp() / selected, 1 / selected, 0))),
        confusion.flatMap(
            c ->
                positive == 0
                    ? Outcome.undefined("No positive is expected.")
                    : Outcome.of(recall(spread, c.tp() / positive, positive))),
        confusion.flatMap(
            c ->
                selected + positive == 0
                    ? Outcome.undefined("No row is positive or decided so.")
                    : Outcome.of(
                        f1(spread, 2 * c.tp() / (selected + positive), selected + positive))),
        spread.of(expectedPositives(cells, shares) / n, 1 / n, 1 / n),
        ExpectedAuc.of(cells, shares).map(auc -> spread.of(auc.value(), auc.slopes())),
        thin / n);
  }

  /** {@code tp/P}: a positive more changes both. */
  private static MeanInterval recall(Spread spread, double recall, double positive) {
    return spread.of(recall, (1 - recall) / positive, -recall / positive);
  }

  /** {@code 2 tp/(S + P)}, S decided positively. */
  private static MeanInterval f1(Spread spread, double f1, double both) {
    return spread.of(f1, (2 - f1) / both, -f1 / both);
  }

  private static double expectedPositives(List<EstimateCell> cells, double[] shares) {
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += cells.get(i).windowRows() * shares[i];
    }
    return sum;
  }

  /** Cells without decision count as not decided positively; only their n is looked at. */
  private static ExpectedConfusion count(List<EstimateCell> cells, double[] shares) {
    double[] counts = new double[4];
    for (int i = 0; i < shares.length; i++) {
      EstimateCell cell = cells.get(i);
      int from = cell.decision() == 1 ? 0 : 2;
      counts[from] += cell.windowRows() * shares[i];
      counts[from + 1] += cell.windowRows() * (1 - shares[i]);
    }
    return new ExpectedConfusion(counts[0], counts[1], counts[2], counts[3]);
  }

  /** The standard error of whatever moves with the labels of the cells. */
  private static final class Spread {
    private final List<EstimateCell> cells;
    private final double[] shares;
    private final Overdispersion overdispersion;

    Spread(List<EstimateCell> cells, double[] shares, Overdispersion overdispersion) {
      this.cells = cells;
      this.shares = shares;
      this.overdispersion = overdispersion;
    }

    /** Of a value that a further positive moves by one of two slopes, by decision. */
    MeanInterval of(double value, double decidedPositive, double decidedNegative) {
      double[] slopes = new double[shares.length];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = cells.get(i).decision() == 1 ? decidedPositive : decidedNegative;
      }
      return of(value, slopes);
    }

    MeanInterval of(double value, double[] slopes) {
      double sum = 0;
      for (int i = 0; i < slopes.length; i++) {
        double w = cells.get(i).windowRows();
        double rows = w * w / LabelledCurve.weight(cells.get(i)) + w;
        sum += slopes[i] * slopes[i] * shares[i] * (1 - shares[i]) * rows;
      }
      return new MeanInterval(
          value, Math.sqrt(overdispersion.phi() * sum), overdispersion.degrees());
    }
  }
}
