package io.leeway.store;

import java.time.Instant;
import java.util.Objects;

/**
 * A run whose rows count.
 *
 * @param sequence 1, 2, 3 … in the order of a model's commits, without gaps
 * @param generation rises where the configuration or a source table is another than in the last run
 *     of the same command
 * @param committedAt by the clock of the machine that committed; for eyes, nothing is decided by it
 */
public record CommittedRun(RunRecord run, long sequence, long generation, Instant committedAt) {
  public CommittedRun {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(committedAt, "committedAt");
    if (sequence < 1 || generation < 0) {
      throw new IllegalArgumentException(
          "Run " + run.runId() + " has sequence " + sequence + ", generation " + generation + ".");
    }
  }

  /** Whether it was planned on what another run of its model published, or is that run. */
  public boolean saw(CommittedRun other) {
    return sequence == other.sequence || run.plannedAfter() >= other.sequence;
  }
}
