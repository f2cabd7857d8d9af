package io.leeway.policy.verdict;

import io.leeway.domain.Measure;
import io.leeway.domain.Subject;
import java.util.Objects;

/** A row of {@code metrics}: a value and what it is of. */
public record Stored(Subject subject, Measure measure) {
  public Stored {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(measure, "measure");
  }
}
