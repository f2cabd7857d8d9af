package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.TestMetric.Kind;
import io.leeway.config.TrafficConfig.Guard;
import io.leeway.config.TrafficConfig.OnGuardrail;
import io.leeway.config.TrafficConfig.Success;
import io.leeway.domain.UserException;
import io.leeway.stats.experiment.Better;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficConfigTest {
  private static TrafficConfig read(String hocon) {
    return ServingBlocks.read(hocon, TrafficConfig::read);
  }

  @Test
  void anEmptyBlockHasTheDefaults() {
    TrafficConfig traffic = read("");

    assertThat(traffic).isEqualTo(TrafficConfig.defaults());
    assertThat(traffic.ramp()).containsExactly(100, 500, 1_000, 2_500, 5_000);
    assertThat(traffic.labelAge()).isEqualTo(Duration.ofDays(7));
    assertThat(traffic.required()).isTrue();
  }

  @Test
  void takesWhatIsTold() {
    TrafficConfig traffic =
        read(
            """
            ramp = ["10%", 0.25], step-days = 2, units-per-day = 500, least-days = 4
            least-span = 8, most-days = 30, label-age = 3 days, alpha = 0.01, required = false
            success = [{ metric = error_rate, weight = 2 },
                       { sql = "revenue - cost", name = profit, better = higher }]
            guardrails = [{ metric = squared_error, margin = 0.01 },
                          { metric = error_rate, attribute = gender, margin = 0.05 },
                          { metric = positive_decision_rate, better = higher, margin = 0.02 }]
            on-guardrail = hold
            """);

    assertThat(traffic)
        .isEqualTo(
            new TrafficConfig(
                List.of(1_000, 2_500),
                2,
                500,
                4,
                8,
                30,
                Duration.ofDays(3),
                0.01,
                false,
                List.of(
                    new Success(TestMetric.of(Kind.ERROR_RATE), Better.LOWER, 2),
                    new Success(TestMetric.sql("profit", "revenue - cost"), Better.HIGHER, 1)),
                List.of(
                    new Guard(
                        TestMetric.of(Kind.SQUARED_ERROR), Better.LOWER, Optional.empty(), 0.01),
                    new Guard(
                        TestMetric.of(Kind.ERROR_RATE), Better.LOWER, Optional.of("gender"), 0.05),
                    new Guard(
                        TestMetric.of(Kind.POSITIVE_DECISION_RATE),
                        Better.HIGHER,
                        Optional.empty(),
                        0.02)),
                OnGuardrail.HOLD));
    assertThat(traffic.shareAfter(1_000)).contains(2_500);
    assertThat(traffic.shareAfter(2_500)).isEmpty();
  }

  @Test
  void whatIsToBeShownFollowsTheTask() {
    assertThat(read("").successOf(Task.BINARY).get(0).metric().name()).isEqualTo("squared_error");
    assertThat(read("").successOf(Task.REGRESSION).get(0).metric().name())
        .isEqualTo("squared_error");
    assertThat(read("").successOf(Task.MULTICLASS).get(0).metric().name()).isEqualTo("error_rate");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    ramp = ["0%", "0.005%", "100%"]
                    most-days = 5
                    alpha = 0.5
                    success = [{ metric = squared_err }, { sql = "x" }, { metric = error_rate, sql = "x" },
                               { metric = positive_decision_rate }, { metric = log_loss, better = higher }]
                    guardrails = [{ metric = latency }, { metric = error_rate, margin = 0 },
                                  { metric = error_rate, attribute = a, better = lower, margin = 1 }]
                    on-guardrails = hold
                    """))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("ramp[0]: '0%' is not a share above 0")
        .hasMessageContaining("ramp[1]: '0.005%' is no share of the traffic")
        .hasMessageContaining("ramp[2]: '100%' is no share of the traffic")
        .hasMessageContaining("most-days: is less than least-days or least-span")
        .hasMessageContaining("alpha: '0.5' is not below 0.5")
        .hasMessageContaining(
            "success[0].metric: 'squared_err' is not known here; did you mean" + " 'squared_error'")
        .hasMessageContaining("success[1].name: is missing; name what the expression measures")
        .hasMessageContaining("success[2].sql: and metric are both there")
        .hasMessageContaining("success[3].better: is missing; write lower or higher")
        .hasMessageContaining("success[4].better: is always lower for log_loss")
        .hasMessageContaining("guardrails[0].margin: is missing")
        .hasMessageContaining("guardrails[1].margin: '0' is not a number above 0")
        .hasMessageContaining("guardrails[2].better: does not go with attribute")
        .hasMessageContaining("on-guardrails: unknown key; did you mean 'on-guardrail'");
  }

  @Test
  void aRampGoesUpAndNoMetricComesTwice() {
    assertThatThrownBy(() -> read("ramp = [5%, 5%]"))
        .hasMessageContaining("ramp: does not go up from step to step");
    assertThatThrownBy(() -> read("success = [{ metric = error_rate }, { metric = error_rate }]"))
        .hasMessageContaining("success[1]: metric 'error_rate' comes twice");
    assertThatThrownBy(
            () ->
                read(
                    "guardrails = [{ metric = latency, margin = 1 }, { metric = latency, margin = 2 }]"))
        .hasMessageContaining("guardrails[1]: 'latency guardrail' comes twice");
  }
}
