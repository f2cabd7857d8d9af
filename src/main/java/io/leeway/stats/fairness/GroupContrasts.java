package io.leeway.stats.fairness;

import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Each of some groups against an opponent, with Bonferroni's correction for their number. */
public final class GroupContrasts {
  private static final double HALF_ALPHA = 0.025;

  private final SortedGroups groups;
  private final Overdispersion overdispersion;
  private final List<GroupContrast> contrasts;

  private GroupContrasts(
      SortedGroups groups, Overdispersion overdispersion, List<GroupContrast> contrasts) {
    this.groups = groups;
    this.overdispersion = overdispersion;
    this.contrasts = contrasts;
  }

  /** Each key against its value; all have a denominator. */
  static GroupContrasts of(
      SortedGroups groups, Map<GroupRate, GroupRate> opponents, Overdispersion overdispersion) {
    int tests = opponents.size();
    double z = -Normal.quantile(HALF_ALPHA / tests);
    List<GroupContrast> contrasts = new ArrayList<>();
    opponents.forEach(
        (group, against) -> {
          RateTest test = test(group, against, 0, overdispersion);
          contrasts.add(
              new GroupContrast(
                  group,
                  against,
                  group.share() - against.share(),
                  Newcombe.contrast(
                          group.events(),
                          group.n(),
                          against.events(),
                          against.n(),
                          1,
                          overdispersion,
                          z)
                      .orElseThrow(),
                  Math.min(1, tests * test.pFall()),
                  Math.min(1, tests * test.pRise())));
        });
    return new GroupContrasts(groups, overdispersion, List.copyOf(contrasts));
  }

  /** Who was compared, and who was not. */
  public SortedGroups groups() {
    return groups;
  }

  /** One per group, by name. */
  public List<GroupContrast> contrasts() {
    return contrasts;
  }

  /**
   * P-value of "no group's rate is further than {@code limit} from its opponent's, in either
   * direction": the least one-sided p-value, times twice the number of contrasts, at most 1.
   *
   * @param limit in [0, 1]
   */
  public double pLimit(double limit) {
    double least = 1;
    for (GroupContrast contrast : contrasts) {
      GroupRate group = contrast.group();
      GroupRate against = contrast.against();
      least = Math.min(least, test(group, against, limit, overdispersion).pRise());
      least = Math.min(least, test(group, against, -limit, overdispersion).pFall());
    }
    return Math.min(1, 2 * contrasts.size() * least);
  }

  private static RateTest test(
      GroupRate group, GroupRate against, double a, Overdispersion overdispersion) {
    return RateTest.againstReference(
            group.events(), group.n(), against.events(), against.n(), a, 1, overdispersion)
        .orElseThrow();
  }
}
