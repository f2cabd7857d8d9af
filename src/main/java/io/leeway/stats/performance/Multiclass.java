package io.leeway.stats.performance;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Labelled rows by true and predicted class, K of them, as the sparse matrix of cells with rows.
 *
 * <p>Standard errors of means over classes come from the delta method over the counts of cells:
 * they depend on shares alone, so with g_ij the change by one row more in the cell of true i and
 * predicted j, {@code SE² = sum n_ij g_ij²}. With F_c = 2 tp/D, D_c = support + predicted, F1 of
 * one class changes by
 *
 * <pre>{@code (2 - 2 F_c) / D_c where i = j = c,  -F_c / D_c where either i or j is c}</pre>
 */
public final class Multiclass {
  private final List<ClassPair> cells;
  private final long rows;
  private final long[] support;
  private final long[] predicted;
  private final long[] hits;

  private Multiclass(int classes, List<ClassPair> cells) {
    this.cells = List.copyOf(cells);
    this.rows = cells.stream().mapToLong(ClassPair::rows).sum();
    this.support = new long[classes];
    this.predicted = new long[classes];
    this.hits = new long[classes];
    for (ClassPair cell : cells) {
      support[cell.trueClass()] += cell.rows();
      predicted[cell.predictedClass()] += cell.rows();
      hits[cell.trueClass()] += cell.hit() ? cell.rows() : 0;
    }
  }

  /**
   * Of the matrix.
   *
   * @param classes K, &gt; 0
   * @param cells in any order; cells without rows may be left out, cells named twice add up
   */
  public static Multiclass of(int classes, List<ClassPair> cells) {
    for (ClassPair cell : cells) {
      if (cell.trueClass() >= classes || cell.predictedClass() >= classes) {
        throw new IllegalArgumentException(
            "There are " + classes + " classes, counted from 0, but there is a cell " + cell + ".");
      }
    }
    return new Multiclass(classes, cells);
  }

  public int classes() {
    return support.length;
  }

  /** Labelled rows. */
  public long n() {
    return rows;
  }

  /**
   * One class against the rest: its support is {@link Confusion#positives}, and precision, recall
   * and F1 are there.
   */
  public Confusion ofClass(int c) {
    long missed = support[c] - hits[c];
    long wrong = predicted[c] - hits[c];
    return new Confusion(hits[c], wrong, rows - hits[c] - missed - wrong, missed);
  }

  public Share accuracy() {
    return new Share(IntStream.range(0, classes()).mapToLong(c -> hits[c]).sum(), rows);
  }

  /**
   * The mean of F1 over classes that occur as label or as prediction; a class with neither has
   * none. Undefined without rows.
   */
  public Outcome<Estimate> macroF1() {
    if (rows == 0) {
      return noRows();
    }
    double[] weights = new double[classes()];
    long occurring = IntStream.range(0, classes()).filter(c -> size(c) > 0).count();
    double sum = 0;
    for (int c = 0; c < weights.length; c++) {
      weights[c] = 1.0 / occurring;
      sum += f1(c);
    }
    return estimate(sum / occurring, cell -> changeOfF1(cell, weights));
  }

  /**
   * The mean of F1 weighted by support. Undefined without rows.
   *
   * <p>A row more of true class i also shifts the weights, by which the mean changes by {@code (F_i
   * - mean) / n}.
   */
  public Outcome<Estimate> weightedF1() {
    if (rows == 0) {
      return noRows();
    }
    double[] weights = new double[classes()];
    double sum = 0;
    for (int c = 0; c < weights.length; c++) {
      weights[c] = (double) support[c] / rows;
      sum += weights[c] * f1(c);
    }
    double mean = sum;
    return estimate(mean, cell -> changeOfF1(cell, weights) + (f1(cell.trueClass()) - mean) / rows);
  }

  /**
   * The mean of recall R over classes with support, which is balanced accuracy. Undefined without
   * rows. A row more of true class i changes its recall by {@code ([i = j] - R_i) / support_i}.
   */
  public Outcome<Estimate> macroRecall() {
    if (rows == 0) {
      return noRows();
    }
    long supported = IntStream.range(0, classes()).filter(c -> support[c] > 0).count();
    double sum = 0;
    for (int c = 0; c < classes(); c++) {
      sum += support[c] == 0 ? 0 : (double) hits[c] / support[c];
    }
    return estimate(
        sum / supported,
        cell -> {
          double all = support[cell.trueClass()];
          return ((cell.hit() ? 1 : 0) - hits[cell.trueClass()] / all) / all / supported;
        });
  }

  /** Matthews' correlation of K classes; 0 by convention with one true or one predicted class. */
  public Outcome<Measure> mcc() {
    return Matthews.of(classes(), cells);
  }

  private long size(int c) {
    return support[c] + predicted[c];
  }

  /** 0 where the class does not occur. */
  private double f1(int c) {
    return size(c) == 0 ? 0 : 2.0 * hits[c] / size(c);
  }

  private double changeOfF1(ClassPair cell, double[] weights) {
    int i = cell.trueClass();
    int j = cell.predictedClass();
    return cell.hit()
        ? weights[i] * (2 - 2 * f1(i)) / size(i)
        : -weights[i] * f1(i) / size(i) - weights[j] * f1(j) / size(j);
  }

  private Outcome<Estimate> estimate(double value, ToDoubleFunction<ClassPair> change) {
    double variance = 0;
    for (ClassPair cell : cells) {
      if (cell.rows() > 0) {
        double of = change.applyAsDouble(cell);
        variance += cell.rows() * of * of;
      }
    }
    return Outcome.of(Estimate.exact(value, Math.sqrt(variance)));
  }

  private static <T> Outcome<T> noRows() {
    return Outcome.undefined("No row has a label.");
  }
}
