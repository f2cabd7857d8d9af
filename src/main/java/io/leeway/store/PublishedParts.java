package io.leeway.store;

import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which run's rows show, part by part, worked out from the ledger alone.
 *
 * <p>The winner of a part has the greatest generation, then predictions version, then labels
 * version (none is the least), then sequence (a forced re-run of the same versions). The clock
 * decides nothing, nor does the order in which runs of unlike versions end. The view {@code
 * latest_metrics} says the same in SQL.
 */
public final class PublishedParts {
  /** A part as it shows, and the run that published it. */
  public record Winner(PublishedPart part, CommittedRun run) {
    public Winner {
      Objects.requireNonNull(part, "part");
      Objects.requireNonNull(run, "run");
    }
  }

  /** The greater one shows. */
  static final Comparator<Winner> RANK =
      Comparator.comparingLong((Winner winner) -> winner.run().generation())
          .thenComparingLong(winner -> winner.part().predictionsVersion())
          .thenComparing(
              winner -> winner.part().labelsVersion(),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingLong(winner -> winner.run().sequence());

  private final Map<Part, Winner> winners;

  private PublishedParts(Map<Part, Winner> winners) {
    this.winners = winners;
  }

  /** Of the committed runs of one model, in any order. */
  public static PublishedParts of(Collection<CommittedRun> runs) {
    Map<Part, Winner> winners = new LinkedHashMap<>();
    for (CommittedRun run : runs) {
      for (PublishedPart part : run.run().parts()) {
        winners.merge(
            part.part(),
            new Winner(part, run),
            (one, other) -> RANK.compare(one, other) >= 0 ? one : other);
      }
    }
    return new PublishedParts(winners);
  }

  /** Those of one kind. */
  public PublishedParts only(Part.Kind kind) {
    Map<Part, Winner> some = new LinkedHashMap<>();
    winners.forEach(
        (part, winner) -> {
          if (part.kind() == kind) {
            some.put(part, winner);
          }
        });
    return new PublishedParts(some);
  }

  public Collection<Winner> winners() {
    return List.copyOf(winners.values());
  }

  public Optional<Winner> winner(Part part) {
    return Optional.ofNullable(winners.get(part));
  }

  /**
   * Whether what shows for the part was made from a newer version of either source than this
   * attempt read. Versions of tables with unlike ids do not compare.
   */
  public boolean isStale(RunSources sources, PublishedPart attempt) {
    Winner shown = winners.get(attempt.part());
    if (shown == null) {
      return false;
    }
    RunSources theirs = shown.run().run().sources();
    boolean olderPredictions =
        Objects.equals(sources.predictionsTableId(), theirs.predictionsTableId())
            && attempt.predictionsVersion() < shown.part().predictionsVersion();
    boolean olderLabels =
        Objects.equals(sources.labelsTableId(), theirs.labelsTableId())
            && attempt.labelsVersion() != null
            && shown.part().labelsVersion() != null
            && attempt.labelsVersion() < shown.part().labelsVersion();
    return olderPredictions || olderLabels;
  }
}
