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

  /**
   * A line and the log-likelihood there, with its first and second derivatives, the second with
   * their signs turned.
   */
  private record Likelihood(
      double intercept,
      double slope,
      double value,
      double a,
      double b,
      double aa,
      double ab,
      double bb) {}

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
    int most = 2 * table.bins().size();
    double[] x = new double[most];
    long[] events = new long[most];
    long[] others = new long[most];
    int places = 0;
    for (ReliabilityBin bin : table.bins()) {
      if (bin.n() == 0) {
        continue;
      }
      double ofPositives = logit(placement.positives().applyAsDouble(bin));
      double ofNegatives = logit(placement.negatives().applyAsDouble(bin));
      x[places] = ofPositives;
      events[places] = bin.positives();
      if (ofPositives != ofNegatives) {
        places += bin.positives() > 0 ? 1 : 0;
        x[places] = ofNegatives;
        events[places] = 0;
      }
      others[places] = bin.negatives();
      places += events[places] + others[places] > 0 ? 1 : 0;
    }
    return new LogitRows(
        Arrays.copyOf(x, places), Arrays.copyOf(events, places), Arrays.copyOf(others, places));
  }

  /** Rows whose bin's mean score was clipped. */
  static long clipped(ReliabilityTable table) {
    return table.bins().stream()
        .filter(bin -> bin.n() > 0)
        .filter(bin -> bin.meanScore() < CLIP || bin.meanScore() > 1 - CLIP)
        .mapToLong(ReliabilityBin::n)
        .sum();
  }

  /** {@link #lineFrom} the line on which scores are right. */
  Outcome<Line> line() {
    return lineFrom(0, 1);
  }

  /**
   * The likeliest line by Newton's method, from one that is near; undefined with one class only,
   * where the scores do not vary, and where one border parts the classes (separation: no slope is
   * steep enough).
   */
  Outcome<Line> lineFrom(double a, double b) {
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
    Likelihood at = likelihood(a, b);
    for (int step = 0; step < STEPS; step++) {
      double determinant = at.aa * at.bb - at.ab * at.ab;
      if (!(determinant > 0)) {
        break;
      }
      double toA = (at.bb * at.a - at.ab * at.b) / determinant;
      double toB = (at.aa * at.b - at.ab * at.a) / determinant;
      double promised = at.a * toA + at.b * toB;
      if (promised < CLOSE * n()) {
        return Outcome.of(
            new Line(at.intercept, at.slope, at.bb / determinant, at.aa / determinant, at.value));
      }
      at = step(at, toA, toB);
    }
    return Outcome.undefined("The slope's likelihood has no maximum that can be found.");
  }

  /** {@link #offsetFrom} 0. */
  Outcome<Offset> offset() {
    return offsetFrom(0);
  }

  /** The likeliest intercept with slope 1, from one that is near; undefined with one class only. */
  Outcome<Offset> offsetFrom(double a) {
    if (Arrays.stream(events).sum() == 0 || Arrays.stream(others).sum() == 0) {
      return oneClass();
    }
    Likelihood at = likelihood(a, 1);
    for (int step = 0; step < STEPS; step++) {
      double toA = at.a / at.aa;
      if (at.a * toA < CLOSE * n()) {
        return Outcome.of(new Offset(at.intercept, 1 / at.aa));
      }
      at = step(at, toA, 0);
    }
    return Outcome.undefined("The intercept's likelihood has no maximum that can be found.");
  }

  double logLikelihood(double a, double b) {
    return likelihood(a, b).value;
  }

  private Likelihood likelihood(double a, double b) {
    double value = 0;
    double ofA = 0;
    double ofB = 0;
    double ofAa = 0;
    double ofAb = 0;
    double ofBb = 0;
    for (int i = 0; i < x.length; i++) {
      double eta = a + b * x[i];
      // Between 0 and 1, so nothing overflows; ln(1 + e^|eta|) is |eta| + ln(1 + small).
      double small = Math.exp(-Math.abs(eta));
      double p = eta >= 0 ? 1 / (1 + small) : small / (1 + small);
      double rows = (double) events[i] + others[i];
      double missed = eta >= 0 ? others[i] : events[i];
      double excess = events[i] - rows * p;
      double weight = rows * small / ((1 + small) * (1 + small));
      value -= rows * Math.log(1 + small) + missed * Math.abs(eta);
      ofA += excess;
      ofB += excess * x[i];
      ofAa += weight;
      ofAb += weight * x[i];
      ofBb += weight * x[i] * x[i];
    }
    return new Likelihood(a, b, value, ofA, ofB, ofAa, ofAb, ofBb);
  }

  /** Goes the longest of 1, 1/2, 1/4, … of a Newton step that does not lose likelihood. */
  private Likelihood step(Likelihood from, double toA, double toB) {
    double slack = 1e-12 * Math.abs(from.value);
    double length = 1;
    Likelihood to = likelihood(from.intercept + toA, from.slope + toB);
    while (length > 1e-9 && !(to.value >= from.value - slack)) {
      length /= 2;
      to = likelihood(from.intercept + length * toA, from.slope + length * toB);
    }
    return to;
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

  private static <T> Outcome<T> oneClass() {
    return Outcome.undefined("There are labels of one class only.");
  }
}
