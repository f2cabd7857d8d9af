package io.leeway.stats.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTest {
  // By hand: ascending 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1 is 0.02, 0.03, 0.06, 0.04, and the
  // last may not be below the one before.
  @Test
  void takesOneTestLessEachTimeAndNeverFalls() {
    assertThat(Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
  }

  @Test
  void endsAtOne() {
    assertThat(Holm.adjusted(new double[] {0.6, 0.4, 1})).containsExactly(1, 1, 1);
    assertThat(Holm.adjusted(new double[] {0.3})).containsExactly(0.3);
    assertThat(Holm.adjusted(new double[0])).isEmpty();
  }

  @Test
  void refusesWhatIsNoPValue() {
    assertThatThrownBy(() -> Holm.adjusted(new double[] {0.5, Double.NaN}))
        .hasMessage("A p-value lies in [0, 1], but is NaN.");
  }
}
