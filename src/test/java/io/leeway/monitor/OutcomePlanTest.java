package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Window;
import io.leeway.store.CommittedRun;
import io.leeway.store.RunRecord;
import io.leeway.store.RunSources;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which windows are joined with their labels, read off the ledger alone. */
class OutcomePlanTest {
  private static final ModelConfig MODEL =
      ConfigLoader.load(
              """
              leeway {
                store.path = "results"
                models.m {
                  task = binary
                  predictions { table = db.p, id = id, time = at, score = p }
                  labels { table = db.l, label = y, mature-after = 5 days }
                  reference { from = 2025-01-01, until = 2025-06-01 }
                }
              }
              """,
              Path.of("/"))
          .model("m");

  private final List<CommittedRun> runs = new ArrayList<>();

  private static Window day(int day) {
    return LedgerOfDays.days(day, day);
  }

  private static Instant noonOf(int day) {
    return day(day).start().plusSeconds(43_200);
  }

  private void commit(Part.Kind kind, Long labels, Instant asOf, int... days) {
    List<PublishedPart> parts = new ArrayList<>();
    for (int day : days) {
      parts.add(new PublishedPart(new Part("v1", "1 day", day(day), kind), 1, labels, 10, 99L));
    }
    long sequence = runs.size() + 1L;
    RunRecord run =
        new RunRecord(
            "m",
            "run-" + sequence,
            "attempt-" + sequence,
            "monitor",
            MODEL.measureHash(),
            "0.1.0",
            new RunSources("p", 1L, labels == null ? null : "l", labels),
            true,
            "bins",
            "baseline",
            Instant.EPOCH,
            sequence - 1,
            parts,
            new RunSummary(days.length, 0, Optional.empty(), Optional.of(asOf), Optional.empty())
                .json());
    runs.add(new CommittedRun(run, sequence, 0, Instant.EPOCH));
  }

  private SortedMap<Window, Reason> due(Instant now, SortedMap<Window, Reason> touched) {
    return new OutcomePlan(MODEL, MonitorRequest.due(now), runs).reasons(touched);
  }

  @Test
  void whatWasScannedAndNeverJoinedIsDue() {
    commit(Part.Kind.INPUTS, null, noonOf(4), 1, 2, 3);
    commit(Part.Kind.OUTCOMES, 7L, noonOf(4), 1, 3);
    assertThat(due(noonOf(4), new TreeMap<>()))
        .containsExactlyEntriesOf(new TreeMap<>(java.util.Map.of(day(2), Reason.NEW_ROWS)));
  }

  @Test
  void whatWasScannedAgainIsJoinedAgain() {
    commit(Part.Kind.INPUTS, null, noonOf(4), 1, 2);
    commit(Part.Kind.OUTCOMES, 7L, noonOf(4), 1, 2);
    commit(Part.Kind.INPUTS, null, noonOf(4), 2);
    assertThat(due(noonOf(4), new TreeMap<>()))
        .containsExactlyEntriesOf(new TreeMap<>(java.util.Map.of(day(2), Reason.INPUTS)));
  }

  @Test
  void aWindowIsJoinedOnceMoreWhenItsLastLabelShouldHaveCome() {
    commit(Part.Kind.INPUTS, null, noonOf(4), 1, 2);
    commit(Part.Kind.OUTCOMES, 7L, noonOf(4), 1, 2);
    assertThat(due(noonOf(5), new TreeMap<>())).isEmpty();
    // Day 1 ends at the start of day 2, and is mature five days later.
    assertThat(due(noonOf(7), new TreeMap<>()))
        .containsExactlyEntriesOf(new TreeMap<>(java.util.Map.of(day(1), Reason.MATURED)));
    commit(Part.Kind.OUTCOMES, 7L, noonOf(7), 1);
    assertThat(due(noonOf(7), new TreeMap<>())).isEmpty();
  }

  @Test
  void labelsTouchPublishedWindowsAndAreFollowedByTheirTable() {
    commit(Part.Kind.INPUTS, null, noonOf(4), 1, 2);
    commit(Part.Kind.OUTCOMES, 7L, noonOf(4), 1, 2);
    OutcomePlan plan = new OutcomePlan(MODEL, MonitorRequest.due(noonOf(4)), runs);
    assertThat(plan.followed("l")).hasValue(7);
    assertThat(plan.followed("another")).isEmpty();
    assertThat(plan.settled()).containsExactly(day(1), day(2));
    assertThat(due(noonOf(4), new TreeMap<>(java.util.Map.of(day(1), Reason.LABELS))))
        .containsOnlyKeys(day(1));
  }

  @Test
  void askedWindowsAreDueAndNoOthers() {
    commit(Part.Kind.INPUTS, null, noonOf(4), 1, 2, 3);
    MonitorRequest asked =
        MonitorRequest.asked(Optional.of(day(2).start()), Optional.of(day(2).end()), noonOf(9));
    assertThat(new OutcomePlan(MODEL, asked, runs).reasons(new TreeMap<>()))
        .containsExactlyEntriesOf(new TreeMap<>(java.util.Map.of(day(2), Reason.ASKED)));
  }
}
