package io.leeway.stats.experiment;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * Whose outcomes some {@link Sums} are. Differences are taken only between arms of the same day,
 * step and label age.
 *
 * @param day on which units were first exposed
 * @param step of the ramp, from 0
 * @param labelAge what came in up to this long after exposure counts, nothing later; zero where
 *     outcomes are known at once
 */
public record ArmDay(LocalDate day, int step, Arm arm, Duration labelAge)
    implements Comparable<ArmDay> {
  private static final Comparator<ArmDay> ORDER =
      Comparator.comparing(ArmDay::day)
          .thenComparingInt(ArmDay::step)
          .thenComparing(ArmDay::arm)
          .thenComparing(ArmDay::labelAge);

  public ArmDay {
    if (step < 0 || labelAge.isNegative()) {
      throw new IllegalArgumentException(
          "Step and label age are at least 0, but " + day + " has " + step + ", " + labelAge + ".");
    }
  }

  @Override
  public int compareTo(ArmDay other) {
    return ORDER.compare(this, other);
  }
}
