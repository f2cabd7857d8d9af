package io.leeway.monitor;

import io.leeway.domain.Window;
import java.util.List;
import java.util.Optional;

/**
 * What a job did for one model.
 *
 * @param runId what was asked; absent where nothing was due
 * @param windows base windows that were scanned, or are due in a dry run; those of the reference
 *     for a baseline
 * @param plan the windows that are due, and why; none for a baseline
 * @param rows rows of the source in them
 * @param notes in plain words: decisions, warnings, what was left out and why
 */
public record ModelReport(
    String model,
    String command,
    Result result,
    Optional<String> runId,
    List<Window> windows,
    List<PlannedWindows> plan,
    long rows,
    List<String> notes) {
  /** How a job ended. */
  public enum Result {
    /** Rows were written and count. */
    DONE,
    /** Nothing was due; at most the rows of some windows were looked at, and had not changed. */
    NOTHING_DUE,
    /** The very same run was committed before; nothing was read or written. */
    ALREADY_DONE,
    /** A dry run: planned only. */
    PLANNED
  }

  public ModelReport {
    windows = List.copyOf(windows);
    plan = List.copyOf(plan);
    notes = List.copyOf(notes);
  }
}
