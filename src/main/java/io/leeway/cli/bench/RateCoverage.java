package io.leeway.cli.bench;

import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.Wilson;
import java.util.Locale;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Coverage of intervals of rates. Nothing is drawn: the outcomes of a binomial can be counted, so
 * each is asked whether its interval holds the truth, and their probabilities add up.
 */
final class RateCoverage {
  static final IntervalKind RATE = IntervalKind.exact("rate (Wilson)");
  static final IntervalKind GAP = IntervalKind.exact("gap of two rates (Newcombe)");

  /** The outcomes that are left out have this probability together, at each end. */
  private static final double LEFT_OUT = 1e-9;

  private RateCoverage() {}

  static Coverage ofRate(double rate, int n) {
    Outcomes outcomes = Outcomes.of(rate, n);
    double held = 0;
    double width = 0;
    for (int x = outcomes.from; x <= outcomes.to; x++) {
      Interval interval = Wilson.interval(x, n, Overdispersion.NONE).orElseThrow();
      held += interval.contains(rate) ? outcomes.probability(x) : 0;
      width += outcomes.probability(x) * (interval.high() - interval.low());
    }
    String point = String.format(Locale.ROOT, "%.2f, n %d", rate, n);
    return new Coverage(RATE, point, held, 0, width);
  }

  /** Of the difference of a rate of n rows and another one of m. */
  static Coverage ofGap(double rate, int n, double other, int m) {
    Outcomes one = Outcomes.of(rate, n);
    Outcomes two = Outcomes.of(other, m);
    double held = 0;
    double width = 0;
    for (int x = one.from; x <= one.to; x++) {
      for (int y = two.from; y <= two.to; y++) {
        Interval interval = Newcombe.difference(x, n, y, m, Overdispersion.NONE).orElseThrow();
        double probability = one.probability(x) * two.probability(y);
        held += interval.contains(rate - other) ? probability : 0;
        width += probability * (interval.high() - interval.low());
      }
    }
    String point = String.format(Locale.ROOT, "%.2f of %d, %.2f of %d", rate, n, other, m);
    return new Coverage(GAP, point, held, 0, width);
  }

  /** All outcomes of a binomial but its far ends. */
  private static final class Outcomes {
    final int from;
    final int to;
    private final double[] probabilities;

    private Outcomes(int from, double[] probabilities) {
      this.from = from;
      this.to = from + probabilities.length - 1;
      this.probabilities = probabilities;
    }

    static Outcomes of(double rate, int n) {
      // Without a generator: the default one takes a seed from the clock, which nobody needs here.
      BinomialDistribution binomial = new BinomialDistribution(null, n, rate);
      int from = binomial.inverseCumulativeProbability(LEFT_OUT);
      int to = binomial.inverseCumulativeProbability(1 - LEFT_OUT);
      double[] probabilities = new double[to - from + 1];
      for (int i = 0; i < probabilities.length; i++) {
        probabilities[i] = binomial.probability(from + i);
      }
      return new Outcomes(from, probabilities);
    }

    double probability(int x) {
      return probabilities[x - from];
    }
  }
}
