package io.leeway.monitor.metrics;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.Measure;
import io.leeway.profile.BinDetail;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.CategoricalTally;
import io.leeway.profile.Categories;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.NumericTally;
import io.leeway.profile.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Profiles of a few rows, and measures by name, for the tests of this package. */
final class Counted {
  static final Spreads INDEPENDENT = new Spreads(Map.of(), 1);

  private static final NumericGrid GRID = NumericGrid.withoutReference(ColumnKind.NUMERIC, 10_000);

  private Counted() {}

  static NumericProfile numbers(long nulls, double... values) {
    NumericTally tally = new NumericTally(GRID, BinDetail.FINE);
    for (long i = 0; i < nulls; i++) {
      tally.addNull();
    }
    for (double value : values) {
      tally.add(value, 0);
    }
    return tally.profile();
  }

  static CategoricalProfile texts(Map<String, Long> rows, long nulls) {
    CategoricalTally tally = new CategoricalTally(new Categories(List.of("a", "b"), 100));
    rows.forEach(tally::add);
    tally.add(null, nulls);
    return tally.profile();
  }

  static <P extends Profile<P>> Described<P> described(
      Profile<?> profile, Spreads spreads, ColumnFacts facts) {
    @SuppressWarnings("unchecked")
    P some = (P) profile;
    return new Described<>(some, ColumnMeasures.statistics(profile, spreads, facts));
  }

  /** Of a feature over a day. */
  static ColumnFacts feature(Optional<ValueRange> range) {
    return new ColumnFacts(ColumnRole.FEATURE, range, Duration.ofDays(1));
  }

  /** What a column of a role has beside its values, over a day. */
  static List<Measure> measures(Profile<?> profile, ColumnRole role) {
    return ColumnMeasures.statistics(
        profile, INDEPENDENT, new ColumnFacts(role, Optional.empty(), Duration.ofDays(1)));
  }

  /** 0, 1, 2 … below {@code rows}. */
  static double[] firstIntegers(int rows) {
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = i;
    }
    return values;
  }

  static Measure named(String metric, List<Measure> measures) {
    return measures.stream()
        .filter(measure -> measure.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }
}
