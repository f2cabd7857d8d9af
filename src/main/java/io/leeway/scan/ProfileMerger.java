package io.leeway.scan;

import io.leeway.profile.BinDetail;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.CategoricalTally;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.NumericTally;
import io.leeway.profile.Profile;
import io.leeway.profile.StoredProfile;
import java.util.List;

/** Rebuilds and adds up the states of one column, whatever its kind. */
public interface ProfileMerger<P extends Profile<P>> {
  P rebuild(StoredProfile stored);

  /** The state of all rows of all profiles; there is at least one. */
  P sum(List<P> profiles);

  /** Of one column; {@code detail} is what its bins keep, where they are numeric. */
  static ProfileMerger<?> of(MonitoredColumn column, BinDetail detail) {
    return column.numeric() != null ? new OfNumbers(column, detail) : new OfCategories(column);
  }

  /** Numeric and score columns. */
  record OfNumbers(MonitoredColumn column, BinDetail detail)
      implements ProfileMerger<NumericProfile> {
    @Override
    public NumericProfile rebuild(StoredProfile stored) {
      return NumericProfile.of(column.numeric(), stored);
    }

    @Override
    public NumericProfile sum(List<NumericProfile> profiles) {
      if (profiles.size() == 1) {
        return profiles.get(0);
      }
      NumericTally tally = new NumericTally(column.numeric(), detail);
      profiles.forEach(tally::addAll);
      return tally.profile();
    }
  }

  /** Categorical columns. */
  record OfCategories(MonitoredColumn column) implements ProfileMerger<CategoricalProfile> {
    @Override
    public CategoricalProfile rebuild(StoredProfile stored) {
      return CategoricalProfile.of(column.categorical(), stored);
    }

    @Override
    public CategoricalProfile sum(List<CategoricalProfile> profiles) {
      if (profiles.size() == 1) {
        return profiles.get(0);
      }
      CategoricalTally tally = new CategoricalTally(column.categorical());
      profiles.forEach(tally::addAll);
      return tally.profile();
    }
  }
}
