package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelBenchTest {
  @Test
  void soFewRowsThatADayMayLackUnlabelledOnesAreRefused() {
    CommandRun run = CommandRun.of("bench", "labels", "--rows=8999");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--rows is at least 9000");
  }
}
