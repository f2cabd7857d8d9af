package io.leeway.retrain.expect;

import io.leeway.config.AnomalyCode;
import java.util.Optional;

/**
 * A column with one value only. In few rows, or where nearly all values were equal before, that
 * happens by chance: with a share s of the reference's values in the same bin or category, n values
 * are all in there with probability s<sup>n</sup>. It must be below one in a million.
 */
final class Stuck {
  private static final double CHANCE = 1e-6;

  private Stuck() {}

  static Optional<Anomaly> of(String column, String value, double share, long values) {
    boolean byChance = share >= 1 || (share > 0 && values * Math.log(share) >= Math.log(CHANCE));
    if (byChance) {
      return Optional.empty();
    }
    return Optional.of(
        Anomaly.of(
            column,
            AnomalyCode.FEATURE_STUCK,
            "values that differ",
            "all are " + value,
            "Column '%s' is %s in all of %s; in the reference it varies. Look for a source that has stopped."
                .formatted(column, value, Shown.rows(values))));
  }
}
