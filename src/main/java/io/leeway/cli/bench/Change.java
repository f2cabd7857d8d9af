package io.leeway.cli.bench;

import io.leeway.policy.verdict.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A change of one column, or of the accuracy, in one segment, and a rule that is to find it.
 *
 * @param isDrift whether a column moves; else the accuracy falls
 * @param by standard deviations of normal scores in ten bins, or the fall of a rate of 0.85
 * @param rows of the segment in a window
 * @param known the share of single windows in which the statistics page, B9, finds it; empty where
 *     it says nothing
 */
record Change(boolean isDrift, double by, int rows, Rule rule, OptionalDouble known) {
  static final int BINS = 10;

  private static final double NOT_KNOWN = -1;

  private static final int[] ROWS_OF_DRIFT = {200, 1_000, 5_000};
  private static final int[] ROWS_OF_FALL = {200, 500, 2_000};
  private static final double[] DRIFTS = {0.25, 0.5, 1};
  private static final double[] FALLS = {0.05, 0.1, 0.15};

  /** By drift, then by rows: no change, and PSI above 0.1 strictly, among 2 500 tests. */
  private static final double[][][] KNOWN_OF_DRIFT = {
    {{.03, 0}, {.98, 0}, {NOT_KNOWN, NOT_KNOWN}},
    {{.90, .03}, {1, .87}, {NOT_KNOWN, NOT_KNOWN}},
    {{1, 1}, {NOT_KNOWN, NOT_KNOWN}, {NOT_KNOWN, NOT_KNOWN}}
  };

  /** By fall, then by rows: no change, and 5 % strictly, both with p below 0.001. */
  private static final double[][][] KNOWN_OF_FALL = {
    {{NOT_KNOWN, NOT_KNOWN}, {.41, 0}, {.97, .01}},
    {{NOT_KNOWN, NOT_KNOWN}, {.99, .47}, {1, .99}},
    {{.98, .67}, {NOT_KNOWN, NOT_KNOWN}, {NOT_KNOWN, NOT_KNOWN}}
  };

  /** A drift and a fall that are looked for in the same histories, by two rules each. */
  static List<List<Change>> pairs() {
    List<List<Change>> pairs = new ArrayList<>();
    for (int by = 0; by < DRIFTS.length; by++) {
      for (int rows = 0; rows < ROWS_OF_DRIFT.length; rows++) {
        double[] drift = KNOWN_OF_DRIFT[by][rows];
        double[] fall = KNOWN_OF_FALL[by][rows];
        int ofDrift = ROWS_OF_DRIFT[rows];
        int ofFall = ROWS_OF_FALL[rows];
        pairs.add(
            List.of(
                new Change(true, DRIFTS[by], ofDrift, WatchedRules.PSI, known(drift[0])),
                new Change(true, DRIFTS[by], ofDrift, WatchedRules.PSI_SURELY, known(drift[1])),
                new Change(false, FALLS[by], ofFall, WatchedRules.ACCURACY, known(fall[0])),
                new Change(
                    false, FALLS[by], ofFall, WatchedRules.ACCURACY_SURELY, known(fall[1]))));
      }
    }
    return pairs;
  }

  private static OptionalDouble known(double share) {
    return share == NOT_KNOWN ? OptionalDouble.empty() : OptionalDouble.of(share);
  }

  /** The shares of bins, or of wrong and right predictions, once it has come. */
  Shares after() {
    return isDrift
        ? Shares.ofNormal(by, BINS)
        : Shares.of(1 - QuietKind.RIGHT + by, QuietKind.RIGHT - by);
  }

  /**
   * The true PSI, or the true fall as a share of the accuracy before: what the rule's limit is of.
   */
  double truth() {
    return isDrift ? after().psiAgainst(Shares.even(BINS)) : by / QuietKind.RIGHT;
  }

  /** Whether it is one that the rule is to find. */
  boolean isBeyondLimit() {
    return truth() > rule.limit().value();
  }
}
