package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.Profile;
import java.util.List;
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
    return profile instanceof NumericProfile numeric
        ? NumericStatistics.of(numeric, reference, spreads, range)
        : CategoricalMeasures.statistics((CategoricalProfile) profile, reference, spreads);
  }

  /**
   * How far the window lies from the reference.
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
