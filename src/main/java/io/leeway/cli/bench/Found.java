package io.leeway.cli.bench;

import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.policy.verdict.Evidence;
import io.leeway.policy.verdict.Rule;
import io.leeway.policy.verdict.Verdict;
import io.leeway.stats.drift.DivergenceScale;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When a change was found in one history, among all the columns and segments in which nothing
 * changes.
 *
 * @param windows with the change, up to the first breach; more than there are where none came
 * @param inOne whether the first of these windows by itself has the p that the statistics page, B9,
 *     asks for: 0.05 over the number of columns and segments for PSI, 0.001 for the accuracy
 */
record Found(int windows, boolean inOne) {
  /** Windows with the change. */
  static final int DAYS = 5;

  private static final int DRIFTING = 0;
  private static final int FALLING = 1;
  private static final double ALPHA = 0.05;
  private static final double ALPHA_OF_RATES = 0.001;

  /**
   * In one history, of each of some changes, the drift and the fall among them being the same.
   *
   * @param changes a drift first, a fall last
   */
  static List<Found> of(List<Change> changes, int features, int segments, SplittableRandom random) {
    Layout layout = Layout.flat(segments);
    double[] sizes = QuietKind.sizes(layout.cells(), random);
    Change drift = changes.get(0);
    Change fall = changes.get(changes.size() - 1);
    sizes[DRIFTING] = drift.rows();
    sizes[FALLING] = fall.rows();
    Shares even = Shares.even(Change.BINS);
    Shares drifted = drift.after();
    Shares right = Shares.of(1 - QuietKind.RIGHT, QuietKind.RIGHT);
    Shares fallen = fall.after();
    SimulatedModel model =
        new SimulatedModel(
            layout,
            features,
            sizes,
            1,
            false,
            (feature, cell, day) -> day >= 0 && feature == 0 && cell == DRIFTING ? drifted : even,
            (cell, day) -> day >= 0 && cell == FALLING ? fallen : right);
    SimulatedHistory history = SimulatedHistory.draw(model, DAYS, List.of("v1"), random);
    List<Verdict> breaches = history.breaches(changes.stream().map(Change::rule).toList());
    double alpha = ALPHA / ((double) features * segments);
    return changes.stream()
        .map(
            change ->
                new Found(
                    windows(history, layout, change, breaches), inOne(history, change, alpha)))
        .toList();
  }

  private static int feature(Change change) {
    return change.isDrift() ? 0 : -1;
  }

  /** All rows come before the cells. */
  private static int part(Change change) {
    return 1 + (change.isDrift() ? DRIFTING : FALLING);
  }

  private static int windows(
      SimulatedHistory history, Layout layout, Change change, List<Verdict> breaches) {
    Segment segment = layout.parts().get(part(change)).segment();
    String column = history.column(feature(change));
    int[] days =
        breaches.stream()
            .filter(of -> of.rule().equals(change.rule()))
            .filter(of -> of.subject().segment().equals(segment))
            .filter(of -> of.subject().column().equals(column))
            .mapToInt(of -> SimulatedHistory.dayOf(of.subject().window()))
            .toArray();
    return 1 + Arrays.stream(days).min().orElse(DAYS);
  }

  private static boolean inOne(SimulatedHistory history, Change change, double alpha) {
    Measure measure = history.measure(0, part(change), feature(change));
    Overdispersion phi = new Overdispersion(measure.phi(), measure.phiDf());
    Rule rule = change.rule();
    boolean isOfLimit = rule.evidence() == Evidence.LIMIT;
    if (change.isDrift()) {
      DivergenceTest test =
          DivergenceTest.ofInterval(
              DivergenceScale.PSI,
              measure.ciHigh(),
              measure.dof().intValue(),
              measure.referenceN(),
              measure.n(),
              phi);
      return (isOfLimit ? test.pLimit(rule.limit().value(), phi) : test.pChange(phi)) <= alpha;
    }
    return RateTest.againstReference(
                measure.numerator().longValue(),
                measure.denominator().longValue(),
                measure.referenceNumerator().longValue(),
                measure.referenceDenominator().longValue(),
                0,
                isOfLimit ? 1 - rule.limit().value() : 1,
                phi)
            .orElseThrow()
            .pFall()
        <= ALPHA_OF_RATES;
  }
}
