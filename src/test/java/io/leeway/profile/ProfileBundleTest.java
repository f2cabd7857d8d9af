package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.ColumnKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Profiles of several columns of the same rows, looked at together. */
class ProfileBundleTest {
  private static final Categories STATES = new Categories(List.of("a", "b"), 10);
  private static final NumericGrid LOSSES = NumericGrid.ofLosses();
  private static final BundleGrid GRID = grid();

  private static BundleGrid grid() {
    Map<String, Grid<?>> grids = new LinkedHashMap<>();
    grids.put("state", STATES);
    grids.put("loss", LOSSES);
    return new BundleGrid(grids);
  }

  private static ProfileBundle states(String... values) {
    CategoricalTally tally = STATES.tally(BinDetail.COARSE);
    for (String value : values) {
      tally.add(value, 1);
    }
    return GRID.rebuild("state", tally.profile().stored());
  }

  private static ProfileBundle losses(double... values) {
    NumericTally tally = LOSSES.tally(BinDetail.COARSE);
    for (double value : values) {
      tally.add(value, 0);
    }
    return GRID.rebuild("loss", tally.profile().stored());
  }

  @Test
  void membersComeTogetherOneByOneAndAddUp() {
    ProfileBundle first = states("a", "b").merge(losses(1, 2));
    ProfileBundle second = losses(3).merge(states("b"));
    ProfileBundle both = first.merge(second);
    assertThat(both.rows()).isEqualTo(3);
    assertThat(both.categorical("state").orElseThrow().byName()).containsEntry("b", 2L);
    assertThat(both.numeric("loss").orElseThrow().total()).isEqualTo(6);
    Tally<ProfileBundle> tally = GRID.tally(BinDetail.COARSE);
    tally.addAll(second);
    tally.addAll(first);
    assertThat(tally.profile().numeric("loss").orElseThrow())
        .isEqualTo(both.numeric("loss").orElseThrow());
  }

  @Test
  void onCommonGroundOnlyMembersOfBothSidesCount() {
    ProfileBundle whole = states("a").merge(losses(1));
    ProfileBundle half = states("b");
    ProfileBundle common = whole.mergeOnCommon(half).orElseThrow();
    assertThat(common.rows()).isEqualTo(2);
    assertThat(common.numeric("loss")).isEmpty();
    assertThat(losses(1).mergeOnCommon(half).isDefined()).isFalse();
  }

  private static ProfileBundle joint(double center) {
    NumericGrid bins =
        new NumericGrid(
            ColumnKind.NUMERIC, new double[] {0}, new double[0], new int[] {0, 0}, center, 9, 9, 1);
    JointGrid together =
        new JointGrid(
            JointGrid.Keeps.GROUPS,
            List.of(new JointGrid.Numeric("loss", LOSSES)),
            List.of(),
            Optional.of(new JointGrid.Numeric("error", bins)));
    BundleGrid grid = new BundleGrid(Map.of("state", STATES, "joint", together));
    return grid.rebuild("state", STATES.tally(BinDetail.COARSE).profile().stored())
        .merge(grid.rebuild("joint", together.tally().profile().stored()));
  }

  @Test
  void whatLooksAtSeveralColumnsCountsOnTheSameBinsOnly() {
    assertThat(joint(1).mergeOnCommon(joint(1)).orElseThrow().joint("joint")).isPresent();
    ProfileBundle common = joint(1).mergeOnCommon(joint(2)).orElseThrow();
    assertThat(common.joint("joint")).isEmpty();
    assertThat(common.categorical("state")).isPresent();
  }

  @Test
  void aMemberIsStoredByItselfAlone() {
    assertThatThrownBy(() -> states("a").stored())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> GRID.rebuild("other", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
  }
}
