package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Comparison;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A metric that rules may name: the family it is judged in, how it is tested, by which changes it
 * may be limited, and on how little it is not judged. All of them are in the {@link Catalogue};
 * what is not cannot be judged by what is stored of it.
 *
 * @param name as in the catalogue
 * @param recipe how it is tested
 * @param changes by which changes rules may limit it
 * @param stands against what its stored rows stand
 * @param least rows below which it is not judged, where the row's status does not say so
 */
record JudgedMetric(
    String name, Family family, Recipe recipe, Changes changes, Stands stands, long least) {

  /** By which changes a metric may be limited. */
  enum Changes {
    /** By a share of the other value, or by a difference. */
    ANY,
    /** By a difference only: where nothing is wrong it is 0, or it may have either sign. */
    DIFFERENCE,
    /** By a rise, as a difference, from the baseline: a gap between groups. */
    RISE,
    /** By none: it tells of a change or a gap itself, or counts. */
    NONE
  }

  /** Against what stored rows of a metric stand. */
  enum Stands {
    /** Alone; what it is compared with has rows of its own. */
    ALONE,
    /** Against the baseline and against the window before, in rows of their own. */
    COMPARED,
    /** Against the baseline only. */
    AGAINST_BASELINE
  }

  /** The ending of what is expected of labels that have not come. */
  static final String ESTIMATED = "_estimated";

  /** What is told of the newest window only, or only where there is something to tell. */
  private static final Set<String> NOW_AND_THEN =
      Set.of("schema_change", "freshness_seconds", "labels_unmatched", "segments_folded");

  /**
   * What is stored without a factor by which it varies between the reference's windows: none is
   * estimated of it, or, of values outside of the reference's range, none can be.
   */
  private static final Set<String> WITHOUT_FACTOR =
      Set.of(
          "out_of_range_rate",
          "duplicate_rate",
          "label_coverage_decided",
          "top_2_accuracy",
          "top_3_accuracy",
          "top_4_accuracy",
          "top_5_accuracy",
          "macro_f1",
          "weighted_f1",
          "macro_recall",
          "r2",
          "error_std",
          "roc_auc_ovr",
          "ks_separation");

  private static final double HALF = 0.5;
  private static final Map<String, JudgedMetric> ALL = new HashMap<>(new Catalogue().metrics());

  /** Empty where no rule can be judged on a metric. */
  static Optional<JudgedMetric> of(String metric) {
    return Optional.ofNullable(ALL.get(metric));
  }

  /** All names, ascending. */
  static Set<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  /** The value from which relative changes are measured: an AUC of 0.5 is worth nothing. */
  double zero() {
    return name.startsWith("roc_auc") ? HALF : 0;
  }

  /** Whether a limit in a direction can be learned from how the reference's windows differ. */
  boolean learns(Direction direction) {
    return recipe.learns(direction)
        && !WITHOUT_FACTOR.contains(name)
        && (!direction.isChange() || (stands == Stands.ALONE && changes != Changes.NONE));
  }

  /** Whether it is what is expected of labels that have not come. */
  boolean isEstimate() {
    return name.endsWith(ESTIMATED);
  }

  /** Whether a window of which it is not stored need not lack anything. */
  boolean isNowAndThen() {
    return NOW_AND_THEN.contains(name);
  }

  /** The metric by whose reference's value it is compared. */
  String ofReference() {
    return isEstimate() ? name.substring(0, name.length() - ESTIMATED.length()) : name;
  }

  /** Every metric whose rows are looked at to judge it. */
  Set<String> looksAt() {
    Set<String> all = new TreeSet<>(recipe.looksBeside(name));
    all.add(name);
    all.add(ofReference());
    return all;
  }

  /** Of rows that stand against what a rule compares with, or alone. */
  Comparison storedAs(Against wanted) {
    return switch (stands) {
      case ALONE -> Comparison.NONE;
      case COMPARED -> wanted.stored();
      case AGAINST_BASELINE -> Comparison.BASELINE;
    };
  }
}
