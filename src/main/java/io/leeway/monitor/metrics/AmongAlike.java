package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.ConditionalParity;
import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.fairness.Stratum;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.performance.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often groups are selected among alike: within the values of a legitimate factor, all of these
 * together. Each group is held against the named one, or against all others.
 */
public final class AmongAlike {
  private static final String METRIC = "conditional_demographic_parity";

  private AmongAlike() {}

  /**
   * By group, as it stands in the first stratum that has it.
   *
   * @param strata the groups of each value of the factor
   * @param referenceGroup that the others are held against, if one is named
   */
  public static Map<GroupOutcome, Measure> of(
      List<List<GroupOutcome>> strata, Optional<String> referenceGroup, Spreads spreads) {
    Map<String, GroupOutcome> named = new LinkedHashMap<>();
    strata.forEach(of -> of.forEach(group -> named.putIfAbsent(group.name(), group)));
    Map<GroupOutcome, Measure> measures = new LinkedHashMap<>();
    named.forEach(
        (name, group) -> {
          if (!referenceGroup.equals(Optional.of(name))) {
            measures.put(group, measure(name, strata, referenceGroup, spreads));
          }
        });
    return measures;
  }

  private static Measure measure(
      String name,
      List<List<GroupOutcome>> strata,
      Optional<String> referenceGroup,
      Spreads spreads) {
    List<Stratum> pairs = new ArrayList<>();
    for (int at = 0; at < strata.size(); at++) {
      GroupRate group =
          rate(name, strata.get(at).stream().filter(of -> of.name().equals(name)).toList());
      GroupRate against =
          rate(
              referenceGroup.orElse("(rest)"),
              strata.get(at).stream()
                  .filter(
                      of ->
                          referenceGroup
                              .map(of.name()::equals)
                              .orElseGet(() -> !of.name().equals(name)))
                  .toList());
      long rows = strata.get(at).stream().mapToLong(of -> of.selection().denominator()).sum();
      pairs.add(new Stratum(Integer.toString(at), rows, group, against));
    }
    Outcome<ConditionalParity> parity =
        ConditionalParity.of(
            pairs, Floor.RATE.least(), spreads.overdispersion(Varying.SELECTION_RATE));
    long n = pairs.stream().mapToLong(pair -> pair.group().n()).sum();
    return parity
        .fold(
            found ->
                Measure.of(METRIC, Comparison.NONE, found.difference())
                    .interval(found.interval().low(), found.interval().high())
                    .note(
                        "Against '%s' within %d values of the factor; %,d rows of the others are left out."
                            .formatted(
                                referenceGroup.orElse("(rest)"),
                                found.strataUsed(),
                                found.rowsLeftOut())),
            why -> Measure.undefined(METRIC, Comparison.NONE, why))
        .n(n)
        .build();
  }

  private static GroupRate rate(String name, List<GroupOutcome> groups) {
    long events = 0;
    long all = 0;
    for (GroupOutcome group : groups) {
      Share share = group.selection();
      events += share.numerator();
      all += share.denominator();
    }
    return new GroupRate(name, events, all);
  }
}
