package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Labelled rows placed on the scale of logit p, and the likelihood of {@code logit P(y = 1) = a + b
 * logit p} over them.
 *
 * <p>The rows of a bin stand at its mean score. Where scores are right the bins' shares are then
 * their mean scores, and the line keeps intercept 0 and slope 1 however wide the bins; positives
 * and negatives each at the mean of their own would make it too steep. Scores are clipped to [1e-6,
 * 1 − 1e-6].
 */
final class LogitRows {
  /** Beyond this score and its complement logits are cut: one row of score 0 would outweigh all. */
  static final double CLIP = 1e-6;

  private static final int STEPS = 200;

  /** Newton stops where a step promises less than this of log-likelihood. */
  private static final double CLOSE = 1e-20;

  /** Where the rows of a bin stand. */
  record Placement(
      ToDoubleFunction<ReliabilityBin> positives, ToDoubleFunction<ReliabilityBin> negatives) {
    static final Placement MEANS = both(LogitRows::ofAll);

    static Placement both(ToDoubleFunction<ReliabilityBin> all) {
      return new Placement(all, all);
    }
  }

  /** First and second derivatives of the log-likelihood, the second with their signs turned. */
  private record Slopes(double a, double b, double aa, double ab, double bb) {}

  /** The likeliest a and b, with the inverse of the information. */
  record Line(
      double intercept,
      double slope,
      double interceptVariance,
      double slopeVariance,
      double logLikelihood) {}

  /** The likeliest a where b is 1. */
  record Offset(double intercept, double variance) {}

  private final double[] x;
  private final long[] events;
  private final long[] others;

  private LogitRows(double[] x, long[] events, long[] others) {
    this.x = x;
    this.events = events;
    this.others = others;
  }

  static LogitRows of(ReliabilityTable table, Placement placement) {
    int places = 2 * table.bins().size();
    double[] x = new double[places];
    long[] events = new long[places];
    long[] others = new long[places];
    for (int b = 0; b < table.bins().size(); b++) {
      ReliabilityBin bin = table.bins().get(b);
      if (bin.positives() > 0) {
        x[2 * b] = logit(placement.positives().applyAsDouble(bin));
        events[2 * b] = bin.positives();
      }
      if (bin.negatives() > 0) {
        x[2 * b + 1] = logit(placement.negatives().applyAsDouble(bin));
        others[2 * b + 1] = bin.negatives();
      }
    }
    return new LogitRows(x, events, others);
  }

  /** Rows whose bin's mean score was clipped. */
  static long clipped(ReliabilityTable table) {
    return table.bins().stream()
        .filter(bin -> bin.n() > 0)
        .filter(bin -> bin.meanScore() < CLIP || bin.meanScore() > 1 - CLIP)
        .mapToLong(ReliabilityBin::n)
        .sum();
  }

  /**
   * The likeliest line by Newton's method; undefined with one class only, where the scores do not
   * vary, and where one border parts the classes (separation: no slope is steep enough).
   */
  Outcome<Line> line() {
    double[] ofEvents = range(events);
    double[] ofOthers = range(others);
    if (ofEvents[0] > ofEvents[1] || ofOthers[0] > ofOthers[1]) {
      return oneClass();
    }
    if (Math.min(ofEvents[0], ofOthers[0]) == Math.max(ofEvents[1], ofOthers[1])) {
      return Outcome.undefined("All scores are equal: they have no slope.");
    }
    if (ofOthers[1] <= ofEvents[0] || ofEvents[1] <= ofOthers[0]) {
      return Outcome.undefined("One score parts positives from negatives: no slope is finite.");
    }
    double a = 0;
    double b = 1;
    for (int step = 0; step < STEPS; step++) {
      Slopes at = slopes(a, b);
      double determinant = at.aa * at.bb - at.ab * at.ab;
      if (!(determinant > 0)) {
        break;
      }
      double toA = (at.bb * at.a - at.ab * at.b) / determinant;
      double toB = (at.aa * at.b - at.ab * at.a) / determinant;
      double promised = at.a * toA + at.b * toB;
      if (promised < CLOSE * n()) {
        return Outcome.of(
            new Line(a, b, at.bb / determinant, at.aa / determinant, logLikelihood(a, b)));
      }
      double length = stepLength(a, b, toA, toB);
      a += length * toA;
      b += length * toB;
    }
    return Outcome.undefined("The slope's likelihood has no maximum that can be found.");
  }

  /** The likeliest intercept with slope 1; undefined with one class only. */
  Outcome<Offset> offset() {
    if (Arrays.stream(events).sum() == 0 || Arrays.stream(others).sum() == 0) {
      return oneClass();
    }
    double a = 0;
    for (int step = 0; step < STEPS; step++) {
      Slopes at = slopes(a, 1);
      double toA = at.a / at.aa;
      if (at.a * toA < CLOSE * n()) {
        return Outcome.of(new Offset(a, 1 / at.aa));
      }
      a += stepLength(a, 1, toA, 0) * toA;
    }
    return Outcome.undefined("The intercept's likelihood has no maximum that can be found.");
  }

  double logLikelihood(double a, double b) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double eta = a + b * x[i];
      sum -= events[i] * softplus(-eta) + others[i] * softplus(eta);
    }
    return sum;
  }

  private Slopes slopes(double a, double b) {
    double[] sums = new double[5];
    for (int i = 0; i < x.length; i++) {
      double p = 1 / (1 + Math.exp(-(a + b * x[i])));
      double rows = (double) events[i] + others[i];
      double excess = events[i] - rows * p;
      double weight = rows * p * (1 - p);
      sums[0] += excess;
      sums[1] += excess * x[i];
      sums[2] += weight;
      sums[3] += weight * x[i];
      sums[4] += weight * x[i] * x[i];
    }
    return new Slopes(sums[0], sums[1], sums[2], sums[3], sums[4]);
  }

  /** The longest of 1, 1/2, 1/4, … of a Newton step that does not lose likelihood. */
  private double stepLength(double a, double b, double toA, double toB) {
    double from = logLikelihood(a, b);
    double slack = 1e-12 * Math.abs(from);
    double length = 1;
    while (length > 1e-9 && !(logLikelihood(a + length * toA, b + length * toB) >= from - slack)) {
      length /= 2;
    }
    return length;
  }

  private double n() {
    return (double) Arrays.stream(events).sum() + Arrays.stream(others).sum();
  }

  /** Least and greatest place of some rows; infinite and reversed where there are none. */
  private double[] range(long[] rows) {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < x.length; i++) {
      if (rows[i] > 0) {
        range[0] = Math.min(range[0], x[i]);
        range[1] = Math.max(range[1], x[i]);
      }
    }
    return range;
  }

  private static double ofAll(ReliabilityBin bin) {
    return bin.isSingleScore() ? bin.low() : bin.meanScore();
  }

  private static double logit(double p) {
    double clipped = Math.min(Math.max(p, CLIP), 1 - CLIP);
    return Math.log(clipped / (1 - clipped));
  }

  /** ln(1 + e^x). */
  private static double softplus(double x) {
    return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
  }

  private static <T> Outcome<T> oneClass() {
    return Outcome.undefined("There are labels of one class only.");
  }
}
