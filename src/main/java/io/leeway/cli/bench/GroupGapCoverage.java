package io.leeway.cli.bench;

import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.fairness.MaxMinGap;
import io.leeway.stats.fairness.SortedGroups;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Coverage of the interval of the gap between the highest and the lowest rate of several groups,
 * over draws of independent rows.
 */
final class GroupGapCoverage {
  static final IntervalKind GAP = IntervalKind.conservative("max-min gap of groups");

  private static final int[] GROUPS = {2, 4, 8};
  private static final double[][] RATES = {{.1, .1}, {.3, .3}, {.1, .3}};

  /** Each in turn, until all groups have one. */
  private static final int[][] SIZES = {{100}, {1_000}, {50, 200, 1_000, 5_000}};

  private GroupGapCoverage() {}

  /**
   * Of 2, 4 and 8 groups: rates equal and unequal, sizes equal and unequal.
   *
   * @param firstSeed of the first point; each later one takes the next
   */
  static List<Coverage> points(int draws, long firstSeed) {
    List<Coverage> points = new ArrayList<>();
    for (int groups : GROUPS) {
      for (double[] range : RATES) {
        double step = (range[1] - range[0]) / (groups - 1);
        double[] rates = IntStream.range(0, groups).mapToDouble(g -> range[0] + g * step).toArray();
        for (int[] cycle : SIZES) {
          int[] sizes = IntStream.range(0, groups).map(g -> cycle[g % cycle.length]).toArray();
          points.add(of(rates, sizes, draws, firstSeed + points.size()));
        }
      }
    }
    return points;
  }

  /**
   * Of one group per rate.
   *
   * @param sizes rows of each group, none below the floor of rates
   */
  static Coverage of(double[] rates, int[] sizes, int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double least = Arrays.stream(rates).min().orElseThrow();
    double most = Arrays.stream(rates).max().orElseThrow();
    long held = 0;
    double widths = 0;
    for (int draw = 0; draw < draws; draw++) {
      SortedGroups groups = SortedGroups.of(draw(random, rates, sizes), Floor.RATE.least());
      Interval interval = MaxMinGap.of(groups, Overdispersion.NONE).orElseThrow().interval();
      held += interval.contains(most - least) ? 1 : 0;
      widths += interval.high() - interval.low();
    }
    String point =
        String.format(
            Locale.ROOT,
            "%d groups of %d to %d, %.2f to %.2f",
            rates.length,
            Arrays.stream(sizes).min().orElseThrow(),
            Arrays.stream(sizes).max().orElseThrow(),
            least,
            most);
    return Coverage.ofDraws(GAP, point, held, draws, widths);
  }

  private static List<GroupRate> draw(SplittableRandom random, double[] rates, int[] sizes) {
    List<GroupRate> groups = new ArrayList<>();
    for (int group = 0; group < rates.length; group++) {
      long events = 0;
      for (int row = 0; row < sizes[group]; row++) {
        events += random.nextDouble() < rates[group] ? 1 : 0;
      }
      groups.add(new GroupRate("group " + group, events, sizes[group]));
    }
    return groups;
  }
}
