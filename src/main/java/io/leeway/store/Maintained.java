package io.leeway.store;

import java.util.List;

/**
 * What {@code maintain} did to the rows of one model, or would do.
 *
 * @param removed counts by table and reason; none of 0
 * @param files tables whose number of files has changed
 * @param notes in plain words
 */
public record Maintained(
    String model, boolean dryRun, List<Removed> removed, List<Files> files, List<String> notes) {

  /** Why rows are removed. */
  public enum Why {
    /** Their attempt has not committed, and began long ago. */
    ABANDONED,
    /** Another run has replaced them, long ago, or they never showed. */
    SUPERSEDED,
    /** Their window ended long ago, and their slice is kept for a time only. */
    RETENTION
  }

  /** Rows that went. */
  public record Removed(String table, Why why, long rows) {}

  /** The number of a model's files in a table; of a dry run, about how many there would be. */
  public record Files(String table, long before, long after) {}

  public Maintained {
    removed = List.copyOf(removed);
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }

  /** Whether there was nothing to do. */
  public boolean isNothing() {
    return removed.isEmpty() && files.isEmpty();
  }
}
