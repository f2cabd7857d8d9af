package io.leeway.config;

import java.time.Duration;

/**
 * When breaches may call for retraining.
 *
 * @param cooldown after a retraining, none for so long
 * @param budget retrainings within {@code budgetWithin}, at least 1
 * @param lease after so long a retraining that says nothing is held to be dead
 */
public record TriggerConfig(Duration cooldown, int budget, Duration budgetWithin, Duration lease) {
  private static final TriggerConfig STANDARD =
      new TriggerConfig(Duration.ofDays(3), 4, Duration.ofDays(30), Duration.ofHours(6));

  public TriggerConfig {
    if (cooldown.isNegative() || budget < 1 || !isPositive(budgetWithin) || !isPositive(lease)) {
      throw new IllegalArgumentException(
          "Budget, its time and the lease are positive, but are %d, %s and %s."
              .formatted(budget, budgetWithin, lease));
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isZero() && !duration.isNegative();
  }

  /** A cooldown of 3 days, 4 retrainings within 30 days, a lease of 6 hours. */
  public static TriggerConfig defaults() {
    return STANDARD;
  }

  /** Reads the keys {@code cooldown}, {@code budget} and {@code lease} of the block. */
  static TriggerConfig read(Block block) {
    Duration cooldown = block.value("cooldown", STANDARD.cooldown, DurationText::parse);
    Block budget = block.blockOrEmpty("budget");
    int runs = budget.integer("retrainings", STANDARD.budget, 1);
    Duration within = budget.value("within", STANDARD.budgetWithin, DurationText::parsePositive);
    budget.refuseUnknownKeys();
    Duration lease = block.value("lease", STANDARD.lease, DurationText::parsePositive);
    return new TriggerConfig(cooldown, runs, within, lease);
  }
}
