package io.leeway.config;

import java.time.Duration;

/**
 * Who must let a version out.
 *
 * @param approvers how many different people, at least 1; one of them is not the trainer
 * @param expires how long after the gate they may
 */
public record ApprovalConfig(int approvers, Duration expires) {
  private static final ApprovalConfig STANDARD = new ApprovalConfig(1, Duration.ofDays(3));

  public ApprovalConfig {
    if (approvers < 1 || expires.isZero() || expires.isNegative()) {
      throw new IllegalArgumentException(
          "At least one approver within some time, but " + approvers + " within " + expires + ".");
    }
  }

  /** One approver, within 72 hours. */
  public static ApprovalConfig defaults() {
    return STANDARD;
  }

  static ApprovalConfig read(Block block) {
    int approvers = block.integer("approvers", STANDARD.approvers, 1);
    Duration expires = block.value("expires", STANDARD.expires, DurationText::parsePositive);
    block.refuseUnknownKeys();
    return new ApprovalConfig(approvers, expires);
  }
}
