package io.leeway.store;

import io.leeway.domain.Window;
import java.util.List;
import java.util.Optional;

/**
 * What a table's log says changed after a version: files that brought rows or took them away, by
 * the times that they span. Commits that only put the same rows into other files say nothing.
 *
 * @param files in no fixed order
 * @param untold why the log does not tell all that changed; empty where it does
 */
public record SourceChanges(List<ChangedFile> files, Optional<String> untold) {
  /** What a commit did. */
  public enum Kind {
    /** It took no file away: every row of the file is one more. */
    APPENDED,
    /** It took files away, and may have put the same rows into others. */
    REWRITTEN
  }

  /**
   * A file of a commit.
   *
   * @param version of the table that the commit made
   * @param times from its first row to its last, to the millisecond; empty where no row has a time
   */
  public record ChangedFile(long version, Kind kind, Optional<Window> times) {}

  public SourceChanges {
    files = List.copyOf(files);
  }

  /** Nothing changed. */
  public static SourceChanges none() {
    return new SourceChanges(List.of(), Optional.empty());
  }

  /** Something may have changed anywhere. */
  public static SourceChanges untold(String why) {
    return new SourceChanges(List.of(), Optional.of(why));
  }
}
