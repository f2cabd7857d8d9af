package io.leeway.stats.performance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Single rows with score and label, and their tables. */
final class LabelledScores {
  private final double[] scores;
  private final boolean[] labels;

  LabelledScores(double[] scores, boolean[] labels) {
    this.scores = scores;
    this.labels = labels;
  }

  double score(int row) {
    return scores[row];
  }

  boolean label(int row) {
    return labels[row];
  }

  /** Each distinct score, ascending. */
  double[] thresholds() {
    return Arrays.stream(scores).distinct().sorted().toArray();
  }

  /** The ten rows of which the statistics page (B9) and the reference notes (1.2) give numbers. */
  static LabelledScores golden() {
    return new LabelledScores(
        new double[] {.1, .2, .3, .4, .4, .35, .4, .6, .7, .8},
        new boolean[] {false, false, false, false, false, true, true, true, true, true});
  }

  /** Scores of few levels, so that many are equal; both classes occur. */
  static LabelledScores random(SplittableRandom random, int rows, int levels) {
    double[] scores = new double[rows];
    boolean[] labels = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i == 0 || (i > 1 && random.nextInt(3) == 0);
      scores[i] = random.nextInt(levels) + (labels[i] ? random.nextInt(3) : 0);
    }
    return new LabelledScores(scores, labels);
  }

  int rows() {
    return scores.length;
  }

  double positives() {
    int count = 0;
    for (boolean label : labels) {
      count += label ? 1 : 0;
    }
    return count;
  }

  /** A bin for each distinct score. */
  ScoreTable table() {
    TreeMap<Double, long[]> counts = new TreeMap<>();
    for (int i = 0; i < rows(); i++) {
      counts.computeIfAbsent(scores[i], score -> new long[2])[labels[i] ? 1 : 0]++;
    }
    List<ScoreBin> bins = new ArrayList<>();
    counts.forEach((score, of) -> bins.add(new ScoreBin(score, score, of[1], of[0])));
    return ScoreTable.of(bins);
  }

  /** Bins of {@code width} beside each other, from 0. */
  ScoreTable bins(double width) {
    TreeMap<Long, long[]> counts = new TreeMap<>();
    for (int i = 0; i < rows(); i++) {
      long bin = (long) Math.floor(scores[i] / width);
      counts.computeIfAbsent(bin, none -> new long[2])[labels[i] ? 1 : 0]++;
    }
    List<ScoreBin> bins = new ArrayList<>();
    counts.forEach(
        (bin, of) -> bins.add(new ScoreBin(bin * width, (bin + 1) * width, of[1], of[0])));
    return ScoreTable.of(bins);
  }

  /**
   * All ways in which the rows of {@code bins(1)} may be ordered within their bins, ties included;
   * for a handful of rows. Scores are integers here: that of the bin and its rows' place.
   */
  List<LabelledScores> orders() {
    List<LabelledScores> all = new ArrayList<>();
    place(new double[rows()], 0, all);
    return all;
  }

  private void place(double[] places, int row, List<LabelledScores> all) {
    if (row == rows()) {
      all.add(new LabelledScores(places.clone(), labels));
      return;
    }
    for (int place = 0; place < rows(); place++) {
      places[row] = Math.floor(scores[row]) + (double) place / rows();
      place(places, row + 1, all);
    }
  }

  LabelledScores turned() {
    boolean[] turned = new boolean[rows()];
    for (int i = 0; i < rows(); i++) {
      turned[i] = !labels[i];
    }
    return new LabelledScores(scores, turned);
  }

  LabelledScores rescaled(double factor, double shift) {
    return new LabelledScores(Arrays.stream(scores).map(s -> factor * s + shift).toArray(), labels);
  }
}
