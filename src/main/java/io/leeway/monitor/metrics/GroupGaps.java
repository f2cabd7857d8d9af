package io.leeway.monitor.metrics;

import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.EqualizedOdds;
import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.fairness.MaxMinGap;
import io.leeway.stats.fairness.MinMaxRatio;
import io.leeway.stats.fairness.RateRange;
import io.leeway.stats.fairness.SortedGroups;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the rates of groups lie apart, with what noise makes of it. Gaps named {@code
 * *_supported} are over groups whose own denominator is above the floor, and are what rules watch.
 */
final class GroupGaps {
  private final GroupSheet sheet;
  private final Spreads spreads;

  private GroupGaps(GroupSheet sheet, Spreads spreads) {
    this.sheet = sheet;
    this.spreads = spreads;
  }

  /** Adds the gap of one rate. */
  static void add(GroupSheet sheet, Spreads spreads, ComparedRate rate) {
    new GroupGaps(sheet, spreads).addGap(rate);
  }

  /** Adds what is made of the selection rate, and of TPR and FPR together. */
  static void addOddsAndRatio(GroupSheet sheet, Spreads spreads) {
    GroupGaps gaps = new GroupGaps(sheet, spreads);
    gaps.addOdds();
    gaps.addRatio();
  }

  private void addGap(ComparedRate rate) {
    SortedGroups sorted = rate.supported(sheet.groups());
    Outcome<MaxMinGap> gap = MaxMinGap.of(sorted, rate.phi(spreads));
    String metric = rate.difference();
    sheet.add(
        metric + GroupSheet.SUPPORTED,
        n(sorted),
        gap.map(MaxMinGap::gap),
        measure -> {
          MaxMinGap found = gap.orElseThrow();
          MeasureDraft.interval(measure).accept(found.interval());
          measure.expected(found.expected()).dof(sorted.supported().size() - 1);
          rate.addPhi(measure, spreads);
          measure.note(between(found.range()) + " " + sentence(sorted));
        },
        sentence(sorted));
    sheet.add(metric + "_corrected", n(sorted), gap.map(MaxMinGap::corrected));
    sheet.add(metric + "_pvalue", n(sorted), gap.map(MaxMinGap::pChange));
    sheet.add(metric + "_detectable", n(sorted), gap.map(of -> of.detectable(0)));
  }

  private void addOdds() {
    SortedGroups tpr = ComparedRate.TRUE_POSITIVE.supported(sheet.groups());
    SortedGroups fpr = ComparedRate.FALSE_POSITIVE.supported(sheet.groups());
    Outcome<EqualizedOdds> odds =
        EqualizedOdds.of(
            tpr,
            ComparedRate.TRUE_POSITIVE.phi(spreads),
            fpr,
            ComparedRate.FALSE_POSITIVE.phi(spreads));
    sheet.add(
        "equalized_odds_difference" + GroupSheet.SUPPORTED,
        n(tpr) + n(fpr),
        odds.map(EqualizedOdds::gap),
        measure -> {
          EqualizedOdds found = odds.orElseThrow();
          MeasureDraft.interval(measure).accept(found.interval());
          measure.expected(
              found.gaps().stream().mapToDouble(MaxMinGap::expected).max().orElseThrow());
        },
        "");
    sheet.add(
        "equalized_odds_difference_pvalue", n(tpr) + n(fpr), odds.map(EqualizedOdds::pChange));
  }

  private void addRatio() {
    SortedGroups sorted = ComparedRate.SELECTION.supported(sheet.groups());
    Outcome<MinMaxRatio> ratio = MinMaxRatio.of(sorted, ComparedRate.SELECTION.phi(spreads));
    sheet.add(
        "demographic_parity_ratio" + GroupSheet.SUPPORTED,
        n(sorted),
        ratio.map(MinMaxRatio::ratio),
        measure -> measure.note(between(ratio.orElseThrow().range())),
        sentence(sorted));
  }

  private static long n(SortedGroups sorted) {
    return sorted.supported().stream().mapToLong(GroupRate::n).sum();
  }

  private static String between(RateRange range) {
    return "Highest in '%s' (%.4g), lowest in '%s' (%.4g)."
        .formatted(range.highest(), range.high(), range.lowest(), range.low());
  }

  /** Which groups are in no gap, and why. */
  private static String sentence(SortedGroups sorted) {
    List<String> parts = new ArrayList<>();
    if (!sorted.suppressed().isEmpty()) {
      parts.add("SUPPRESSED: " + names(sorted.suppressed()) + ".");
    }
    if (!sorted.undefined().isEmpty()) {
      parts.add("UNDEFINED: " + names(sorted.undefined()) + ".");
    }
    return String.join(" ", parts);
  }

  private static String names(List<GroupRate> rates) {
    return String.join(", ", rates.stream().map(GroupRate::group).toList());
  }
}
