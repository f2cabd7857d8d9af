package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.Profile;
import java.util.List;

/** All measures of a column, whatever its kind. */
public final class ColumnMeasures {
  private ColumnMeasures() {}

  /** What the column holds. */
  public static List<Measure> statistics(Profile<?> profile, Spread spread) {
    return profile instanceof NumericProfile numeric
        ? NumericStatistics.of(numeric, spread)
        : CategoricalMeasures.statistics((CategoricalProfile) profile, spread);
  }

  /**
   * How far the window lies from the reference.
   *
   * @param comparison what kind of reference it is
   */
  public static List<Measure> drift(
      Profile<?> reference, Profile<?> window, Comparison comparison, Spread spread) {
    return window instanceof NumericProfile numeric
        ? NumericDrift.of((NumericProfile) reference, numeric, comparison, spread)
        : CategoricalMeasures.drift(
            (CategoricalProfile) reference, (CategoricalProfile) window, comparison, spread);
  }
}
