package io.leeway.cli.bench;

import io.leeway.policy.verdict.Severity;
import io.leeway.policy.verdict.Verdict;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Alarms over histories in which nothing changes.
 *
 * @param histories that were judged
 * @param withSevere those with a breach that calls for retraining or more
 * @param withAny those with any breach
 * @param alarms breaches of all of them
 * @param withSmallP histories with any p below 0.05
 * @param smallP values with such a p
 * @param withLargePsi histories with any PSI above 0.1
 * @param largePsi values of PSI above 0.1
 */
record QuietAlarms(
    int histories,
    int withSevere,
    int withAny,
    long alarms,
    int withSmallP,
    long smallP,
    int withLargePsi,
    long largePsi) {
  static final QuietAlarms NONE = new QuietAlarms(0, 0, 0, 0, 0, 0, 0, 0);

  private static final double SURE = 0.95;

  /** Of one history. */
  static QuietAlarms of(
      QuietKind kind, int features, int segments, int days, SplittableRandom random) {
    SimulatedModel model = kind.model(features, segments, random);
    SimulatedHistory history = SimulatedHistory.draw(model, days, kind.versions(), random);
    List<Verdict> breaches = history.breaches(WatchedRules.USUAL);
    boolean isSevere =
        breaches.stream().anyMatch(of -> of.rule().severity() != Severity.INVESTIGATE);
    return new QuietAlarms(
        1,
        isSevere ? 1 : 0,
        breaches.isEmpty() ? 0 : 1,
        breaches.size(),
        history.smallP() > 0 ? 1 : 0,
        history.smallP(),
        history.largePsi() > 0 ? 1 : 0,
        history.largePsi());
  }

  QuietAlarms plus(QuietAlarms other) {
    return new QuietAlarms(
        histories + other.histories,
        withSevere + other.withSevere,
        withAny + other.withAny,
        alarms + other.alarms,
        withSmallP + other.withSmallP,
        smallP + other.smallP,
        withLargePsi + other.withLargePsi,
        largePsi + other.largePsi);
  }

  /**
   * The largest share of histories of which so few, or fewer, come with probability 0.05: the upper
   * end of a one-sided interval.
   *
   * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper and Pearson (1934)</a>
   */
  static double atMost(int found, int of) {
    return found == of
        ? 1
        : new BetaDistribution(null, found + 1.0, (double) of - found)
            .inverseCumulativeProbability(SURE);
  }
}
