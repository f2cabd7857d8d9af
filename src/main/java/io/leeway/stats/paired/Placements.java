package io.leeway.stats.paired;

import java.util.Arrays;

/**
 * Where each row stands among the rows of the other class: of a positive the share of negatives
 * below it, of a negative the share of positives above it, ties counting one half. Their mean over
 * either class is AUC.
 *
 * <p>By mid-ranks in O(n log n): the rank of a positive among all rows less its rank among the
 * positives counts the negatives below it, ties one half.
 *
 * @see <a href="https://doi.org/10.1109/LSP.2014.2337313">Sun and Xu (2014)</a>
 */
final class Placements {
  private final boolean[] positive;
  private final double[] shares;
  private final double auc;

  private Placements(boolean[] positive, double[] shares, double auc) {
    this.positive = positive;
    this.shares = shares;
    this.auc = auc;
  }

  /** Of finite scores with p positives and n negatives, both above 0. */
  static Placements of(boolean[] positive, double[] scores, int p, int n) {
    double[] ofPositives = new double[p];
    double[] ofNegatives = new double[n];
    int positives = 0;
    int negatives = 0;
    for (int i = 0; i < scores.length; i++) {
      if (positive[i]) {
        ofPositives[positives++] = scores[i];
      } else {
        ofNegatives[negatives++] = scores[i];
      }
    }
    double[] all = scores.clone();
    // Sorting puts −0.0 before 0.0, but the searches below compare by <, to which they are equal.
    Arrays.sort(all);
    Arrays.sort(ofPositives);
    Arrays.sort(ofNegatives);
    double[] shares = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double rank = midRank(all, scores[i]);
      if (positive[i]) {
        shares[i] = (rank - midRank(ofPositives, scores[i])) / n;
        sum += shares[i];
      } else {
        shares[i] = 1 - (rank - midRank(ofNegatives, scores[i])) / p;
      }
    }
    return new Placements(positive, shares, sum / p);
  }

  /** The mean rank, from 1, of the values equal to one that is among them. */
  private static double midRank(double[] ascending, double value) {
    return (first(ascending, value) + last(ascending, value)) / 2.0;
  }

  /** How many values are below, plus 1. */
  private static int first(double[] ascending, double value) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low + 1;
  }

  /** How many values are not above. */
  private static int last(double[] ascending, double value) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  double auc() {
    return auc;
  }

  /** A row's share less AUC. */
  double deviation(int row) {
    return shares[row] - auc;
  }

  /** DeLong's covariance of AUC with that of another scorer; two rows of each class. */
  double covariance(Placements other, int p, int n) {
    double ofPositives = 0;
    double ofNegatives = 0;
    for (int i = 0; i < shares.length; i++) {
      double product = deviation(i) * other.deviation(i);
      if (positive[i]) {
        ofPositives += product;
      } else {
        ofNegatives += product;
      }
    }
    return ofPositives / p / (p - 1) + ofNegatives / n / (n - 1);
  }

  /** By how much each row moves AUC. */
  double[] influences(int p, int n) {
    double[] influences = new double[shares.length];
    for (int i = 0; i < influences.length; i++) {
      influences[i] = deviation(i) / (positive[i] ? p : n);
    }
    return influences;
  }
}
