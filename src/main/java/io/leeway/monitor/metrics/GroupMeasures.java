package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.AgainstGroup;
import io.leeway.stats.fairness.AgainstRest;
import io.leeway.stats.fairness.EqualizedOdds;
import io.leeway.stats.fairness.EstimateGap;
import io.leeway.stats.fairness.GapBounds;
import io.leeway.stats.fairness.GroupContrast;
import io.leeway.stats.fairness.GroupContrasts;
import io.leeway.stats.fairness.GroupErrors;
import io.leeway.stats.fairness.GroupEstimate;
import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.fairness.MaxMinGap;
import io.leeway.stats.fairness.MinMaxRatio;
import io.leeway.stats.fairness.RateBounds;
import io.leeway.stats.fairness.RateRange;
import io.leeway.stats.fairness.Reading;
import io.leeway.stats.fairness.SortedGroups;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.performance.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * How far the groups of an attribute lie apart. Gaps named {@code *_supported} are over groups
 * whose own denominator is above the floor, with what noise makes of them, and are what rules
 * watch; the plain ones, {@code _zero} and {@code _min30} are the catalogue's three readings,
 * without any inference.
 */
public final class GroupMeasures {
  private static final String DIFFERENCE = "_difference";
  private static final String SUPPORTED = "_supported";

  /** The catalogue's readings by the endings of their names. */
  private static final Map<String, Reading> READINGS = readings();

  private static Map<String, Reading> readings() {
    Map<String, Reading> readings = new LinkedHashMap<>();
    readings.put("", Reading.PLAIN);
    readings.put("_zero", Reading.ZERO);
    readings.put("_min30", Reading.MIN30);
    return readings;
  }

  /** A rate that groups are compared by, and what a gap in it is called. */
  private enum Rate {
    SELECTION("demographic_parity", Varying.SELECTION_RATE),
    TRUE_POSITIVE("equal_opportunity", Varying.RECALL),
    FALSE_POSITIVE("predictive_equality", Varying.FALSE_POSITIVE_RATE),
    PRECISION("predictive_parity", Varying.PRECISION),
    ACCURACY("accuracy_parity", Varying.ACCURACY),
    COVERAGE("label_coverage", Varying.LABEL_COVERAGE);

    private final String metric;
    private final Varying varying;

    Rate(String metric, Varying varying) {
      this.metric = metric;
      this.varying = varying;
    }

    Share of(GroupOutcome group) {
      return OutcomeCounts.RATES.get(varying).apply(group.counts());
    }
  }

  private final List<GroupOutcome> groups;
  private final Optional<String> referenceGroup;
  private final Spreads spreads;
  private final Map<String, Measure> ofReference = new LinkedHashMap<>();
  private final List<Measure> measures = new ArrayList<>();

  /** What is told of single groups. */
  private final Map<GroupOutcome, List<Measure>> single = new LinkedHashMap<>();

  private GroupMeasures(
      List<GroupOutcome> groups, Optional<String> referenceGroup, Spreads spreads) {
    this.groups = List.copyOf(groups);
    this.referenceGroup = referenceGroup;
    this.spreads = spreads;
  }

  /**
   * Compares groups.
   *
   * @param groups of which no two have one name
   * @param referenceGroup that the others are held against, if one is named
   * @param reference the same groups in the reference
   */
  public static GroupMeasures of(
      List<GroupOutcome> groups,
      Optional<String> referenceGroup,
      List<GroupOutcome> reference,
      Spreads spreads) {
    GroupMeasures measures = new GroupMeasures(groups, referenceGroup, spreads);
    if (!reference.isEmpty()) {
      GroupMeasures before = new GroupMeasures(reference, Optional.empty(), spreads);
      before.addAcross();
      before.measures.forEach(of -> measures.ofReference.put(of.metric(), of));
    }
    measures.addAcross();
    measures.addSingle();
    return measures;
  }

