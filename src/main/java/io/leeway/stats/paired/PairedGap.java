package io.leeway.stats.paired;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Normal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much further the first scorer sets K groups apart than the second: the gap between the
 * highest and the lowest rate under the first, less that under the second, over the same rows. With
 * highest and lowest groups a, b under the first and c, d under the second, rates p and q,
 *
 * <pre>{@code
 * difference = (p_a - p_b) - (q_c - q_d)
 * SE²        = sum over groups g of Var(w_g p_g - v_g q_g)
 * w_a = 1, w_b = -1, v_c = 1, v_d = -1, all others 0
 * }</pre>
 *
 * <p>Both rates of a group are of the same rows, so what a group's variance holds is their joint
 * four counts ({@link PairedRate#variance}). This is the delta method at the pairs that came out.
 * Rows are taken as independent.
 *
 * <p>Of equal rates the first group by name counts. A pair that was picked as the widest of many is
 * wide by chance, too: the lower end of the interval and {@link #pGrown} pay for {@code K (K - 1)}
 * ordered pairs. The second scorer's gap is picked as well, and errs upwards, which makes both
 * cautious. The upper end is that of the pair alone.
 *
 * @param first gap under the first scorer, in [0, 1]
 * @param second gap under the second
 * @param widest the groups of the first scorer's highest and lowest rate
 * @param groups K, &ge; 2
 * @param difference first minus second, with normal noise
 */
public record PairedGap(
    double first, double second, List<String> widest, int groups, PairedDifference difference) {
  public PairedGap {
    widest = List.copyOf(widest);
  }

  /**
   * Over groups. Undefined with fewer than two of them.
   *
   * @param rates each with rows; those of too few rows are for the caller to leave out
   * @throws IllegalArgumentException if a group has no rows or a name is there twice
   */
  public static Outcome<PairedGap> of(List<PairedRate> rates) {
    Set<String> names = new HashSet<>();
    for (PairedRate rate : rates) {
      if (rate.n() == 0 || !names.add(rate.group())) {
        throw new IllegalArgumentException(
            "Group '" + rate.group() + "' has no rows or is there twice.");
      }
    }
    if (rates.size() < 2) {
      return Outcome.undefined("A gap needs two groups, but there are " + rates.size() + ".");
    }
    List<PairedRate> byName =
        rates.stream().sorted(Comparator.comparing(PairedRate::group)).toList();
    PairedRate a = highest(byName, Comparator.comparingDouble(PairedRate::first));
    PairedRate b = highest(byName, Comparator.comparingDouble((PairedRate g) -> -g.first()));
    PairedRate c = highest(byName, Comparator.comparingDouble(PairedRate::second));
    PairedRate d = highest(byName, Comparator.comparingDouble((PairedRate g) -> -g.second()));
    double variance = 0;
    long rows = 0;
    for (PairedRate group : byName) {
      double w = (group.equals(a) ? 1 : 0) - (group.equals(b) ? 1 : 0);
      double v = (group.equals(c) ? 1 : 0) - (group.equals(d) ? 1 : 0);
      variance += group.variance(w, v);
      rows += group.n();
    }
    double first = a.first() - b.first();
    double second = c.second() - d.second();
    return Outcome.of(
        new PairedGap(
            first,
            second,
            List.of(a.group(), b.group()),
            rates.size(),
            new PairedDifference(
                first - second, Math.sqrt(variance), Double.POSITIVE_INFINITY, rows)));
  }

  /** Of equal ones the first by name. */
  private static PairedRate highest(List<PairedRate> byName, Comparator<PairedRate> by) {
    PairedRate best = byName.get(0);
    for (PairedRate rate : byName) {
      if (by.compare(rate, best) > 0) {
        best = rate;
      }
    }
    return best;
  }

  /** The interval of the growth, its lower end corrected for the pairs that were looked at. */
  public Interval interval(double confidence) {
    Interval alone = difference.interval(confidence);
    double z = -Normal.quantile((1 - confidence) / (groups * (groups - 1.0)));
    return new Interval(difference.difference() - z * difference.standardError(), alone.high());
  }

  /** P-value of "the gap has grown by at most {@code limit}", at most 1. */
  public double pGrown(double limit) {
    return Math.min(1, groups * (groups - 1.0) * difference.pAbove(limit));
  }
}
