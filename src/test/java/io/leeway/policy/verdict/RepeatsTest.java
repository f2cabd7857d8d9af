package io.leeway.policy.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private static Rule falls(String metric, Severity severity) {
    return Rule.of(metric, Direction.FALLS_BY, 0.05, true, severity);
  }

  @Test
  void twoOfThreeTakesTwiceTheSmallerOfTheEarlier() {
    assertThat(Repeats.combined(.001, new double[] {.4, .01}, Repeats.TWICE)).isEqualTo(.02);
    assertThat(Repeats.combined(.03, new double[] {.4, .01}, Repeats.TWICE)).isEqualTo(.03);
    assertThat(Repeats.combined(.001, new double[] {1, 1}, Repeats.TWICE)).isEqualTo(1);
  }

  @Test
  void threeOfFourTakesTwiceTheSecond() {
    // M - N + 1 = 2, and the (N - 1)-th = second smallest of the three earlier ones.
    Persistence threeOfFour = new Persistence(3, 4);
    assertThat(Repeats.combined(.001, new double[] {.3, .002, .02}, threeOfFour)).isEqualTo(.04);
    assertThat(Repeats.combined(.001, new double[] {.3}, new Persistence(2, 2))).isEqualTo(.3);
  }

  @Test
  void onceTakesTheLatestAlone() {
    assertThat(Repeats.combined(.2, new double[0], Repeats.ONCE)).isEqualTo(.2);
    assertThat(Repeats.combined(.2, new double[] {0, 0}, new Persistence(1, 3))).isEqualTo(.2);
    assertThatThrownBy(() -> Repeats.combined(.2, new double[] {0}, Repeats.TWICE))
        .hasMessageContaining("For 2 of 3 there are 1 earlier windows");
  }

  /** Whether windows are independent or one and the same, the level is kept. */
  @Test
  void theLevelIsKeptUnderAnyDependence() {
    SplittableRandom random = new SplittableRandom(7);
    int independent = 0;
    int shared = 0;
    int rounds = 20_000;
    for (int round = 0; round < rounds; round++) {
      double p = random.nextDouble();
      double[] others = {random.nextDouble(), random.nextDouble()};
      independent += Repeats.combined(p, others, Repeats.TWICE) <= 0.05 ? 1 : 0;
      shared += Repeats.combined(p, new double[] {p, p}, Repeats.TWICE) <= 0.05 ? 1 : 0;
    }
    // Four standard errors of 0.05 over 20 000 rounds are 0.006.
    assertThat((double) independent / rounds).isLessThan(0.056);
    assertThat((double) shared / rounds).isLessThan(0.056);
  }

  @Test
  void emergenciesThatShowTheLimitNeedOneWindow() {
    assertThat(Repeats.of(falls("accuracy", Severity.EMERGENCY), "1 day")).isEqualTo(Repeats.ONCE);
    assertThat(
            Repeats.of(
                falls("accuracy", Severity.EMERGENCY).withEvidence(Evidence.CHANGE), "1 day"))
        .isEqualTo(Repeats.TWICE);
  }

  @Test
  void labelsOfAWeekNeedOneWindow() {
    Rule rule = falls("accuracy", Severity.INVESTIGATE);
    assertThat(Repeats.of(rule, "1 day")).isEqualTo(Repeats.TWICE);
    assertThat(Repeats.of(rule, "7 days")).isEqualTo(Repeats.ONCE);
    assertThat(Repeats.of(rule, "1 month")).isEqualTo(Repeats.ONCE);
    assertThat(Repeats.of(falls("null_rate", Severity.INVESTIGATE), "7 days"))
        .isEqualTo(Repeats.TWICE);
  }

  @Test
  void moneyAlwaysRepeats() {
    assertThat(Repeats.of(falls("business_mean", Severity.EMERGENCY), "1 month"))
        .isEqualTo(Repeats.TWICE);
  }

  @Test
  void anAssumptionIsNeverEnoughInOneWindow() {
    assertThat(Repeats.atLeastTwice(Repeats.ONCE)).isEqualTo(Repeats.TWICE);
    assertThat(Repeats.atLeastTwice(new Persistence(1, 5))).isEqualTo(new Persistence(2, 5));
    assertThat(Repeats.atLeastTwice(new Persistence(4, 5))).isEqualTo(new Persistence(4, 5));
  }

  @Test
  void theLevelOfOneWindowIsSharedOutOverAMonth() {
    Window day = StoredValues.day(0);
    assertThat(Repeats.singleWindowLevel(0.05, day)).isCloseTo(0.05 / 30, within(1e-12));
    Window quarter = new Window(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(90)));
    assertThat(Repeats.singleWindowLevel(0.05, quarter)).isEqualTo(0.05);
  }
}
