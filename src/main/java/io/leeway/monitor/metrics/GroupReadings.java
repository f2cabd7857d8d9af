package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.EqualizedOdds;
import io.leeway.stats.fairness.GapBounds;
import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.fairness.RateBounds;
import io.leeway.stats.fairness.RateRange;
import io.leeway.stats.fairness.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gaps between groups as they read, without any inference: the plain ones, {@code _zero} and {@code
 * _min30} are the catalogue's three readings; {@code _least} and {@code _most} are between what a
 * gap can still end up, whatever the missing labels turn out to be.
 */
public final class GroupReadings {
  /** The catalogue's readings by the endings of their names. */
  private static final Map<String, Reading> READINGS = byEnding();

  private static Map<String, Reading> byEnding() {
    Map<String, Reading> readings = new LinkedHashMap<>();
    readings.put("", Reading.PLAIN);
    readings.put("_zero", Reading.ZERO);
    readings.put("_min30", Reading.MIN30);
    return readings;
  }

  private GroupReadings() {}

  /**
   * The catalogue's readings, of groups beside which nothing stands; none where nothing was
   * decided.
   *
   * @param groups of which no two have one name
   */
  public static List<Measure> of(List<GroupOutcome> groups) {
    GroupSheet sheet = new GroupSheet(groups, Map.of());
    if (sheet.areDecided()) {
      add(sheet);
    }
    return sheet.measures();
  }

  /** Adds the catalogue's readings. */
  static void add(GroupSheet sheet) {
    long n = sheet.labelled();
    List<GroupOutcome> groups = sheet.groups();
    READINGS.forEach(
        (ending, reading) -> {
          Outcome<RateRange> selection =
              RateRange.of(ComparedRate.SELECTION.sorted(groups, reading));
          Outcome<RateRange> tpr = RateRange.of(ComparedRate.TRUE_POSITIVE.sorted(groups, reading));
          Outcome<RateRange> fpr =
              RateRange.of(ComparedRate.FALSE_POSITIVE.sorted(groups, reading));
          sheet.add(
              "demographic_parity_difference" + ending, n, selection.map(RateRange::difference));
          sheet.add("demographic_parity_ratio" + ending, n, selection.flatMap(RateRange::ratio));
          sheet.add("equal_opportunity_difference" + ending, n, tpr.map(RateRange::difference));
          sheet.add("equalized_odds_difference" + ending, n, EqualizedOdds.difference(tpr, fpr));
          sheet.add("equalized_odds_ratio" + ending, n, EqualizedOdds.ratio(tpr, fpr));
        });
  }

  /** Adds bounds, where labels are missing of rows with a decision. */
  static void addBounds(GroupSheet sheet) {
    if (sheet.groups().stream().allMatch(g -> g.unlabelledSelected() + g.unlabelledOthers() == 0)) {
      return;
    }
    addBounds(sheet, ComparedRate.TRUE_POSITIVE, GroupReadings::ofClass);
    addBounds(sheet, ComparedRate.FALSE_POSITIVE, GroupReadings::ofClass);
    addBounds(
        sheet,
        ComparedRate.PRECISION,
        (group, rate) -> RateBounds.ofShare(rate, group.unlabelledSelected()));
  }

  /** Of a group and a rate of it. */
  private interface Bounds {
    Outcome<RateBounds> of(GroupOutcome group, GroupRate rate);
  }

  private static Outcome<RateBounds> ofClass(GroupOutcome group, GroupRate rate) {
    return RateBounds.ofClass(rate, group.unlabelledSelected(), group.unlabelledOthers());
  }

  private static void addBounds(GroupSheet sheet, ComparedRate rate, Bounds of) {
    List<RateBounds> bounds = new ArrayList<>();
    List<GroupRate> supported = rate.supported(sheet.groups()).supported();
    for (GroupOutcome group : sheet.groups()) {
      supported.stream()
          .filter(one -> one.group().equals(group.name()))
          .flatMap(one -> of.of(group, one).value().stream())
          .forEach(bounds::add);
    }
    Outcome<GapBounds> gap = GapBounds.of(bounds);
    sheet.add(rate.difference() + "_least", sheet.labelled(), gap.map(GapBounds::low));
    sheet.add(rate.difference() + "_most", sheet.labelled(), gap.map(GapBounds::high));
  }
}
