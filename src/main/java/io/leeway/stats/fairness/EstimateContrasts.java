package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.StudentT;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link AgainstGroup} and {@link AgainstRest} for estimates that are no rates: each group against
 * a named one, or against all others together, with Bonferroni's correction for their number.
 */
public final class EstimateContrasts {
  private static final double ALPHA = 0.05;

  private EstimateContrasts() {}

  /** Undefined where the reference group has no estimate, or is the only one that has. */
  public static Outcome<List<EstimateContrast>> againstGroup(
      List<GroupEstimate> groups, String reference) {
    Optional<GroupEstimate> against =
        groups.stream().filter(of -> of.group().equals(reference)).findFirst();
    if (against.isEmpty()) {
      return Outcome.undefined("The reference group '" + reference + "' has no estimate.");
    }
    if (groups.size() < 2) {
      return Outcome.undefined("There is no group beside the reference group.");
    }
    Map<GroupEstimate, GroupEstimate> opponents = new LinkedHashMap<>();
    groups.stream()
        .filter(of -> !of.equals(against.get()))
        .forEach(of -> opponents.put(of, against.get()));
    return Outcome.of(contrasts(opponents));
  }

  /**
   * Estimates that are means over rows; those of the others together are their mean by rows.
   * Undefined with fewer than two groups.
   */
  public static Outcome<List<EstimateContrast>> againstRest(List<GroupEstimate> groups) {
    if (groups.size() < 2) {
      return Outcome.undefined("A group needs others to compare with.");
    }
    Map<GroupEstimate, GroupEstimate> opponents = new LinkedHashMap<>();
    for (GroupEstimate group : groups) {
      opponents.put(group, together(groups.stream().filter(of -> !of.equals(group)).toList()));
    }
    return Outcome.of(contrasts(opponents));
  }

  private static GroupEstimate together(List<GroupEstimate> groups) {
    long rows = groups.stream().mapToLong(GroupEstimate::rows).sum();
    double mean = 0;
    double variance = 0;
    double degrees = Double.POSITIVE_INFINITY;
    for (GroupEstimate of : groups) {
      double weight = (double) of.rows() / rows;
      double error = weight * of.estimate().standardError();
      mean += weight * of.estimate().mean();
      variance += error * error;
      degrees = Math.min(degrees, of.estimate().degrees());
    }
    return new GroupEstimate(
        AgainstRest.REST, new MeanInterval(mean, Math.sqrt(variance), degrees), rows);
  }

  private static List<EstimateContrast> contrasts(Map<GroupEstimate, GroupEstimate> opponents) {
    int tests = opponents.size();
    return opponents.entrySet().stream()
        .map(pair -> contrast(pair.getKey(), pair.getValue(), tests))
        .toList();
  }

  private static EstimateContrast contrast(GroupEstimate group, GroupEstimate against, int tests) {
    MeanContrast contrast = group.above(against, 0);
    double half =
        StudentT.quantile(1 - ALPHA / 2 / tests, contrast.degrees()) * contrast.standardError();
    return new EstimateContrast(
        group,
        against.group(),
        contrast.estimate(),
        new Interval(contrast.estimate() - half, contrast.estimate() + half),
        Math.min(1, tests * contrast.pFall()),
        Math.min(1, tests * contrast.pRise()));
  }
}
