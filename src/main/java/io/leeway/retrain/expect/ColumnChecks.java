package io.leeway.retrain.expect;

import io.leeway.config.AnomalyCode;
import java.util.ArrayList;
import java.util.List;

/** What is checked of one column that is there. Values of another type are not compared. */
final class ColumnChecks {
  private final ColumnExpectation expected;
  private final ColumnFacts facts;
  private final TableLimits limits;
  private final List<Anomaly> found = new ArrayList<>();

  private ColumnChecks(ColumnExpectation expected, ColumnFacts facts, TableLimits limits) {
    this.expected = expected;
    this.facts = facts;
    this.limits = limits;
  }

  static List<Anomaly> of(ColumnExpectation expected, ColumnFacts facts, TableLimits limits) {
    ColumnChecks checks = new ColumnChecks(expected, facts, limits);
    checks.type();
    checks.present();
    facts.numbers().ifPresent(checks::numbers);
    facts
        .categories()
        .ifPresent(
            categories -> checks.found.addAll(CategoryChecks.of(expected, categories, limits)));
    checks.leakage();
    return checks.found;
  }

  private void add(AnomalyCode code, String wanted, String observed, String predicate) {
    found.add(
        Anomaly.of(
            expected.name(),
            code,
            wanted,
            observed,
            "Column '" + expected.name() + "' " + predicate));
  }

  private void type() {
    if (!TypeFamily.same(expected.type(), facts.type())) {
      add(
          AnomalyCode.FEATURE_TYPE_CHANGED,
          expected.type(),
          facts.type(),
          "is of type %s, expected %s; undo the change at the source, or make a new baseline."
              .formatted(facts.type(), expected.type()));
    }
  }

  private void present() {
    if (facts.nullRate() > expected.maxNullRate()) {
      String most = Shown.percent(expected.maxNullRate());
      String is = Shown.percent(facts.nullRate());
      add(
          AnomalyCode.FEATURE_TYPE_LOW_FRACTION_PRESENT,
          "at most " + most + " missing",
          is + " missing",
          "lacks a value in %s of the rows, at most %s may; in the reference %s do."
              .formatted(is, most, Shown.percent(expected.reference().nullRate())));
    }
  }

  private void numbers(NumberFacts numbers) {
    if (numbers.nan() > 0) {
      add(
          AnomalyCode.FLOAT_TYPE_HAS_NAN,
          "no NaN",
          Shown.rows(numbers.nan()),
          "is NaN in %s; write a missing value as NULL.".formatted(Shown.rows(numbers.nan())));
    }
    if (numbers.infinite() > 0) {
      add(
          AnomalyCode.FLOAT_TYPE_HAS_INF,
          "no infinite value",
          Shown.rows(numbers.infinite()),
          "is infinite in %s; look for a division by zero."
              .formatted(Shown.rows(numbers.infinite())));
    }
    numbers
        .min()
        .filter(least -> expected.min().isPresent() && least < expected.min().get())
        .ifPresent(least -> bound(AnomalyCode.FLOAT_TYPE_SMALL_FLOAT, least, expected.min().get()));
    numbers
        .max()
        .filter(most -> expected.max().isPresent() && most > expected.max().get())
        .ifPresent(most -> bound(AnomalyCode.FLOAT_TYPE_BIG_FLOAT, most, expected.max().get()));
    stuck(numbers);
    drift(numbers);
  }

  private void bound(AnomalyCode code, double value, double bound) {
    boolean up = code == AnomalyCode.FLOAT_TYPE_BIG_FLOAT;
    add(
        code,
        (up ? "at most " : "at least ") + Shown.number(bound),
        Shown.number(value),
        "goes %s to %s, and %s is the limit; look for a stand-in for missing values, or a changed unit."
            .formatted(up ? "up" : "down", Shown.number(value), Shown.number(bound)));
  }

  private void stuck(NumberFacts numbers) {
    long other = numbers.nan() + numbers.infinite();
    if (numbers.min().isPresent()
        && numbers.min().equals(numbers.max())
        && other == 0
        && expected.reference().varies()) {
      double value = numbers.min().get();
      double share = expected.reference().bins().map(bins -> bins.share(value)).orElse(0.0);
      Stuck.of(expected.name(), Shown.number(value), share, facts.rows() - facts.nulls())
          .ifPresent(found::add);
    }
  }

  private void drift(NumberFacts numbers) {
    long values = numbers.binned();
    if (values == 0 || expected.reference().bins().isEmpty()) {
      return;
    }
    BinShares bins = expected.reference().bins().get();
    if (numbers.binCounts().size() != bins.shares().size()) {
      throw new IllegalArgumentException(
          "Column %s is counted in %d bins, but the reference has %d."
              .formatted(expected.name(), numbers.binCounts().size(), bins.shares().size()));
    }
    List<Drift> changes = new ArrayList<>();
    for (int bin = 0; bin < bins.shares().size(); bin++) {
      changes.add(
          new Drift(
              "of values " + Drift.between(bins.edges(), bin),
              bins.shares().get(bin),
              (double) numbers.binCounts().get(bin) / values));
    }
    Drift widest = Drift.widest(changes);
    if (widest.change() > limits.maxFeatureDrift()) {
      found.add(widest.anomaly(expected.name()));
    }
  }

  private void leakage() {
    facts
        .leakage()
        .value()
        .filter(strength -> strength > limits.leakage())
        .ifPresent(
            strength ->
                add(
                    AnomalyCode.TARGET_LEAKAGE_SUSPECT,
                    "at most " + Shown.number(limits.leakage()),
                    Shown.number(strength),
                    "alone tells the label with %s, above %s; see whether it is known before the label is, and if so, ignore this."
                        .formatted(Shown.number(strength), Shown.number(limits.leakage()))));
  }
}
