package io.leeway.scan;

import io.leeway.profile.BinDetail;
import io.leeway.profile.Grid;
import io.leeway.profile.Profile;
import io.leeway.profile.StoredProfile;
import io.leeway.profile.Tally;
import java.util.List;

/**
 * Rebuilds and adds up the states of one column, whatever its kind.
 *
 * @param detail what bins keep, where the column has any
 */
public record ProfileMerger<P extends Profile<P>>(Grid<P> grid, BinDetail detail) {
  public P rebuild(StoredProfile stored) {
    return grid.rebuild(stored);
  }

  /** The same where the name of the column matters, as in a bundle of several. */
  public P rebuild(String column, StoredProfile stored) {
    return grid.rebuild(column, stored);
  }

  /** A sum of no rows yet. */
  public Sum<P> sum() {
    return new Sum<>(this);
  }

  /** The state of all rows of all profiles; there is at least one. */
  public P sum(List<P> profiles) {
    Sum<P> sum = sum();
    profiles.forEach(sum::add);
    return sum.total();
  }

  /** Adds up profiles; a single one is handed on as it is. */
  public static final class Sum<P extends Profile<P>> {
    private final ProfileMerger<P> merger;
    private P only;
    private Tally<P> tally;
    private P total;

    private Sum(ProfileMerger<P> merger) {
      this.merger = merger;
    }

    /** Adds the rows of one more profile. */
    public void add(P profile) {
      if (tally == null && only == null) {
        only = profile;
        return;
      }
      if (tally == null) {
        tally = merger.grid.tally(merger.detail);
        tally.addAll(only);
        only = null;
      }
      tally.addAll(profile);
    }

    /**
     * The state of all rows of all profiles, of which there is at least one; nothing may follow.
     */
    public P total() {
      if (total == null) {
        total = tally == null ? only : tally.profile();
      }
      return total;
    }
  }
}
