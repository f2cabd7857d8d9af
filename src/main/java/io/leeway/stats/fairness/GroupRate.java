package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;

/**
 * A rate of one group, {@code events / n}, on the metric's own denominator: of a true positive rate
 * n counts positives, not rows.
 *
 * @param group its name, within one comparison of one group only
 * @param events in [0, n]
 * @param n &ge; 0; the rate is undefined where it is 0
 */
public record GroupRate(String group, long events, long n) {
  public GroupRate {
    if (events < 0 || events > n) {
      throw new IllegalArgumentException(
          "Group '" + group + "' has " + events + " events of " + n + ".");
    }
  }

  public Outcome<Double> rate() {
    return n == 0 ? Outcome.undefined("The denominator of the rate is 0.") : Outcome.of(share());
  }

  /** The rate of a group that has a denominator. */
  double share() {
    return (double) events / n;
  }

  /** This group and another one taken together, under this one's name. */
  GroupRate plus(GroupRate other) {
    return new GroupRate(group, events + other.events, n + other.n);
  }
}
