package io.leeway.profile;

import java.util.LinkedHashMap;
import java.util.Map;

/** Adds bundles up, member by member. Not safe for use by several threads. */
final class BundleTally implements Tally<ProfileBundle> {
  private final BundleGrid grid;
  private final BinDetail detail;
  private final Map<String, Member<?>> members = new LinkedHashMap<>();

  private record Member<P extends Profile<P>>(Tally<P> tally) {
    @SuppressWarnings("unchecked") // Members of one name are counted on one grid.
    void add(Profile<?> profile) {
      tally.addAll((P) profile);
    }
  }

  BundleTally(BundleGrid grid, BinDetail detail) {
    this.grid = grid;
    this.detail = detail;
  }

  @Override
  public void addAll(ProfileBundle bundle) {
    bundle
        .members()
        .forEach((name, profile) -> members.computeIfAbsent(name, this::begin).add(profile));
  }

  private Member<?> begin(String name) {
    return begin(grid.members().get(name));
  }

  private <P extends Profile<P>> Member<P> begin(Grid<P> of) {
    return new Member<>(of.tally(detail));
  }

  @Override
  public ProfileBundle profile() {
    Map<String, Profile<?>> sums = new LinkedHashMap<>();
    members.forEach((name, member) -> sums.put(name, member.tally().profile()));
    return new ProfileBundle(grid, sums);
  }
}
