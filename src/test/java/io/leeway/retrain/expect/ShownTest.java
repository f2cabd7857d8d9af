package io.leeway.retrain.expect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void numbersHaveFourDigits() {
    assertThat(Shown.number(0)).isEqualTo("0");
    assertThat(Shown.number(-12.34567)).isEqualTo("-12.35");
    assertThat(Shown.number(1e6)).isEqualTo("1000000");
    assertThat(Shown.number(1.23456e300)).isEqualTo("1.235E+300");
    assertThat(Shown.number(1.23456e-300)).isEqualTo("1.235E-300");
  }

  @Test
  void sharesArePercent() {
    assertThat(Shown.percent(0.125)).isEqualTo("12.5 %");
    assertThat(Shown.percent(1)).isEqualTo("100 %");
    assertThat(Shown.percent(0.00012345)).isEqualTo("0.01234 %");
  }
}
