package io.leeway.registry;

import java.util.Locale;

/** What an entry of the audit log says was done. The names are stored. */
public enum ActKind {
  /** Whether breaches call for retraining. */
  RETRAIN_DECIDED,
  /** A retraining took the lease. */
  RETRAIN_STARTED,
  /** It ended without a version, and gave the lease back. */
  RETRAIN_ENDED,
  /** It ended with a version, blessed by the gate or not. */
  VERSION_ADDED,
  /** Somebody lets a blessed version be, in spite of the gate. */
  WAIVED,
  APPROVED,
  REJECTED,
  /** A version takes a share of the traffic, or shadows it. */
  CHALLENGED,
  /** The challenger's share has changed. */
  RAMPED,
  /** What a look at the running test says. */
  RULED,
  /** The challenger has gone. */
  WITHDRAWN,
  PROMOTED,
  ROLLED_BACK,
  CIRCUIT_CHANGED,
  /** None that this code knows: the entry is damaged, or newer than the code. Never appended. */
  UNKNOWN;

  /** Whether a version is made or comes nearer to the traffic by it, which takes a whole log. */
  boolean letsOut() {
    return switch (this) {
      case RETRAIN_STARTED, APPROVED, WAIVED, CHALLENGED, RAMPED, PROMOTED -> true;
      default -> false;
    };
  }

  /** For people, for example {@code version added}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
