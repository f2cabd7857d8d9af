package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionConfigTest {
  private static StoreConfig store(String retention) {
    String hocon = FiveLines.with("").replace("store.path", retention + "\nstore.path");
    return ConfigLoader.load(hocon, FiveLines.FOLDER).store();
  }

  @Test
  void keepsCrossesForAQuarterSlicesForTwoYearsAndTheReplacedForOneUnlessTold() {
    assertThat(store("").retention())
        .isEqualTo(
            new RetentionConfig(
                Duration.ofDays(90),
                Duration.ofDays(730),
                Duration.ofDays(365),
                Duration.ofDays(7)));
  }

  @Test
  void takesWhatIsTold() {
    assertThat(
            store("store.retention { crosses = 4 weeks, slices = 28 days, abandoned = 36 hours }")
                .retention())
        .isEqualTo(
            new RetentionConfig(
                Duration.ofDays(28),
                Duration.ofDays(28),
                Duration.ofDays(365),
                Duration.ofHours(36)));
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                store("store.retention { crosses = 23 hours, superseded = long, overall = 1 day }"))
        .hasMessage(
            """
            configuration:2: leeway.store.retention.crosses: '23 hours' is less than a day; write at least '1 day'
            configuration:2: leeway.store.retention.superseded: 'long' is not a length of time; write a count and one of seconds, minutes, hours, days, weeks, for example '30 days'
            configuration:2: leeway.store.retention.overall: unknown key; did you mean 'crosses'? Known here: crosses, slices, superseded, abandoned""");
  }

  @Test
  void slicesOfOneColumnAreKeptNoShorterThanCrosses() {
    assertThatThrownBy(() -> store("store.retention { crosses = 91 days, slices = 90 days }"))
        .hasMessage(
            "configuration:2: leeway.store.retention.slices: is shorter than crosses, 90 days against 91 days; keep slices of one column at least as long as crosses");
  }
}
