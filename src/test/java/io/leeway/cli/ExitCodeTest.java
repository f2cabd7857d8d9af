package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  /** The order of the design: 4, 1, 2, 3, 0. */
  @Test
  void theFirstPresentCounts() {
    assertThat(ExitCode.of(List.of())).isZero();
    assertThat(ExitCode.of(List.of(0, 0))).isZero();
    assertThat(ExitCode.of(List.of(0, 3))).isEqualTo(3);
    assertThat(ExitCode.of(List.of(3, 2, 0))).isEqualTo(2);
    assertThat(ExitCode.of(List.of(2, 1, 3))).isEqualTo(1);
    assertThat(ExitCode.of(List.of(1, 2, 4, 0))).isEqualTo(4);
  }
}
