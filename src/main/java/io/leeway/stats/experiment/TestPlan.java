package io.leeway.stats.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is settled before the first look, and not changed after it.
 *
 * <p>Alpha is split among success metrics by weight (Bonferroni), since any of them may ship. Every
 * guardrail has all of it: each must hold, which needs no correction.
 *
 * @param alpha chance of a wrong SHIP where no success metric is better, in (0, 0.5)
 * @param plannedSize effective size at the planned end, &gt; 0 (see {@link #plannedSize(List)})
 * @param leastDays whole days with outcomes before a SHIP, &ge; 1
 * @param leastSpan from the first of them to the last, both counted, before a SHIP: 7 takes in each
 *     weekday, also those on which there is nothing; &ge; 1
 * @param mostDays from the first exposure to the last, both counted, after which the test ends
 *     without a decision; labels have to come in within them
 * @param successes at least one
 * @param guardrails may be empty; no name comes twice
 */
public record TestPlan(
    double alpha,
    double plannedSize,
    int leastDays,
    int leastSpan,
    int mostDays,
    List<SuccessMetric> successes,
    List<Guardrail> guardrails) {
  private static final double ALPHA = 0.05;
  private static final int THREE_DAYS = 3;
  private static final int WEEK = 7;

  public TestPlan {
    successes = List.copyOf(successes);
    guardrails = List.copyOf(guardrails);
    if (!(alpha > 0 && alpha < 0.5)
        || !(plannedSize > 0 && plannedSize < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Alpha lies between 0 and 0.5 and the planned size is positive, but they are "
              + alpha
              + " and "
              + plannedSize
              + ".");
    }
    if (leastDays < 1 || leastSpan < 1 || mostDays < Math.max(leastDays, leastSpan)) {
      throw new IllegalArgumentException(
          "A test may end after "
              + mostDays
              + " days, but ships after "
              + leastDays
              + " days over a span of "
              + leastSpan
              + "; these are at least 1, and the first no less than the others.");
    }
    if (successes.isEmpty()) {
      throw new IllegalArgumentException("A test needs a success metric, but has none.");
    }
    Set<String> names = new HashSet<>();
    Stream.concat(
            successes.stream().map(SuccessMetric::name), guardrails.stream().map(Guardrail::name))
        .filter(name -> !names.add(name))
        .forEach(
            name -> {
              throw new IllegalArgumentException("Metric '" + name + "' comes twice in the plan.");
            });
  }

  /** Alpha 0.05; ships after three days and one week. */
  public static TestPlan of(
      double plannedSize, int mostDays, List<SuccessMetric> successes, List<Guardrail> guardrails) {
    return new TestPlan(ALPHA, plannedSize, THREE_DAYS, WEEK, mostDays, successes, guardrails);
  }

  public TestPlan withAlpha(double other) {
    return new TestPlan(other, plannedSize, leastDays, leastSpan, mostDays, successes, guardrails);
  }

  /** Another least duration before a SHIP. */
  public TestPlan withLeast(int days, int span) {
    return new TestPlan(alpha, plannedSize, days, span, mostDays, successes, guardrails);
  }

  /** The effective size of a whole ramp. */
  public static double plannedSize(List<RampStep> ramp) {
    return ramp.stream().mapToDouble(RampStep::effectiveSize).sum();
  }

  /** The share of alpha that a success metric has. */
  double alphaOf(SuccessMetric metric) {
    return alpha * metric.weight() / successes.stream().mapToDouble(SuccessMetric::weight).sum();
  }
}
