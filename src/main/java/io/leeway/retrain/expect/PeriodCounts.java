package io.leeway.retrain.expect;

/**
 * The predictions of a period as they are, of which a batch may hold a sample only.
 *
 * @param predictions labelled or not
 * @param identifiers that they bear, each once; a prediction without one does not count
 * @param labelled predictions that have a label, each identifier once
 */
public record PeriodCounts(long predictions, long identifiers, long labelled) {
  public PeriodCounts {
    if (identifiers < 0 || identifiers > predictions || labelled < 0 || labelled > predictions) {
      throw new IllegalArgumentException(
          "Of %d predictions %d are of different identifiers and %d have a label."
              .formatted(predictions, identifiers, labelled));
    }
  }

  /** Of a batch that holds all of them. */
  static PeriodCounts of(BatchFacts batch) {
    return new PeriodCounts(
        batch.rows(), batch.rows() - batch.duplicates(), batch.labels().labelled());
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
}
