package io.leeway.profile;

import io.leeway.stats.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Profiles of several columns of the same rows, by name. A bundle may lack members that are still
 * to come. Immutable.
 */
public final class ProfileBundle implements Profile<ProfileBundle> {
  private final BundleGrid grid;
  private final Map<String, Profile<?>> members;

  ProfileBundle(BundleGrid grid, Map<String, ? extends Profile<?>> members) {
    this.grid = grid;
    this.members = Map.copyOf(members);
  }

  Map<String, Profile<?>> members() {
    return members;
  }

  /** The profile of a column, if it is among them. */
  public Optional<Profile<?>> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** A numeric column, if it is among them. */
  public Optional<NumericProfile> numeric(String name) {
    return member(name).map(NumericProfile.class::cast);
  }

  /** Several columns together, if they are among them. */
  public Optional<JointProfile> joint(String name) {
    return member(name).map(JointProfile.class::cast);
  }

  /** A categorical column, if it is among them. */
  public Optional<CategoricalProfile> categorical(String name) {
    return member(name).map(CategoricalProfile.class::cast);
  }

  private Optional<Profile<?>> first() {
    return member(grid.first());
  }

  /** As the first member says; 0 while that is still to come. */
  @Override
  public long rows() {
    return first().map(Profile::rows).orElse(0L);
  }

  @Override
  public long n() {
    return first().map(Profile::n).orElse(0L);
  }

  @Override
  public long nulls() {
    return first().map(Profile::nulls).orElse(0L);
  }

  /** Adds up members that both have, and takes those that one has. */
  @Override
  public ProfileBundle merge(ProfileBundle other) {
    Map<String, Profile<?>> both = new HashMap<>(members);
    other.members.forEach((name, profile) -> both.merge(name, profile, ProfileBundle::sum));
    return new ProfileBundle(grid, both);
  }

  @SuppressWarnings("unchecked") // Members of one name are of one type.
  private static <P extends Profile<P>> Profile<?> sum(Profile<?> one, Profile<?> other) {
    return ((P) one).merge((P) other);
  }

  /**
   * Over the members that both have; undefined where one of these has nothing in common. What looks
   * at several columns together adds up on the same bins only, and is left out otherwise.
   */
  @Override
  public Outcome<ProfileBundle> mergeOnCommon(ProfileBundle other) {
    LinkedHashMap<String, Grid<?>> grids = new LinkedHashMap<>();
    Map<String, Profile<?>> both = new HashMap<>();
    for (Map.Entry<String, Grid<?>> of : grid.members().entrySet()) {
      Profile<?> one = members.get(of.getKey());
      Profile<?> another = other.members.get(of.getKey());
      if (one != null && another != null) {
        Outcome<Profile<?>> sum = sumOnCommon(one, another);
        if (!sum.isDefined() && one instanceof JointProfile) {
          continue;
        } else if (!sum.isDefined()) {
          return Outcome.undefined(sum.reason().orElseThrow());
        }
        grids.put(of.getKey(), of.getValue());
        both.put(of.getKey(), sum.orElseThrow());
      }
    }
    return both.isEmpty()
        ? Outcome.undefined("Nothing of the two sides was counted alike.")
        : Outcome.of(new ProfileBundle(new BundleGrid(grids), both));
  }

  @SuppressWarnings("unchecked") // Members of one name are of one type.
  private static <P extends Profile<P>> Outcome<Profile<?>> sumOnCommon(
      Profile<?> one, Profile<?> other) {
    return ((P) one).mergeOnCommon((P) other).map(sum -> sum);
  }

  /**
   * Not possible.
   *
   * @throws UnsupportedOperationException always, since each member is stored by itself
   */
  @Override
  public StoredProfile stored() {
    throw new UnsupportedOperationException("Of a bundle each member is stored by itself.");
  }
}
