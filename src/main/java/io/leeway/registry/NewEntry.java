package io.leeway.registry;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * An act that is to be put on record.
 *
 * @param version of the model that it is about, if it is about one
 * @param actor who did it; not blank
 * @param reason why, in a sentence; not blank
 */
public record NewEntry(
    ActKind kind, OptionalInt version, String actor, String reason, Details details) {
  public NewEntry {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(details, "details");
    if (actor.isBlank() || reason.isBlank()) {
      throw new IllegalArgumentException("An act has an actor and a reason.");
    }
  }

  /** Of a version. */
  public static NewEntry of(
      ActKind kind, int version, String actor, String reason, Details details) {
    return new NewEntry(kind, OptionalInt.of(version), actor, reason, details);
  }

  /** Of no version. */
  public static NewEntry of(ActKind kind, String actor, String reason, Details details) {
    return new NewEntry(kind, OptionalInt.empty(), actor, reason, details);
  }
}
