package io.leeway.profile;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The grids of several columns of the same rows that are looked at together; each is scanned and
 * stored by itself.
 */
public final class BundleGrid implements Grid<ProfileBundle> {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, Grid<?>> members;

  /**
   * Of some columns.
   *
   * @param members by name, at least one; the first says how many rows there are
   */
  public BundleGrid(Map<String, ? extends Grid<?>> members) {
    this.members = new LinkedHashMap<>(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("A bundle has a member.");
    }
  }

  Map<String, Grid<?>> members() {
    return members;
  }

  /** The column that says how many rows there are. */
  String first() {
    return members.keySet().iterator().next();
  }

  /**
   * Not possible.
   *
   * @throws IllegalArgumentException always, since the form does not say which member it is of
   */
  @Override
  public ProfileBundle rebuild(StoredProfile stored) {
    throw new IllegalArgumentException("Of a bundle each member is stored by its own name.");
  }

  /** A bundle with this member alone; the others follow by {@link ProfileBundle#merge}. */
  @Override
  public ProfileBundle rebuild(String column, StoredProfile stored) {
    Grid<?> grid = members.get(column);
    if (grid == null) {
      throw new IllegalArgumentException("Column '" + column + "' is none of " + members.keySet());
    }
    return new ProfileBundle(this, Map.of(column, grid.rebuild(column, stored)));
  }

  @Override
  public Tally<ProfileBundle> tally(BinDetail detail) {
    return new BundleTally(this, detail);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof BundleGrid other && members.equals(other.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }
}
