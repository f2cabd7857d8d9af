package io.leeway.cli.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the jobs published of the numbers of one file, held against that file.
 *
 * @param expected by number, in the file's order; empty where no such file lies beside the data
 * @param agreement empty likewise
 */
record FileResult(
    ValuesFormat format,
    Map<ValueKey, PublishedValue> published,
    Optional<Map<ValueKey, OptionalDouble>> expected,
    Optional<Agreement> agreement,
    ExactnessCheck exactness) {
  static FileResult of(
      FileMetrics metrics,
      FolderSchema schema,
      PredictionTable table,
      Map<ValueKey, PublishedValue> published,
      Optional<Map<ValueKey, OptionalDouble>> expected) {
    return new FileResult(
        metrics.format(),
        published,
        expected,
        expected.map(values -> Agreement.of(values, published)),
        ExactnessCheck.of(published, schema, metrics, table));
  }

  /** The numbers that the file lists, in its order. */
  Set<ValueKey> expectedKeys() {
    return expected.map(Map::keySet).orElse(Set.of());
  }

  /** Bounds that are larger than they should be. */
  List<OutcomeBound> largeBounds() {
    return OutcomeBound.above(published);
  }

  /** Whether nothing disagrees or is missing, and all is as exact as is promised. */
  boolean agrees() {
    return agreement.map(it -> it.disagreements().isEmpty()).orElse(true)
        && exactness.broken().isEmpty();
  }
}