  /**
   * The readings without any inference, of groups beside which nothing stands; none where nothing
   * was decided.
   *
   * @param groups of which no two have one name
   */
  public static List<Measure> readings(List<GroupOutcome> groups) {
    GroupMeasures measures = new GroupMeasures(groups, Optional.empty(), new Spreads(Map.of(), 1));
    if (measures.areDecided()) {
      measures.addReadings();
    }
    return measures.across();
  }

  /** What is told across all groups. */
  public List<Measure> across() {
    return List.copyOf(measures);
  }

  /** What is told of each group. */
  public Map<GroupOutcome, List<Measure>> single() {
    return Map.copyOf(single);
  }

  private boolean areDecided() {
    return groups.stream().anyMatch(group -> group.selection().denominator() > 0);
  }

  private void addAcross() {
    if (areDecided()) {
      for (Rate rate : Rate.values()) {
        addGap(rate);
      }
      addReadings();
      addOdds();
      addRatio();
      addBounds();
    } else {
      addGap(Rate.COVERAGE);
    }
    addEstimates("calibration_gap" + SUPPORTED, calibrations());
    addEstimates("mean_error_gap" + SUPPORTED, meanErrors());
    addEstimates("error_spread_log_ratio" + SUPPORTED, errorSpreads());
  }

  private List<GroupRate> rates(Rate rate) {
    return groups.stream()
        .map(
            group -> {
              Share share = rate.of(group);
              return new GroupRate(group.name(), share.numerator(), share.denominator());
            })
        .toList();
  }

  private SortedGroups sorted(Rate rate, Reading reading) {
    Map<String, Long> labels = new LinkedHashMap<>();
    groups.forEach(group -> labels.put(group.name(), group.counts().labelled()));
    return SortedGroups.of(rates(rate), reading, of -> labels.get(of.group()));
  }

  private SortedGroups supported(Rate rate) {
    return SortedGroups.of(rates(rate), Floor.RATE.least());
  }

  private Overdispersion phi(Rate rate) {
    return spreads.overdispersion(rate.varying);
  }

  private void addGap(Rate rate) {
    SortedGroups sorted = supported(rate);
    Outcome<MaxMinGap> gap = MaxMinGap.of(sorted, phi(rate));
    String metric = rate.metric + DIFFERENCE;
    add(
        metric + SUPPORTED,
        n(sorted),
        gap.map(MaxMinGap::gap),
        measure -> {
          MaxMinGap found = gap.orElseThrow();
          MeasureDraft.interval(measure).accept(found.interval());
          measure
              .expected(found.expected())
              .dof(sorted.supported().size() - 1)
              .overdispersion(phi(rate).phi(), degrees(phi(rate)));
          measure.note(between(found.range()) + " " + sentence(sorted));
        },
        sentence(sorted));
    add(metric + "_corrected", n(sorted), gap.map(MaxMinGap::corrected), of -> {}, "");
    add(metric + "_pvalue", n(sorted), gap.map(MaxMinGap::pChange), of -> {}, "");
    add(metric + "_detectable", n(sorted), gap.map(of -> of.detectable(0)), of -> {}, "");
  }

