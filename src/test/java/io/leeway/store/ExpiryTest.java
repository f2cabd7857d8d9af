package io.leeway.store;

import static io.leeway.store.Attempts.NOW;
import static io.leeway.store.Attempts.committed;
import static io.leeway.store.Attempts.inputs;
import static io.leeway.store.Attempts.published;
import static io.leeway.store.Attempts.run;
import static io.leeway.store.Attempts.sources;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.RetentionConfig;
import io.leeway.domain.Part;
import io.leeway.store.Maintained.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Day 0 ends on 2026-01-02, and {@code NOW} is 2026-03-01: the times below follow by hand. */
class ExpiryTest {
  private static final Duration LONG = Duration.ofDays(10_000);
  private static final Instant BEGAN = Instant.parse("2026-02-01T00:00:00Z");

  /** Keeps all but what is asked about. */
  private static RetentionConfig keeping(Duration superseded, Duration abandoned) {
    return new RetentionConfig(LONG, LONG, superseded, abandoned);
  }

  private static RowGroup group(String attempt, Part part, int columns) {
    return new RowGroup(
        attempt, attempt, Optional.ofNullable(part), columns, 1, Optional.of(BEGAN));
  }

  private static Optional<Why> why(
      RetentionConfig retention, Instant now, RowGroup group, CommittedRun... runs) {
    return new Expiry(List.of(runs), retention, Duration.ZERO, now).of(ResultTable.METRICS, group);
  }

  @Test
  void anAttemptThatHasNotCommittedGoesWhenItIsOldEnoughToTheMicrosecond() {
    RetentionConfig week = keeping(LONG, Duration.ofDays(7));
    Instant over = BEGAN.plus(Duration.ofDays(7));

    assertThat(why(week, over, group("a", inputs(0), 0))).contains(Why.ABANDONED);
    assertThat(why(week, over.minusNanos(1_000), group("a", inputs(0), 0))).isEmpty();
    assertThat(why(week, over, group("a", null, 0))).contains(Why.ABANDONED);
    assertThat(
            why(
                week,
                over,
                group("a", inputs(0), 0),
                committed(
                    1, 0, run("m", "r", "a", sources(1, null), published(inputs(0), 1, null)))))
        .isEmpty();
  }

  @Test
  void whatWasReplacedGoesSoLongAfterItWasReplaced() {
    CommittedRun first =
        committed(1, 0, run("m", "r1", "a", sources(1, null), published(inputs(0), 1, null)));
    CommittedRun second =
        committed(2, 0, run("m", "r2", "b", sources(2, null), published(inputs(0), 2, null)));
    RetentionConfig month = keeping(Duration.ofDays(30), LONG);
    Instant over = second.committedAt().plus(Duration.ofDays(30));

    assertThat(why(month, over, group("a", inputs(0), 0), first, second)).contains(Why.SUPERSEDED);
    assertThat(why(month, over.minusNanos(1_000), group("a", inputs(0), 0), first, second))
        .isEmpty();
    assertThat(why(month, over.plus(LONG.dividedBy(2)), group("b", inputs(0), 0), first, second))
        .isEmpty();
  }

  @Test
  void whatNeverShowedCountsFromItsOwnCommit() {
    CommittedRun newer =
        committed(1, 0, run("m", "r1", "a", sources(5, null), published(inputs(0), 5, null)));
    CommittedRun older =
        committed(2, 0, run("m", "r2", "b", sources(4, null), published(inputs(0), 4, null)));
    CommittedRun leftOut = committed(3, 0, run("m", "r3", "c", sources(4, null)));
    CommittedRun later =
        committed(4, 0, run("m", "r4", "d", sources(6, null), published(inputs(0), 6, null)));
    RetentionConfig month = keeping(Duration.ofDays(30), LONG);

    for (CommittedRun run : List.of(older, leftOut)) {
      RowGroup group = group(run.run().attemptId(), inputs(0), 0);
      Instant over = run.committedAt().plus(Duration.ofDays(30));
      assertThat(why(month, over, group, newer, older, leftOut, later)).contains(Why.SUPERSEDED);
      assertThat(why(month, over.minusNanos(1_000), group, newer, older, leftOut, later)).isEmpty();
    }
    // The first stopped showing when the fourth came, not when the second lost against it.
    Instant over = later.committedAt().plus(Duration.ofDays(30));
    assertThat(why(month, over.minusNanos(1_000), group("a", inputs(0), 0), newer, older, later))
        .isEmpty();
    assertThat(why(month, over, group("a", inputs(0), 0), newer, older, later))
        .contains(Why.SUPERSEDED);
  }

  @Test
  void theReferenceOfACommittedRunStays() {
    CommittedRun run = committed(1, 0, run("m", "r", "a", sources(1, null)));
    RetentionConfig day =
        new RetentionConfig(
            Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1));

    assertThat(why(day, NOW.plus(LONG), group("a", null, 2), run)).isEmpty();
  }

  @Test
  void slicesGoByTheirNumberOfColumnsAndTheEndOfTheirWindow() {
    CommittedRun run =
        committed(1, 0, run("m", "r", "a", sources(1, null), published(inputs(0), 1, null)));
    RetentionConfig retention =
        new RetentionConfig(Duration.ofDays(90), Duration.ofDays(730), LONG, LONG);
    Instant end = Instant.parse("2026-01-02T00:00:00Z");
    Instant crossesGo = end.plus(Duration.ofDays(90));
    Instant slicesGo = end.plus(Duration.ofDays(730));

    assertThat(why(retention, crossesGo.minusNanos(1_000), group("a", inputs(0), 2), run))
        .isEmpty();
    assertThat(why(retention, crossesGo, group("a", inputs(0), 2), run)).contains(Why.RETENTION);
    assertThat(why(retention, slicesGo.minusNanos(1_000), group("a", inputs(0), 1), run)).isEmpty();
    assertThat(why(retention, slicesGo, group("a", inputs(0), 1), run)).contains(Why.RETENTION);
    assertThat(why(retention, slicesGo.plus(LONG.dividedBy(2)), group("a", inputs(0), 0), run))
        .isEmpty();
  }

  @Test
  void profilesStayAsLongAsRollUpsMayNeedThem() {
    CommittedRun run =
        committed(1, 0, run("m", "r", "a", sources(1, null), published(inputs(0), 1, null)));
    RetentionConfig retention = RetentionConfig.defaults();
    Instant end = Instant.parse("2026-01-02T00:00:00Z");
    RowGroup crosses = group("a", inputs(0), 2);
    Duration needed = Duration.ofDays(97);
    Expiry before = new Expiry(List.of(run), retention, needed, end.plus(needed).minusNanos(1_000));
    Expiry after = new Expiry(List.of(run), retention, needed, end.plus(needed));

    assertThat(before.of(ResultTable.METRICS, crosses)).contains(Why.RETENTION);
    assertThat(before.of(ResultTable.PROFILES, crosses)).isEmpty();
    assertThat(after.of(ResultTable.PROFILES, crosses)).contains(Why.RETENTION);
    assertThat(after.profiles())
        .isEqualTo(new RemovedSlices(end, end.plus(needed).minus(Duration.ofDays(730))));
  }
}
