package io.leeway.retrain.gate;

import io.leeway.config.GateDemand;
import io.leeway.config.GateMetric;
import io.leeway.config.GateRule;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.fairness.RateRange;
import io.leeway.stats.fairness.SortedGroups;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.paired.PairedGap;
import io.leeway.stats.paired.PairedRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rule about the groups of an attribute. A group takes part from the rule's number of rows and
 * the plan's number in the rate's own denominator on; the others are named. With fewer than two
 * groups there is nothing to compare, which is a warning.
 *
 * <p>A gap's growth is judged as that of a part: it fails where it is surely more than allowed, and
 * is a warning where it is more as measured. The interval pays for the pairs that were looked at
 * ({@link PairedGap}). A value is held against its limit as measured, the limit included.
 */
final class FairnessCheck {
  private FairnessCheck() {}

  static GateCheck of(Case of, GateRule rule, CheckDraft draft) {
    String attribute = rule.attribute().orElseThrow();
    draft.rows(of.holdout(), of.holdout().all());
    Optional<Groups> groups = of.holdout().attribute(attribute);
    if (groups.isEmpty()) {
      return draft.fails("No row of the holdout has a value of attribute " + attribute + ".");
    }
    List<PairedRate> rates = new ArrayList<>();
    List<String> small = new ArrayList<>();
    int[][] members = groups.get().members();
    for (int g = 0; g < members.length; g++) {
      if (members[g].length == 0) {
        continue;
      }
      PairedRate rate = rate(of, rule.metric(), groups.get().texts().get(g), members[g]);
      if (members[g].length >= rule.minRows() && rate.n() >= of.plan().minOfEachClass()) {
        rates.add(rate);
      } else {
        small.add(rate.group());
      }
    }
    if (rates.isEmpty() && small.isEmpty()) {
      return draft.fails("No row of the holdout has a value of attribute " + attribute + ".");
    }
    String without =
        small.isEmpty() ? "" : "; too small to be compared: " + String.join(", ", small);
    if (rates.size() < 2) {
      return draft.isTooSmall(
          Wording.sentence(
              rule.metric().text()
                  + " needs two groups of "
                  + attribute
                  + " with "
                  + rule.minRows()
                  + " rows and "
                  + of.plan().minOfEachClass()
                  + " in the rate's denominator; there are "
                  + rates.size()
                  + without));
    }
    return rule.demand() == GateDemand.GROWS_BY
        ? growth(of, rule, draft, PairedGap.of(rates).orElseThrow(), without)
        : value(of, rule, draft, rates, without);
  }

  /**
   * Of the rows in the denominator, by which model has the event; without champion both are one.
   */
  private static PairedRate rate(Case of, GateMetric metric, String group, int[] rows) {
    HoldoutRows holdout = of.holdout();
    Scores candidate = holdout.candidate();
    Scores champion = of.usableChampion().orElse(candidate);
    int favourable = holdout.favourable();
    long[] counts = new long[4];
    for (int row : rows) {
      boolean deserves = holdout.labelClass(row) == favourable;
      boolean counted =
          switch (metric) {
            case EQUAL_OPPORTUNITY_DIFFERENCE -> deserves;
            case PREDICTIVE_EQUALITY_DIFFERENCE -> !deserves;
            default -> true;
          };
      if (counted) {
        int first = candidate.decision(row) == favourable ? 0 : 2;
        int second = champion.decision(row) == favourable ? 0 : 1;
        counts[first + second]++;
      }
    }
    return new PairedRate(group, counts[0], counts[1], counts[2], counts[3]);
  }

  private static GateCheck growth(
      Case of, GateRule rule, CheckDraft draft, PairedGap gap, String without) {
    double limit = rule.limit().value();
    Interval interval = gap.interval(of.plan().confidence());
    double growth = gap.difference().difference();
    draft
        .candidate(gap.first())
        .champion(gap.second())
        .difference(growth)
        .interval(interval)
        .limit(limit);
    String words =
        rule.metric().text()
            + " of "
            + rule.attribute().orElseThrow()
            + " is "
            + Wording.number(gap.first())
            + ", between "
            + String.join(" and ", gap.widest())
            + ", the champion's "
            + Wording.number(gap.second())
            + ": it "
            + (growth < 0 ? "shrinks by " : "grows by ")
            + Wording.number(Math.abs(growth))
            + ", and "
            + Wording.number(limit)
            + " is allowed";
    if (interval.low() > limit) {
      return draft.fails(Wording.sentence(words + "; it surely grows by more" + without));
    }
    return growth > limit
        ? draft.warns(Wording.sentence(words + "; that may be chance" + without))
        : draft.passes(Wording.sentence(words + without));
  }

  private static GateCheck value(
      Case of, GateRule rule, CheckDraft draft, List<PairedRate> rates, String without) {
    boolean ratio = rule.metric() == GateMetric.DISPARATE_IMPACT_RATIO;
    double limit = rule.limit().value();
    draft.limit(limit);
    Outcome<RateRange> range =
        RateRange.of(SortedGroups.of(rates.stream().map(FairnessCheck::ofFirst).toList(), 1));
    Outcome<Double> value =
        ratio ? range.flatMap(RateRange::ratio) : range.map(RateRange::difference);
    if (of.usableChampion().isPresent()) {
      Outcome<RateRange> other =
          RateRange.of(SortedGroups.of(rates.stream().map(FairnessCheck::ofSecond).toList(), 1));
      (ratio ? other.flatMap(RateRange::ratio) : other.map(RateRange::difference))
          .value()
          .ifPresent(draft::champion);
    }
    return value.fold(
        measured -> {
          draft.candidate(measured);
          boolean holds = ratio ? measured >= limit : measured <= limit;
          RateRange found = range.orElseThrow();
          String words =
              rule.metric().text()
                  + " of "
                  + rule.attribute().orElseThrow()
                  + " is "
                  + Wording.number(measured)
                  + ", between "
                  + found.highest()
                  + " with "
                  + Wording.number(found.high())
                  + " and "
                  + found.lowest()
                  + " with "
                  + Wording.number(found.low())
                  + (holds ? ", and" : ", but")
                  + " must be "
                  + (ratio ? "at least " : "at most ")
                  + Wording.number(limit)
                  + without;
          return holds
              ? draft.passes(Wording.sentence(words))
              : draft.fails(Wording.sentence(words));
        },
        why -> draft.fails(rule.metric().text() + " cannot be computed: " + why));
  }

  private static GroupRate ofFirst(PairedRate rate) {
    return new GroupRate(rate.group(), rate.both() + rate.onlyFirst(), rate.n());
  }

  private static GroupRate ofSecond(PairedRate rate) {
    return new GroupRate(rate.group(), rate.both() + rate.onlySecond(), rate.n());
  }
}