  private static Double degrees(Overdispersion phi) {
    return Double.isInfinite(phi.degrees()) ? null : phi.degrees();
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

  private void addReadings() {
    READINGS.forEach(
        (ending, reading) -> {
          Outcome<RateRange> selection = RateRange.of(sorted(Rate.SELECTION, reading));
          Outcome<RateRange> tpr = RateRange.of(sorted(Rate.TRUE_POSITIVE, reading));
          Outcome<RateRange> fpr = RateRange.of(sorted(Rate.FALSE_POSITIVE, reading));
          plain("demographic_parity_difference" + ending, selection.map(RateRange::difference));
          plain("demographic_parity_ratio" + ending, selection.flatMap(RateRange::ratio));
          plain("equal_opportunity_difference" + ending, tpr.map(RateRange::difference));
          plain("equalized_odds_difference" + ending, EqualizedOdds.difference(tpr, fpr));
          plain("equalized_odds_ratio" + ending, EqualizedOdds.ratio(tpr, fpr));
        });
  }

  private void plain(String metric, Outcome<Double> value) {
    add(metric, labelled(), value, measure -> {}, "");
  }

  private long labelled() {
    return groups.stream().mapToLong(group -> group.counts().labelled()).sum();
  }

  private void addOdds() {
    SortedGroups tpr = supported(Rate.TRUE_POSITIVE);
    SortedGroups fpr = supported(Rate.FALSE_POSITIVE);
    Outcome<EqualizedOdds> odds =
        EqualizedOdds.of(tpr, phi(Rate.TRUE_POSITIVE), fpr, phi(Rate.FALSE_POSITIVE));
    add(
        "equalized_odds_difference" + SUPPORTED,
        n(tpr) + n(fpr),
        odds.map(EqualizedOdds::gap),
        measure -> {
          EqualizedOdds found = odds.orElseThrow();
          MeasureDraft.interval(measure).accept(found.interval());
          measure.expected(
              found.gaps().stream().mapToDouble(MaxMinGap::expected).max().orElseThrow());
        },
        "");
    add(
        "equalized_odds_difference_pvalue",
        n(tpr) + n(fpr),
        odds.map(EqualizedOdds::pChange),
        of -> {},
        "");
  }

  private void addRatio() {
    SortedGroups sorted = supported(Rate.SELECTION);
    Outcome<MinMaxRatio> ratio = MinMaxRatio.of(sorted, phi(Rate.SELECTION));
    add(
        "demographic_parity_ratio" + SUPPORTED,
        n(sorted),
        ratio.map(MinMaxRatio::ratio),
        measure -> measure.note(between(ratio.orElseThrow().range())),
        sentence(sorted));
  }

  /** Between what gaps can still end up, whatever the missing labels turn out to be. */
  private void addBounds() {
    if (groups.stream().allMatch(g -> g.unlabelledSelected() + g.unlabelledOthers() == 0)) {
      return;
    }
    addBounds(Rate.TRUE_POSITIVE, GroupMeasures::ofClass);
    addBounds(Rate.FALSE_POSITIVE, GroupMeasures::ofClass);
    addBounds(
        Rate.PRECISION, (group, rate) -> RateBounds.ofShare(rate, group.unlabelledSelected()));
  }

  /** Of a group and a rate of it. */
  private interface Bounds {
    Outcome<RateBounds> of(GroupOutcome group, GroupRate rate);
  }

  private static Outcome<RateBounds> ofClass(GroupOutcome group, GroupRate rate) {
    return RateBounds.ofClass(rate, group.unlabelledSelected(), group.unlabelledOthers());
  }

  private void addBounds(Rate rate, Bounds of) {
    List<RateBounds> bounds = new ArrayList<>();
    List<GroupRate> supported = supported(rate).supported();
    for (GroupOutcome group : groups) {
      supported.stream()
          .filter(one -> one.group().equals(group.name()))
          .flatMap(one -> of.of(group, one).value().stream())
          .forEach(bounds::add);
    }
    Outcome<GapBounds> gap = GapBounds.of(bounds);
    String metric = rate.metric + DIFFERENCE;
    add(metric + "_least", labelled(), gap.map(GapBounds::low), measure -> {}, "");
    add(metric + "_most", labelled(), gap.map(GapBounds::high), measure -> {}, "");
  }

  private List<GroupEstimate> calibrations() {
    List<GroupEstimate> estimates = new ArrayList<>();
    for (GroupOutcome group : groups) {
      group
          .calibration()
          .filter(of -> Floor.CALIBRATION.objection(of.rows()).isEmpty())
          .filter(of -> Floor.CALIBRATION_CLASS.objection(of.rarer()).isEmpty())
          .ifPresent(of -> estimates.add(new GroupEstimate(group.name(), of.mean())));
    }
    return estimates;
  }

  private List<GroupEstimate> meanErrors() {
    return errors().stream()
        .flatMap(of -> of.meanError(spreads.overdispersion(Varying.BIAS)).value().stream())
        .toList();
  }

  private List<GroupEstimate> errorSpreads() {
    return errors().stream()
        .flatMap(of -> of.logSpread(spreads.overdispersion(Varying.BIAS)).value().stream())
        .toList();
  }

  private List<GroupErrors> errors() {
    List<GroupErrors> errors = new ArrayList<>();
    for (GroupOutcome group : groups) {
      group
          .errors()
          .filter(of -> Floor.MEAN.objection(of.rows()).isEmpty())
          .ifPresent(
              of ->
                  errors.add(
                      new GroupErrors(
                          group.name(),
                          of.rows(),
                          of.mean(),
                          of.deviation(),
                          OptionalDouble.empty())));
    }
    return errors;
  }

  private void addEstimates(String metric, List<GroupEstimate> estimates) {
    boolean any =
        groups.stream().anyMatch(group -> group.calibration().isPresent())
            ? metric.startsWith("calibration")
            : groups.stream().anyMatch(group -> group.errors().isPresent())
                && !metric.startsWith("calibration");
    if (!any) {
      return;
    }
    Outcome<EstimateGap> gap = EstimateGap.of(estimates);
    add(
        metric,
        labelled(),
        gap.map(EstimateGap::gap),
        measure -> {
          EstimateGap found = gap.orElseThrow();
          MeasureDraft.interval(measure).accept(found.interval());
          measure.expected(found.expected());
          measure.note(
              "Highest in '%s', lowest in '%s'."
                  .formatted(found.highest().group(), found.lowest().group()));
        },
        "");
  }

  /** Each group against the named one, or against all others together. */
  private void addSingle() {
    if (!areDecided()) {
      return;
    }
    for (Rate rate : Rate.values()) {
      SortedGroups sorted = supported(rate);
      addContrasts(rate.metric + "_vs_rest", rate, AgainstRest.of(sorted, phi(rate)));
      referenceGroup.ifPresent(
          name ->
              addContrasts(
                  rate.metric + "_vs_reference", rate, AgainstGroup.of(sorted, name, phi(rate))));
    }
  }

  private void addContrasts(String metric, Rate rate, Outcome<GroupContrasts> contrasts) {
    contrasts.value().ifPresent(found -> found.contrasts().forEach(of -> add(metric, rate, of)));
  }

  private void add(String metric, Rate rate, GroupContrast contrast) {
    for (GroupOutcome group : groups) {
      if (group.name().equals(contrast.group().group())) {
        MeasureDraft draft =
            new MeasureDraft(contrast.group().n(), ReferenceStatistics.none(), spreads);
        draft.add(
            metric,
            contrast.difference(),
            measure -> {
              MeasureDraft.interval(measure).accept(contrast.interval());
              measure
                  .fraction((double) contrast.group().events(), (double) contrast.group().n())
                  .referenceFraction(
                      (double) contrast.against().events(), (double) contrast.against().n())
                  .overdispersion(phi(rate).phi(), degrees(phi(rate)))
                  .note("Against '" + contrast.against().group() + "'.");
            });
        single.computeIfAbsent(group, of -> new ArrayList<>()).addAll(draft.measures());
      }
    }
  }

  private void add(
      String metric,
      long n,
      Outcome<Double> value,
      Consumer<Measure.Builder> details,
      String besides) {
    Measure before = ofReference.get(metric);
    Measure.Builder measure =
        value.fold(
            number -> {
              Measure.Builder found = Measure.of(metric, Comparison.NONE, number);
              details.accept(found);
              return found;
            },
            why ->
                Measure.undefined(
                    metric, Comparison.NONE, besides.isEmpty() ? why : why + " " + besides));
    measure.n(n).nLabelled(labelled());
    if (before != null) {
      measure.reference(before.value(), before.n());
    }
    measures.add(measure.build());
  }
}
