package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void theLogitOfAShareHasTheErrorOfItsSlope() {
    // ln(0.8/0.2) = ln 4, whose slope there is 1/(0.8 * 0.2) = 6.25. By hand.
    Estimate logit = new Estimate(0.8, 0.04, 0.01).logit().orElseThrow();
    assertThat(logit.value()).isCloseTo(Math.log(4), within(1e-12));
    assertThat(logit.standardError()).isCloseTo(0.25, within(1e-12));
    assertThat(logit.errorBound()).isZero();
  }

  @Test
  void thereIsNoLogitAtTheEnds() {
    assertThat(Estimate.exact(0, 0).logit().reason()).contains("At 0 and 1 there is no logit.");
    assertThat(Estimate.exact(1, 0).logit().isDefined()).isFalse();
  }

  @Test
  void onlySharesHaveALogit() {
    assertThatThrownBy(() -> Estimate.exact(-0.1, 1).logit())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-0.1");
  }
}
