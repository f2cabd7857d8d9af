package io.leeway.store;

import io.leeway.domain.PublishedPart;
import java.util.List;

/** How the attempt to commit a run ended. */
public sealed interface CommitResult {

  /**
   * The attempt's rows count.
   *
   * @param run as it was committed, without the parts left out
   * @param leftOut parts made from an older table version than what is published already
   */
  record Won(CommittedRun run, List<PublishedPart> leftOut) implements CommitResult {
    public Won {
      leftOut = List.copyOf(leftOut);
    }
  }

  /** Another attempt at the same run was first; this attempt's rows stay invisible. */
  record Lost(CommittedRun winner) implements CommitResult {}

  /**
   * Since the run was planned, a run with another configuration or source table committed, which
   * this attempt would undo, or one that it would have to go on from; its rows stay invisible.
   * Planned anew, it may win.
   */
  record Superseded(CommittedRun newer) implements CommitResult {}

  /**
   * The attempt took so long that {@code maintain} held it to be dead and was free to remove its
   * rows.
   *
   * @param by the entry that says so
   */
  record Abandoned(CommittedRun by) implements CommitResult {}
}
