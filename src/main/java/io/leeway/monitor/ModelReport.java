package io.leeway.monitor;

import io.leeway.domain.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
  /** How a job ended; of two parts of it the first says more. */
  public enum Result {
    /** Rows were written and count. */
    DONE,
    /** A dry run: planned only. */
    PLANNED,
    /** The very same run was committed before; nothing was read or written. */
    ALREADY_DONE,
    /** Nothing was due; at most the rows of some windows were looked at, and had not changed. */
    NOTHING_DUE
  }

  public ModelReport {
    windows = List.copyOf(windows);
    plan = List.copyOf(plan);
    notes = List.copyOf(notes);
  }

  /** With more to be said. */
  public ModelReport withNotes(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new ModelReport(model, command, result, runId, windows, plan, rows, all);
  }

  /**
   * With what the same command did with the labels. Windows and rows are those that were scanned,
   * those joined with labels where only that was done.
   */
  ModelReport with(ModelReport labels) {
    boolean ofLabels = result.compareTo(labels.result) > 0;
    List<String> all = new ArrayList<>(notes);
    if (labels.result == Result.DONE) {
      all.add("Joined the labels of %d windows.".formatted(labels.windows.size()));
    }
    all.addAll(labels.notes);
    return new ModelReport(
        model,
        command,
        ofLabels ? labels.result : result,
        ofLabels ? labels.runId : runId.or(() -> labels.runId),
        ofLabels ? labels.windows : windows,
        Stream.concat(plan.stream(), labels.plan.stream()).toList(),
        ofLabels ? labels.rows : rows,
        all);
  }
}
