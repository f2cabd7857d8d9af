package io.leeway.cli.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The expected values of a folder held against the published ones, one by one. */
final class Agreement {
  private final Map<String, MetricAgreement> metrics = new TreeMap<>();
  private final List<ValueKey> compared = new ArrayList<>();
  private final List<String> disagreements = new ArrayList<>();
  private final long unexpected;

  private Agreement(long unexpected) {
    this.unexpected = unexpected;
  }

  static Agreement of(
      Map<ValueKey, OptionalDouble> expected, Map<ValueKey, PublishedValue> published) {
    long unexpected = published.keySet().stream().filter(key -> !expected.containsKey(key)).count();
    Agreement agreement = new Agreement(unexpected);
    expected.forEach((key, value) -> agreement.add(key, value, published.get(key)));
    return agreement;
  }

  private void add(ValueKey key, OptionalDouble expected, PublishedValue published) {
    MetricAgreement metric = metrics.computeIfAbsent(key.metric(), MetricAgreement::new);
    if (published != null) {
      compared.add(key);
      Optional<String> wrong = metric.compare(expected, published);
      wrong.ifPresent(what -> disagreements.add(key + ": " + what));
    } else {
      metric.addMissing();
      disagreements.add(
          key
              + ": expected "
              + (expected.isPresent() ? expected.getAsDouble() : "no value")
              + ", but nothing was published");
    }
  }

  /** By name of the metric. */
  Collection<MetricAgreement> metrics() {
    return metrics.values();
  }

  /** What stands on both sides, in the order of the expected values. */
  List<ValueKey> compared() {
    return List.copyOf(compared);
  }

  /** Values that differ, or are missing, and how. */
  List<String> disagreements() {
    return List.copyOf(disagreements);
  }

  /** Published values that the format lists, but the file of expected values does not. */
  long unexpected() {
    return unexpected;
  }
}
