package io.leeway.retrain.expect;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The predictions of a period as they are, of which a batch may hold a sample only, and those that
 * are later than the clock.
 *
 * @param predictions labelled or not
 * @param identifiers that they bear, each once; a prediction without one does not count
 * @param labelled predictions that have a label, each identifier once
 * @param future predictions that are later than the batch was made; none of them is of the period
 * @param latest time of one of the future; there with any
 */
public record PeriodCounts(
    long predictions, long identifiers, long labelled, long future, Optional<Instant> latest) {
  public PeriodCounts {
    Objects.requireNonNull(latest, "latest");
    if (identifiers < 0 || identifiers > predictions || labelled < 0 || labelled > predictions) {
      throw new IllegalArgumentException(
          "Of %d predictions %d are of different identifiers and %d have a label."
              .formatted(predictions, identifiers, labelled));
    }
    if (future < 0 || future > 0 != latest.isPresent()) {
      throw new IllegalArgumentException(
          "Of the future there are %d predictions, the latest of %s.".formatted(future, latest));
    }
  }

  /** Of a batch that holds all of them; none of the future is known. */
  static PeriodCounts of(BatchFacts batch) {
    return new PeriodCounts(
        batch.rows(),
        batch.rows() - batch.duplicates(),
        batch.labels().labelled(),
        0,
        Optional.empty());
  }

  /** Predictions beyond the first of their identifier; one without is beyond, too. */
  long duplicates() {
    return predictions - identifiers;
  }

  /** In [0, 1]; 0 without predictions. */
  double duplicateShare() {
    return share(duplicates());
  }

  /** In [0, 1]; 0 without predictions. */
  double labelledShare() {
    return share(labelled);
  }

  private double share(long some) {
    return predictions == 0 ? 0 : (double) some / predictions;
  }

  /** Predictions of the period and those of the future. */
  long looked() {
    return predictions + future;
  }

  /** Of those looked at the ones of the future, in [0, 1]; 0 where none is looked at. */
  double futureShare() {
    return looked() == 0 ? 0 : (double) future / looked();
  }
}
