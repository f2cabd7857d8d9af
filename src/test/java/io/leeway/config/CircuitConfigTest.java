package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.CircuitConfig.Fallback;
import io.leeway.domain.UserException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CircuitConfigTest {
  private static CircuitConfig read(String hocon) {
    return ServingBlocks.read(hocon, CircuitConfig::read);
  }

  @Test
  void anEmptyBlockHasTheDefaults() {
    assertThat(read("")).isEqualTo(CircuitConfig.defaults());
    assertThat(read("").fallback().text()).isEqualTo("previous-champion");
    assertThat(read("fallback = previous-champion")).isEqualTo(CircuitConfig.defaults());
  }

  @Test
  void takesWhatIsTold() {
    assertThat(
            read(
                """
                failure-rate = 25%, null-scores = 0.1, latency-p95 = 300, score-psi = 0.25
                max-age = 90 days, min-calls = 50, open-for = 30 minutes, probe = 5%
                probe-windows = 3, valid-for = 12 hours
                fallback { sql = "case when income < 5 then 0.9 else 0.1 end", decision = "'0'" }
                """))
        .isEqualTo(
            new CircuitConfig(
                0.25,
                0.1,
                OptionalDouble.of(300),
                OptionalDouble.of(0.25),
                Optional.of(Duration.ofDays(90)),
                50,
                Duration.ofMinutes(30),
                500,
                3,
                Duration.ofHours(12),
                new Fallback(
                    Optional.of("case when income < 5 then 0.9 else 0.1 end"),
                    Optional.of("'0'"))));
    assertThat(read("fallback { constant = 0.1 }").fallback().text())
        .isEqualTo("CAST(0.1 AS DOUBLE)");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    failure-rate = 0, null-scores = 120%, latency-p95 = -1, score-psi = high
                    open-for = 0, probe = 100%, fallback { sql = "1", constant = 2 }, fall-back = x
                    """))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("failure-rate: '0' is not a share above 0")
        .hasMessageContaining("null-scores: '120%' is not a share above 0")
        .hasMessageContaining("latency-p95: '-1' is not above 0")
        .hasMessageContaining("score-psi: 'high' is not a number")
        .hasMessageContaining("open-for: '0' is no time at all")
        .hasMessageContaining("probe: '100%' is no share of the traffic")
        .hasMessageContaining("fallback: needs either sql or constant")
        .hasMessageContaining("fall-back: unknown key; did you mean 'fallback'");
    assertThatThrownBy(() -> read("fallback = previous"))
        .hasMessageContaining(
            "fallback: 'previous' is not known here; did you mean" + " 'previous-champion'");
  }
}
