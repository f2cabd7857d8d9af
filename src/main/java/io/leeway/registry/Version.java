package io.leeway.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A trained version as the audit log tells it.
 *
 * @param number from 1; also what predictions bear as their version
 * @param uri of its folder
 * @param digest of its content
 * @param champion what it was held against; empty where there was none
 * @param evidence digest of what the gate found; approvals are bound to it
 * @param trainer who had it trained
 * @param approvers how many must approve
 * @param expires until when they may
 * @param approvals so far, in order
 * @param ruling what the last look at its test said, if there was one
 * @param facts all that was said when it was added
 */
public record Version(
    int number,
    Stage stage,
    String uri,
    String digest,
    Optional<String> champion,
    String evidence,
    String trainer,
    int approvers,
    Instant expires,
    Instant added,
    List<Given> approvals,
    Optional<String> ruling,
    Details facts) {
  /** How far it has come. The names are stored. */
  public enum Stage {
    /** The gate said no, and it is kept with the reasons. */
    NOT_BLESSED,
    PENDING_APPROVAL,
    APPROVED,
    REJECTED,
    /** A newer one came before it was let out. */
    SUPERSEDED,
    SHADOW,
    CHALLENGER,
    /** It lost its test, or was taken back. */
    WITHDRAWN,
    CHAMPION,
    /** It was champion; kept warm while it is one of the last. */
    RETIRED,
    /** It was champion, and was taken back. */
    ROLLED_BACK;

    /** For people. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /** An approval. */
  public record Given(String by, String reason, Instant at) {}

  public Version {
    approvals = List.copyOf(approvals);
  }

  Version at(Stage other) {
    return with(other, ruling);
  }

  Version approvedBy(List<Given> given) {
    return new Version(
        number, stage, uri, digest, champion, evidence, trainer, approvers, expires, added, given,
        ruling, facts);
  }

  Version expiringAt(Instant other) {
    return new Version(
        number, stage, uri, digest, champion, evidence, trainer, approvers, other, added, approvals,
        ruling, facts);
  }

  Version ruled(String other) {
    return with(stage, Optional.of(other));
  }

  /** Approved as before its test, which is void. */
  Version untried() {
    return with(Stage.APPROVED, Optional.empty());
  }

  private Version with(Stage newStage, Optional<String> newRuling) {
    return new Version(
        number, newStage, uri, digest, champion, evidence, trainer, approvers, expires, added,
        approvals, newRuling, facts);
  }

  /** As predictions bear it. */
  public String text() {
    return Integer.toString(number);
  }
}
