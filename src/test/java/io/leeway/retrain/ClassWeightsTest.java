package io.leeway.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  @Test
  void everyClassWeighsTheSameInAll() {
    // By hand: 100 rows, 2 classes: 100 / (2 * 80) and 100 / (2 * 20).
    assertThat(ClassWeights.of(Map.of(0.0, 80L, 1.0, 20L))).isEqualTo(Map.of(0.0, 0.625, 1.0, 2.5));
  }

  @Test
  void noRowWeighsMoreThanTwenty() {
    // 1000 / (2 * 1) would be 500.
    assertThat(ClassWeights.of(Map.of(0.0, 999L, 1.0, 1L)).get(1.0)).isEqualTo(20.0);
  }
}
