package io.leeway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.delta.SingleCommit;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.RemoveFile;

/**
 * One commit of a table's log, not read yet. It is read action by action and never held, since a
 * single OPTIMIZE may name hundreds of thousands of files, each with the statistics of every
 * column.
 */
final class LoggedCommit {
  /** Files of the log that are larger than this are not read into memory as a whole. */
  private static final long LARGEST_HELD = 0;

  private final SingleCommit commit;

  LoggedCommit(SingleCommit commit) {
    this.commit = commit;
  }

  long version() {
    return commit.version();
  }

  /**
   * Hands on every file that was added or removed, one after the other; not those that only hold
   * the same rows as others did.
   *
   * @return when it was committed, by the table's own clock or else by the writer's; empty where
   *     the commit does not say
   */
  Optional<Instant> read(Consumer<FileAction> changes) {
    Optional<Instant> time = Optional.empty();
    try (var actions = commit.getActionsIterator(LARGEST_HELD)) {
      while (actions.hasNext()) {
        Action action = actions.next();
        if (action instanceof CommitInfo info) {
          time = time(info);
        } else if ((action instanceof AddFile || action instanceof RemoveFile)
            && ((FileAction) action).dataChange()) {
          changes.accept((FileAction) action);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return time;
  }

  private static Optional<Instant> time(CommitInfo info) {
    return info.inCommitTimestamp().isDefined()
        ? Optional.of(Instant.ofEpochMilli((Long) info.inCommitTimestamp().get()))
        : Optional.ofNullable(info.timestamp()).map(Timestamp::toInstant);
  }
}
