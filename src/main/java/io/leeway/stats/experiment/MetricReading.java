package io.leeway.stats.experiment;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;

/**
 * What the looks at one metric say so far, against a bar: 0 for a success metric, minus the margin
 * for a guardrail. A gain is the difference turned so that more is better.
 *
 * @param name of the metric
 * @param better which way
 * @param days with outcomes
 * @param span of them, in days
 * @param bar what the gain is held against, &le; 0
 * @param bounds of the gain; undefined while there is too little
 */
public record MetricReading(
    String name, Better better, int days, long span, double bar, Outcome<Bounds> bounds) {

  /**
   * Either bound holds by itself at all looks together.
   *
   * @param gain estimate
   * @param standardError of the gain
   * @param least the gain is more than this, at the metric's share of alpha
   * @param most the gain is less than this, at all of alpha
   * @param pAbove running p-value of "the gain is not above the bar"
   * @param pBelow running p-value of "the gain is not below the bar"
   */
  public record Bounds(
      double gain, double standardError, double least, double most, double pAbove, double pBelow) {}

  static MetricReading of(SuccessMetric metric, Looks looks, TestPlan plan) {
    return of(metric.name(), metric.better(), 0, looks, plan, plan.alphaOf(metric));
  }

  static MetricReading of(Guardrail metric, Looks looks, TestPlan plan) {
    return of(metric.name(), metric.better(), -metric.margin(), looks, plan, plan.alpha());
  }

  private static MetricReading of(
      String name, Better better, double bar, Looks looks, TestPlan plan, double alphaOfLeast) {
    ConfidenceSequence above = ConfidenceSequence.oneSided(alphaOfLeast, plan.plannedSize());
    ConfidenceSequence below = ConfidenceSequence.oneSided(plan.alpha(), plan.plannedSize());
    Outcome<Bounds> bounds =
        looks
            .latest()
            .map(better::gain)
            .map(
                latest -> {
                  Interval ofLeast = above.interval(latest);
                  Interval ofMost = below.interval(latest);
                  return new Bounds(
                      latest.difference(),
                      latest.standardError(),
                      ofLeast.low(),
                      ofMost.high(),
                      above.pValue(looks.effects().stream().map(better::gain).toList(), bar),
                      below.pValue(
                          looks.effects().stream().map(of -> better.gain(of).negated()).toList(),
                          -bar));
                });
    return new MetricReading(name, better, looks.days(), looks.span(), bar, bounds);
  }

  /** Surely above the bar: a success metric is better, a guardrail is not worse by its margin. */
  public boolean isAbove() {
    return bounds.fold(of -> of.least() > bar, why -> false);
  }

  /** Surely below the bar: a guardrail is worse by more than its margin. */
  public boolean isBelow() {
    return bounds.fold(of -> of.most() < bar, why -> false);
  }

  /** Surely worse, be it by little. */
  public boolean isDeteriorated() {
    return bounds.fold(of -> of.most() < 0, why -> false);
  }

  boolean lastsEnough(TestPlan plan) {
    return days >= plan.leastDays() && span >= plan.leastSpan();
  }
}
