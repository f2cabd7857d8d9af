package io.leeway.stats.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Rows of score and label one by one, and the tables they make. */
record ScoredRows(List<Row> rows) {
  record Row(double p, int y) {}

  /** The reference vector of the calibration literature's packages: 12 rows, 7 positives. */
  static ScoredRows twelve() {
    return of(
        new double[] {.05, .1, .2, .3, .35, .4, .5, .6, .7, .8, .9, .95},
        new int[] {0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1});
  }

  static ScoredRows of(double[] p, int[] y) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      rows.add(new Row(p[i], y[i]));
    }
    return new ScoredRows(rows);
  }

  /**
   * Scores {@code uniform^power} on a grid of thousandths, labels drawn at {@code lift} times p.
   */
  static ScoredRows drawn(SplittableRandom random, int n, double power, double lift) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double p = Math.max(1, Math.round(1000 * Math.pow(random.nextDouble(), power))) / 1000.0;
      p = Math.min(p, 0.999);
      rows.add(new Row(p, random.nextDouble() < Math.min(1, lift * p) ? 1 : 0));
    }
    return new ScoredRows(rows);
  }

  /** One bin per distinct score. */
  ReliabilityTable byScore() {
    TreeMap<Double, List<Row>> scores = new TreeMap<>();
    rows.forEach(row -> scores.computeIfAbsent(row.p(), p -> new ArrayList<>()).add(row));
    return ReliabilityTable.of(
        scores.entrySet().stream()
            .map(score -> bin(score.getKey(), score.getKey(), score.getValue()))
            .toList());
  }

  /** Bins between borders, a border belongs to the bin above; from 0 and to 1. */
  ReliabilityTable between(double... borders) {
    double[] edges = new double[borders.length + 2];
    System.arraycopy(borders, 0, edges, 1, borders.length);
    edges[edges.length - 1] = 1;
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int b = 0; b + 1 < edges.length; b++) {
      double low = edges[b];
      double high = edges[b + 1];
      boolean last = b + 2 == edges.length;
      bins.add(
          bin(
              low,
              high,
              rows.stream().filter(r -> r.p() >= low && (r.p() < high || last)).toList()));
    }
    return ReliabilityTable.of(bins);
  }

  ReliabilityTable inTenths() {
    double[] borders = new double[9];
    Arrays.setAll(borders, i -> (i + 1) / 10.0);
    return between(borders);
  }

  double brier() {
    return rows.stream().mapToDouble(r -> (r.p() - r.y()) * (r.p() - r.y())).sum() / rows.size();
  }

  private static ReliabilityBin bin(double low, double high, List<Row> rows) {
    return new ReliabilityBin(
        low,
        high,
        rows.size(),
        rows.stream().mapToLong(Row::y).sum(),
        rows.stream().mapToDouble(Row::p).sum(),
        rows.stream().mapToDouble(r -> r.p() * r.p()).sum(),
        rows.stream().mapToDouble(r -> r.p() * r.y()).sum());
  }
}
