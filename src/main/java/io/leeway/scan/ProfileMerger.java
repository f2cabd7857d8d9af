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

  /** A sum of no rows yet. */
  Sum<P> sum();

  /** The state of all rows of all profiles; there is at least one. */
  default P sum(List<P> profiles) {
    Sum<P> sum = sum();
    profiles.forEach(sum::add);
    return sum.total();
  }

  /** Of one column; {@code detail} is what its bins keep, where they are numeric. */
  static ProfileMerger<?> of(MonitoredColumn column, BinDetail detail) {
    return column.numeric() != null ? new OfNumbers(column, detail) : new OfCategories(column);
  }

  /** Adds up profiles; a single one is handed on as it is. */
  abstract class Sum<P extends Profile<P>> {
    private P only;
    private P total;

    /** Adds the rows of one more profile. */
    public final void add(P profile) {
      if (isStarted()) {
        addToTally(profile);
      } else if (only == null) {
        only = profile;
      } else {
        start();
        addToTally(only);
        addToTally(profile);
        only = null;
      }
    }

    /**
     * The state of all rows of all profiles, of which there is at least one; nothing may follow.
     */
    public final P total() {
      if (total == null) {
        total = isStarted() ? tallied() : only;
      }
      return total;
    }

    abstract boolean isStarted();

    abstract void start();

    abstract void addToTally(P profile);

    abstract P tallied();
  }

  /** Numeric and score columns. */
  record OfNumbers(MonitoredColumn column, BinDetail detail)
      implements ProfileMerger<NumericProfile> {
    @Override
    public NumericProfile rebuild(StoredProfile stored) {
      return NumericProfile.of(column.numeric(), stored);
    }

    @Override
    public Sum<NumericProfile> sum() {
      return new Sum<>() {
        private NumericTally tally;

        @Override
        boolean isStarted() {
          return tally != null;
        }

        @Override
        void start() {
          tally = new NumericTally(column.numeric(), detail);
        }

        @Override
        void addToTally(NumericProfile profile) {
          tally.addAll(profile);
        }

        @Override
        NumericProfile tallied() {
          return tally.profile();
        }
      };
    }
  }

  /** Categorical columns. */
  record OfCategories(MonitoredColumn column) implements ProfileMerger<CategoricalProfile> {
    @Override
    public CategoricalProfile rebuild(StoredProfile stored) {
      return CategoricalProfile.of(column.categorical(), stored);
    }

    @Override
    public Sum<CategoricalProfile> sum() {
      return new Sum<>() {
        private CategoricalTally tally;

        @Override
        boolean isStarted() {
          return tally != null;
        }

        @Override
        void start() {
          tally = new CategoricalTally(column.categorical());
        }

        @Override
        void addToTally(CategoricalProfile profile) {
          tally.addAll(profile);
        }

        @Override
        CategoricalProfile tallied() {
          return tally.profile();
        }
      };
    }
  }
}
