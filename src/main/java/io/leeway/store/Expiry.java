package io.leeway.store;

import io.leeway.config.RetentionConfig;
import io.leeway.domain.Part;
import io.leeway.store.Maintained.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows of a model may be removed, and why. Pure: a matter of the ledger and of times alone.
 *
 * <p>An instant by the ledger is the committing machine's clock. It decides how long something is
 * kept, never what shows: what shows is removed only where slices are kept for a time.
 */
final class Expiry {
  /** A part as one attempt told it. */
  private record Telling(String attemptId, Part part) {}

  private final RetentionConfig retention;
  private final Duration profilesAtLeast;
  private final Instant now;
  private final Map<String, CommittedRun> runs = new HashMap<>();

  /** Since when what was told of a part no longer shows; without those that show. */
  private final Map<Telling, Instant> replacedAt = new HashMap<>();

  private final Map<Part, PublishedParts.Winner> showing = new HashMap<>();

  /**
   * @param line the model's committed runs in their order
   * @param profilesAtLeast how long profiles of slices are kept in any case, since roll-ups may be
   *     made from them again
   */
  Expiry(
      List<CommittedRun> line, RetentionConfig retention, Duration profilesAtLeast, Instant now) {
    this.retention = retention;
    this.profilesAtLeast = profilesAtLeast;
    this.now = now;
    for (CommittedRun run : line) {
      runs.put(run.run().attemptId(), run);
      run.run().parts().forEach(part -> show(new PublishedParts.Winner(part, run)));
    }
  }

  private void show(PublishedParts.Winner one) {
    PublishedParts.Winner other = showing.get(one.part().part());
    boolean wins = other == null || PublishedParts.RANK.compare(one, other) > 0;
    PublishedParts.Winner loser = wins ? other : one;
    if (wins) {
      showing.put(one.part().part(), one);
    }
    if (loser != null) {
      replacedAt.put(
          new Telling(loser.run().run().attemptId(), loser.part().part()), one.run().committedAt());
    }
  }

  /** Why a group of rows goes; empty if it stays. */
  Optional<Why> of(ResultTable table, RowGroup group) {
    CommittedRun run = runs.get(group.attemptId());
    if (run == null) {
      return group.computedAt().filter(began -> isOver(began, retention.abandoned())).isPresent()
          ? Optional.of(Why.ABANDONED)
          : Optional.empty();
    }
    if (group.part().isEmpty()) {
      return Optional.empty();
    }
    Part part = group.part().get();
    if (replaced(run, part).filter(at -> isOver(at, retention.superseded())).isPresent()) {
      return Optional.of(Why.SUPERSEDED);
    }
    RemovedSlices removed =
        table == ResultTable.PROFILES
            ? profiles()
            : new RemovedSlices(now.minus(retention.crosses()), now.minus(retention.slices()));
    return group.columns() > removed.columnsOf(part.window())
        ? Optional.of(Why.RETENTION)
        : Optional.empty();
  }

  /** Since when an attempt's rows of a part do not show; parts that it left out never did. */
  private Optional<Instant> replaced(CommittedRun run, Part part) {
    PublishedParts.Winner shown = showing.get(part);
    return shown != null && shown.run().equals(run)
        ? Optional.empty()
        : Optional.of(
            replacedAt.getOrDefault(new Telling(run.run().attemptId(), part), run.committedAt()));
  }

  private boolean isOver(Instant began, Duration kept) {
    return !began.plus(kept).isAfter(now);
  }

  /** Up to when profiles of slices go. */
  RemovedSlices profiles() {
    return new RemovedSlices(
        now.minus(profiles(retention.crosses())), now.minus(profiles(retention.slices())));
  }

  /** How long profiles are kept where it is so long for the metrics. */
  Duration profiles(Duration metrics) {
    return metrics.compareTo(profilesAtLeast) >= 0 ? metrics : profilesAtLeast;
  }
}
