package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.notice.Attempt;
import io.leeway.policy.notice.Delivery;
import io.leeway.policy.notice.Notice;
import io.leeway.policy.notice.Plan;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What it says; what it does is tested with judging, over tables. */
class NoticeJobTest {
  private static final Plan NOTHING = new Plan(List.of(), List.of(), List.of());

  private static Attempt attempt(String notice, Delivery.Outcome outcome, String reason) {
    return new Attempt(
        notice,
        "i-" + notice,
        Notice.Kind.OPENED,
        "slack",
        Instant.parse("2026-06-10T02:00:00Z"),
        new Delivery(outcome, OptionalInt.empty(), reason));
  }

  @Test
  void whatSeveralFailedForIsSaidOnceAndCounted() {
    List<Attempt> made =
        List.of(
            attempt("a", Delivery.Outcome.FAILED, "too old"),
            attempt("b", Delivery.Outcome.FAILED, "too old"),
            attempt("c", Delivery.Outcome.SKIPPED, "the incident was over"));
    assertThat(NoticeJob.words(made, NOTHING))
        .containsExactly("Channel slack: too old.", "Channel slack: failed 2.");
  }
}
