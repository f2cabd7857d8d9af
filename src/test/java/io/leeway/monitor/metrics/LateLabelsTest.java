package io.leeway.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.Task;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** STATISTICS, B8: when labels that are there are as good as all. */
class LateLabelsTest {
  private static final Instant ON = Instant.parse("2026-03-14T00:00:00Z");

  private static LateLabels young(Double... known) {
    return new LateLabels(false, ON, List.of(known));
  }

  @Test
  void ageAloneIsEnough() {
    assertThat(new LateLabels(true, ON, List.of()).isMature(0.1)).isTrue();
  }

  @Test
  void nearlyAllLabelsAreEnoughIfNoClassComesSooner() {
    assertThat(young(0.97, 0.96).isMature(0.95)).isTrue();
    assertThat(young(0.97, 0.96).isMature(0.94)).isFalse();
    assertThat(young(0.99, 0.96).isMature(0.99)).isFalse();
  }

  @Test
  void whereDelaysAreNotKnownOnlyAgeCounts() {
    assertThat(young().isMature(1)).isFalse();
    assertThat(young().isAlike()).isFalse();
  }

  @Test
  void theSentenceNamesBothClassesAndTheDay() {
    OutcomeMembers members = new OutcomeMembers(Task.BINARY, List.of("1", "0"), 0);
    assertThat(young(0.6, 0.2).sentence(0.38, members))
        .isEqualTo(
            "38 % of labels are in; by this age the reference had the labels of 60 % of '1', 20 % of '0', so this is not to be judged before 2026-03-14T00:00:00Z.");
  }
}
