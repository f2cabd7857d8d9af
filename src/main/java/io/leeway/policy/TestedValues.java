package io.leeway.policy;

import io.leeway.domain.Window;
import io.leeway.policy.verdict.Verdict;
import java.util.HashMap;
import java.util.Map;

/**
 * Values that were tested before, by whichever rule, and whether all their labels had come by then.
 */
final class TestedValues {
  /** A value; its key is {@link VerdictRows#key}. */
  private record Value(String granularity, Window window, String key) {}

  /** Whether labels were still to come whenever it was tested. */
  private final Map<Value, Boolean> provisional = new HashMap<>();

  /** Remembers a test. */
  void add(String granularity, Window window, String key, boolean isProvisional) {
    provisional.merge(new Value(granularity, window, key), isProvisional, Boolean::logicalAnd);
  }

  /**
   * Whether a verdict is the first on its value, or the first of which all labels are in: what was
   * said of the labels that came first does not count against it.
   */
  boolean isFirst(Verdict verdict) {
    Boolean before =
        provisional.get(
            new Value(
                verdict.subject().granularity(),
                verdict.subject().window(),
                VerdictRows.key(verdict)));
    return before == null || (before && !verdict.isProvisional());
  }
}
