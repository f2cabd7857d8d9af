package io.leeway.monitor;

import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Window;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.RunRecord;
import io.leeway.store.RunSources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model's committed runs, as planning sees them; the days are those of January 2026. */
final class LedgerOfDays {
  static final String TABLE = "the table";

  private final List<CommittedRun> runs = new ArrayList<>();

  static Window days(int first, int last) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(first - 1));
    return new Window(start, start.plus(Duration.ofDays(last - first + 1)));
  }

  /**
   * Commits a run.
   *
   * @param plannedAfter the number of the last run that it knew of; its own is the next free one
   * @param windows of one day and of longer roll-ups
   */
  CommittedRun commit(long plannedAfter, String configHash, long version, Window... windows) {
    List<PublishedPart> parts = new ArrayList<>();
    for (Window window : windows) {
      long days = Duration.between(window.start(), window.end()).toDays();
      Part part = new Part("v1", days == 1 ? "1 day" : days + " days", window, Part.Kind.INPUTS);
      parts.add(new PublishedPart(part, version, null, 10 * days, 99L * days));
    }
    long sequence = runs.size() + 1L;
    RunRecord run =
        new RunRecord(
            "m",
            "run-" + sequence,
            "attempt-" + sequence,
            "monitor",
            configHash,
            "0.1.0",
            new RunSources(TABLE, version, null, null),
            true,
            "bins",
            "baseline",
            Instant.EPOCH,
            plannedAfter,
            parts,
            "{}");
    runs.add(new CommittedRun(run, sequence, 0, Instant.EPOCH));
    return runs.get(runs.size() - 1);
  }

  /** A run that tells what its version of the predictions spans. */
  CommittedRun tell(String configHash, long version, Window data) {
    CommittedRun run = commit(runs.size(), configHash, version);
    RunRecord told = run.run();
    CommittedRun telling =
        new CommittedRun(
            new RunRecord(
                told.model(),
                told.runId(),
                told.attemptId(),
                told.command(),
                told.configHash(),
                told.codeVersion(),
                told.sources(),
                told.incremental(),
                told.binsId(),
                told.baselineId(),
                told.startedAt(),
                told.plannedAfter(),
                told.parts(),
                new RunSummary(0, 0, Optional.of(data), Optional.empty(), Optional.empty()).json()),
            run.sequence(),
            run.generation(),
            run.committedAt());
    runs.set(runs.size() - 1, telling);
    return telling;
  }

  /** All runs so far. */
  List<CommittedRun> runs() {
    return List.copyOf(runs);
  }

  PublishedParts published() {
    return PublishedParts.of(runs);
  }
}
