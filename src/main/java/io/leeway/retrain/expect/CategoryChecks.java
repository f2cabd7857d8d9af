package io.leeway.retrain.expect;

import io.leeway.config.AnomalyCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What is checked of the values of a column of categories. */
final class CategoryChecks {
  private static final int NAMED = 3;

  private final ColumnExpectation expected;
  private final CategoryFacts facts;
  private final TableLimits limits;
  private final List<Anomaly> found = new ArrayList<>();

  private CategoryChecks(ColumnExpectation expected, CategoryFacts facts, TableLimits limits) {
    this.expected = expected;
    this.facts = facts;
    this.limits = limits;
  }

  static List<Anomaly> of(ColumnExpectation expected, CategoryFacts facts, TableLimits limits) {
    CategoryChecks checks = new CategoryChecks(expected, facts, limits);
    if (facts.values() > 0) {
      checks.unexpected();
      checks.stuck();
      checks.drift();
    }
    return checks.found;
  }

  private void unexpected() {
    List<Map.Entry<String, Long>> others =
        facts.counts().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .filter(entry -> !expected.categories().contains(entry.getKey()))
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    long rows = facts.rest() + others.stream().mapToLong(Map.Entry::getValue).sum();
    double share = (double) rows / facts.values();
    if (share <= expected.maxNewShare()) {
      return;
    }
    String named =
        others.stream()
            .limit(NAMED)
            .map(entry -> "'" + entry.getKey() + "'")
            .collect(Collectors.joining(", "));
    boolean more = others.size() > NAMED || facts.rest() > 0;
    found.add(
        Anomaly.of(
            expected.name(),
            AnomalyCode.ENUM_TYPE_UNEXPECTED_STRING_VALUES,
            "at most " + Shown.percent(expected.maxNewShare()) + " unexpected",
            Shown.percent(share) + ": " + named + (more ? " and others" : ""),
            "Column '%s' has unexpected values in %s of its values, at most %s may be: %s%s; look for a changed spelling or code."
                .formatted(
                    expected.name(),
                    Shown.percent(share),
                    Shown.percent(expected.maxNewShare()),
                    named,
                    more ? " and others" : "")));
  }

  private void stuck() {
    List<String> values =
        facts.counts().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(Map.Entry::getKey)
            .toList();
    if (facts.rest() == 0 && values.size() == 1 && expected.reference().varies()) {
      String value = values.get(0);
      double share =
          expected.reference().categories().getOrDefault(value, expected.reference().otherShare());
      Stuck.of(expected.name(), "'" + value + "'", share, facts.values()).ifPresent(found::add);
    }
  }

  /** Values that the reference does not tell by name are compared as one. */
  private void drift() {
    SortedMap<String, Double> reference = expected.reference().categories();
    if (reference.isEmpty()) {
      return;
    }
    double values = facts.values();
    double named = 0;
    List<Drift> changes = new ArrayList<>();
    for (Map.Entry<String, Double> entry : reference.entrySet()) {
      double is = facts.counts().getOrDefault(entry.getKey(), 0L) / values;
      named += is;
      changes.add(new Drift("'" + entry.getKey() + "'", entry.getValue(), is));
    }
    changes.add(
        new Drift("of other values", expected.reference().otherShare(), Math.max(0, 1 - named)));
    Drift widest = Drift.widest(changes);
    if (widest.change() > limits.maxFeatureDrift()) {
      found.add(widest.anomaly(expected.name()));
    }
  }
}
