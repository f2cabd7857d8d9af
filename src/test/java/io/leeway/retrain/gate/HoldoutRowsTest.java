package io.leeway.retrain.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldoutRowsTest {
  private static final Scores TWO = Scores.binary(new double[] {0.1, 0.9}, new int[] {0, 1});

  private static HoldoutRows.Builder two() {
    return HoldoutRows.binary(new int[] {0, 1}).candidate(TWO);
  }

  private static void assertRefused(HoldoutRows.Builder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void everythingHasOneValueARow() {
    assertRefused(two().entities(new int[3]), "There are 2 labels, but 3 rows of the entities.");
    assertRefused(
        two().slice(Slice.of("state"), Groups.of(List.of("A"), new int[1])),
        "There are 2 labels, but 1 rows of slice [state].");
    assertRefused(
        two().attribute("gender", Groups.of(List.of("f"), new int[3])),
        "There are 2 labels, but 3 rows of attribute gender.");
    assertRefused(
        two().champion(Scores.binary(new double[1], new int[1])),
        "There are 2 labels, but 1 rows of the champion.");
    assertRefused(
        two().candidate(Scores.binary(new double[2], new int[1])),
        "The candidate has 1 decisions.");
    HoldoutRows numbers =
        HoldoutRows.regression(new double[1]).candidate(Scores.regression(new double[1])).build();
    assertRefused(
        two().scenario("storm", numbers), "Scenario storm is of task regression or other classes.");
  }

  @Test
  void labelsAndDecisionsAreClasses() {
    assertRefused(HoldoutRows.binary(new int[] {0, 2}).candidate(TWO), "A label is 2.0.");
    assertRefused(
        HoldoutRows.regression(new double[] {Double.NaN})
            .candidate(Scores.regression(new double[1])),
        "A label is NaN.");
    assertRefused(
        two().candidate(Scores.binary(new double[2], new int[] {0, -1})), "A decision is -1.");
    assertRefused(
        HoldoutRows.multiclass(3, new int[] {0, 2}).candidate(TWO),
        "The candidate has 1 scores a row.");
    assertRefused(two().favourable(2), "The favourable class is 2 of 2.");
    assertThatThrownBy(() -> Scores.multiclass(3, new double[4], new int[1]))
        .hasMessage("4 scores do not fill rows of 3.");
    assertThatThrownBy(() -> Groups.of(List.of("A"), new int[] {1}))
        .hasMessage("There are 1 groups, but a row is in group 1.");
    assertThatThrownBy(() -> Groups.of(List.of("A", "A"), new int[] {1}))
        .hasMessage("A group is there twice among [A, A].");
  }

  @Test
  void arraysAreCopied() {
    int[] labels = {0, 1};
    int[] codes = {0, -1};
    HoldoutRows rows =
        HoldoutRows.binary(labels)
            .candidate(TWO)
            .slice(Slice.of("state"), Groups.of(List.of("A"), codes))
            .build();
    labels[0] = 1;
    codes[1] = 0;
    assertThat(rows.labelClass(0)).isZero();
    assertThat(rows.slice(Slice.of("state")).orElseThrow().members()).isEqualTo(new int[][] {{0}});
  }
}
