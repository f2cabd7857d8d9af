package io.leeway.policy.verdict;

import static io.leeway.policy.verdict.StoredValues.day;
import static io.leeway.policy.verdict.StoredValues.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Window;
import io.leeway.policy.verdict.Verdict.Kind;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What changes are measured from, where that is a part of the history. */
class AgainstTest {
  private static final Rule RISES =
      Rule.of("null_rate", Direction.RISES_BY, 0.05, false, Severity.INVESTIGATE);

  private static Measure nulls(long x) {
    return rate("null_rate", x, 1_000, 10, 10_000).build();
  }

  private static List<Window> windows(String against, String granularity, Window window) {
    Preceding preceding = Preceding.of(granularity, ZoneOffset.UTC, List.of());
    return Against.parse(against).windows(granularity, window, preceding::before);
  }

  @Test
  void theLastWindowsTogetherAreOneRate() {
    StoredValues values = new StoredValues();
    long[] seen = {100, 120, 80, 110, 130, 90, 70};
    for (int of = 0; of < seen.length; of++) {
      values.add(of, nulls(seen[of]));
    }
    values.add(7, nulls(200));
    // 700 of 7 000 before; the test of 200 of 1 000 against them is that of the counts.
    RateTest counts =
        RateTest.againstReference(200, 1_000, 700, 7_000, 0.05, 1, Overdispersion.NONE)
            .orElseThrow();
    Finding found = values.finding(7, RISES.withAgainst(Against.parse("last 7")));
    assertThat(found.pBeyond()).isCloseTo(counts.pRise(), within(1e-12));
    assertThat(found.limit()).isCloseTo(0.15, within(1e-12));
    assertThat(values.finding(7, RISES.withAgainst(Against.parse("last 2"))).limit())
        .isCloseTo(0.13, within(1e-12));
  }

  /** Weekends miss more, always: seen from the same weekday nothing has risen. */
  @Test
  void weekdaysAreHeldAgainstTheirLike() {
    StoredValues values = new StoredValues();
    for (int of = 0; of < 36; of++) {
      values.add(of, nulls(of % 7 >= 5 ? 300 : 100));
    }
    Rule weekday =
        RISES.withAgainst(Against.parse("same-weekday")).withPersistence(new Persistence(1, 1));
    Rule last = RISES.withAgainst(Against.PREVIOUS).withPersistence(new Persistence(1, 1));
    int saturday = 33;
    assertThat(kind(values, saturday, weekday)).isNotEqualTo(Kind.BREACH);
    assertThat(kind(values, saturday, last)).isEqualTo(Kind.BREACH);
    assertThat(values.finding(saturday, weekday).limit()).isCloseTo(0.35, within(1e-12));
    assertThat(windows("same-weekday", "1 day", day(saturday)))
        .containsExactly(day(26), day(19), day(12), day(5));
    assertThat(Judgement.by(List.of(weekday)).looksBack("1 day")).isGreaterThanOrEqualTo(28);
  }

  private static Kind kind(StoredValues values, int day, Rule rule) {
    return Judgement.by(List.of(rule)).of(values.history(), day(day)).get(0).kind();
  }

  @Test
  void theSameMonthLastYearIsTwelveMonthsBefore() {
    Window month =
        new Window(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
    assertThat(windows("same-month-last-year", "1 month", month))
        .containsExactly(
            new Window(
                Instant.parse("2025-03-01T00:00:00Z"), Instant.parse("2025-04-01T00:00:00Z")));
    assertThat(windows("same-month-last-year", "1 day", day(3))).isEmpty();
    assertThat(windows("same-weekday", "7 days", day(3))).isEmpty();
  }

  /** Means weigh by their rows; the errors of independent windows add by squares. */
  @Test
  void meansTogetherAreTheMeanOverAllRows() {
    Measure few = Measure.of("log_loss", Comparison.NONE, 0.4).n(100).stdError(0.03).build();
    Measure many = Measure.of("log_loss", Comparison.NONE, 0.5).n(300).stdError(0.02).build();
    Measure together = Together.of("log_loss", List.of(few, many)).value().orElseThrow();
    assertThat(together.value()).isCloseTo(0.475, within(1e-12));
    assertThat(together.n()).isEqualTo(400);
    // sqrt((100 * .03)^2 + (300 * .02)^2) / 400
    assertThat(together.stdError()).isCloseTo(Math.sqrt(9 + 36) / 400, within(1e-12));
    assertThat(Together.of("log_loss", List.of()).value()).isEmpty();
  }
}
