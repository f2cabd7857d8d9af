package io.leeway.retrain.expect;

import io.leeway.domain.Window;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of the time that a batch was taken from.
 *
 * @param asOf when the batch was made; what is later is of the future
 * @param counts of all predictions; where they are not told, the batch holds them all
 */
public record PeriodFacts(Window period, Instant asOf, Optional<PeriodCounts> counts) {
  public PeriodFacts {
    Objects.requireNonNull(period, "period");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(counts, "counts");
  }
}
