package io.leeway.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Normal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected numbers are by hand; with infinite degrees Student's t is the normal distribution. */
class EstimateContrastsTest {
  private static final GroupEstimate A = of("a", 5, 0.3, 100);
  private static final GroupEstimate B = of("b", 4, 0.4, 300);
  private static final GroupEstimate C = of("c", 2, 0.8, 100);

  private static GroupEstimate of(String group, double mean, double error, long rows) {
    return new GroupEstimate(group, new MeanInterval(mean, error, Double.POSITIVE_INFINITY), rows);
  }

  @Test
  void eachGroupStandsAgainstTheNamedOne() {
    List<EstimateContrast> found =
        EstimateContrasts.againstGroup(List.of(A, B, C), "b").orElseThrow();
    assertThat(found).extracting(of -> of.group().group()).containsExactly("a", "c");
    EstimateContrast a = found.get(0);
    assertThat(a.against()).isEqualTo("b");
    assertThat(a.difference()).isEqualTo(1);
    // Error √(.09 + .16) = .5; two contrasts, so z at 1 − .05/4, and both p-values doubled.
    double z = -Normal.quantile(0.0125);
    assertThat(a.interval().low()).isCloseTo(1 - 0.5 * z, within(1e-9));
    assertThat(a.interval().high()).isCloseTo(1 + 0.5 * z, within(1e-9));
    assertThat(a.pRise()).isCloseTo(2 * 0.022750131948179195, within(1e-12));
    assertThat(a.pFall()).isEqualTo(1);
  }

  @Test
  void theRestIsTheMeanOfTheOthersByRows() {
    EstimateContrast c = EstimateContrasts.againstRest(List.of(A, B, C)).orElseThrow().get(2);
    assertThat(c.against()).isEqualTo("(rest)");
    // (100 · 5 + 300 · 4)/400 = 4.25, variance (.25 · .3)² + (.75 · .4)² = .095625, with .64.
    assertThat(c.difference()).isCloseTo(2 - 4.25, within(1e-12));
    double half = -Normal.quantile(0.025 / 3) * Math.sqrt(0.095625 + 0.64);
    assertThat(c.interval().high()).isCloseTo(-2.25 + half, within(1e-9));
  }

  @Test
  void whereNobodyIsToCompareWithIsSaid() {
    assertThat(EstimateContrasts.againstGroup(List.of(A, B), "d").reason())
        .contains("The reference group 'd' has no estimate.");
    assertThat(EstimateContrasts.againstGroup(List.of(A), "a").reason())
        .contains("There is no group beside the reference group.");
    assertThat(EstimateContrasts.againstRest(List.of(A)).reason())
        .contains("A group needs others to compare with.");
    assertThatThrownBy(() -> of("e", 1, 1, 0)).hasMessageContaining("'e' needs rows");
  }
}
