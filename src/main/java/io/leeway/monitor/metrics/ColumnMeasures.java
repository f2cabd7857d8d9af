package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.JointGrid;
import io.leeway.profile.JointProfile;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All measures of a column, whatever its kind. */
public final class ColumnMeasures {
  private ColumnMeasures() {}

  /**
   * What the column holds.
   *
   * @param range of a numeric column in the reference, where it has one
   */
  public static List<Measure> statistics(
      Profile<?> profile, Spreads spreads, Optional<ValueRange> range) {
    return statistics(profile, ReferenceStatistics.none(), spreads, range);
  }

  /**
   * What the column holds, beside what its reference held.
   *
   * @param range of a numeric column in the reference, where it has one
   */
  public static List<Measure> statistics(
      Profile<?> profile,
      ReferenceStatistics reference,
      Spreads spreads,
      Optional<ValueRange> range) {
    if (profile instanceof NumericProfile numeric) {
      return NumericStatistics.of(numeric, reference, spreads, range);
    }
    return profile instanceof CategoricalProfile categories
        ? CategoricalMeasures.statistics(categories, reference, spreads)
        : List.of();
  }

  /**
   * How far the window lies from the reference, by the column that it is told of: {@code column}
   * itself, unless that looks at each feature in turn.
   *
   * @param comparison what kind of reference it is
   * @param sameVersion whether both sides are of one model version
   */
  public static Map<String, List<Measure>> drift(
      String column,
      Profile<?> reference,
      Profile<?> window,
      Comparison comparison,
      boolean sameVersion,
      Spreads spreads) {
    if (window instanceof JointProfile joint) {
      JointProfile before = (JointProfile) reference;
      return joint.grid().keeps() == JointGrid.Keeps.GROUPS
          ? ScoreByFeature.of(before, joint, comparison, spreads)
          : Map.of(column, JointMeasures.of(before, joint, comparison, sameVersion, spreads));
    }
    return Map.of(column, drift(reference, window, comparison, spreads));
  }

  /** The metric that says why a column is not compared; empty where nobody looks for one. */
  public static Optional<String> leading(Profile<?> window) {
    if (window instanceof JointProfile joint) {
      boolean moments = joint.grid().keeps() == JointGrid.Keeps.MOMENTS;
      return moments && joint.grid().inputs() > 1
          ? Optional.of(JointMeasures.DRIFT)
          : Optional.empty();
    }
    return Optional.of("psi");
  }

  /**
   * How far a single column's window lies from the reference.
   *
   * @param comparison what kind of reference it is
   */
  public static List<Measure> drift(
      Profile<?> reference, Profile<?> window, Comparison comparison, Spreads spreads) {
    return window instanceof NumericProfile numeric
        ? NumericDrift.of((NumericProfile) reference, numeric, comparison, spreads)
        : CategoricalMeasures.drift(
            (CategoricalProfile) reference, (CategoricalProfile) window, comparison, spreads);
  }
}
