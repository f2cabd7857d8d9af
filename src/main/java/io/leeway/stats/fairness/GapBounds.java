package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import java.util.List;

/**
 * Between what the gap of a rate over groups can still end up, whatever the labels that are missing
 * turn out to be. Sharp, since each group's labels are its own:
 *
 * <pre>{@code
 * low  = max(0, greatest lower bound - least upper bound)
 * high = greatest upper bound - lower bound, over pairs of different groups
 * }</pre>
 *
 * <p>What noise adds is not in them.
 *
 * @param low in [0, high]
 * @param high in [low, 1]
 */
public record GapBounds(double low, double high) {

  /** Undefined with fewer than two groups. */
  public static Outcome<GapBounds> of(List<RateBounds> groups) {
    if (groups.size() < 2) {
      return Outcome.undefined("A gap needs two groups, but there are " + groups.size() + ".");
    }
    double low = 0;
    double high = 0;
    for (int i = 0; i < groups.size(); i++) {
      for (int j = 0; j < groups.size(); j++) {
        if (i != j) {
          low = Math.max(low, groups.get(i).low() - groups.get(j).high());
          high = Math.max(high, groups.get(i).high() - groups.get(j).low());
        }
      }
    }
    return Outcome.of(new GapBounds(low, high));
  }
}
