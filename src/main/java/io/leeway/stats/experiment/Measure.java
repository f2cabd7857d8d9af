package io.leeway.stats.experiment;

import io.leeway.stats.inference.Floor;
import java.util.Optional;

/** What kind of number is had of each unit, and from how many on an arm's mean is judged. */
public enum Measure {
  /** Yes or no, as 1 or 0: from 20 of each per arm. */
  SHARE {
    @Override
    Optional<String> objection(Arm arm, Sums of) {
      if (of.sum() != of.sumOfSquares() || of.sum() != Math.rint(of.sum())) {
        throw new IllegalArgumentException(
            "A share is of ones and zeros, but the "
                + arm.text()
                + " has sum "
                + of.sum()
                + " and sum of squares "
                + of.sumOfSquares()
                + ".");
      }
      long positives = (long) of.sum();
      long negatives = of.units() - positives;
      return Math.min(positives, negatives) >= LEAST_OF_EACH
          ? Optional.empty()
          : Optional.of(
              "Judged from 20 positives and 20 negatives per arm; the "
                  + arm.text()
                  + " has "
                  + positives
                  + " and "
                  + negatives
                  + ".");
    }
  },
  /** A number of moderate spread: from {@link Floor#MEAN} units per arm. */
  MEAN {
    @Override
    Optional<String> objection(Arm arm, Sums of) {
      return tooFew(Floor.MEAN, arm, of);
    }
  },
  /** Money and other skewed numbers: from {@link Floor#MEAN_OF_MONEY} units per arm. */
  AMOUNT {
    @Override
    Optional<String> objection(Arm arm, Sums of) {
      return tooFew(Floor.MEAN_OF_MONEY, arm, of);
    }
  };

  /** Below it a normal distribution is no match for a count, and false alarms multiply. */
  private static final long LEAST_OF_EACH = 20;

  /**
   * Why an arm has too little to be judged; empty if it has enough.
   *
   * @throws IllegalArgumentException if the sums are of no such numbers
   */
  abstract Optional<String> objection(Arm arm, Sums of);

  private static Optional<String> tooFew(Floor floor, Arm arm, Sums of) {
    return of.units() >= floor.least()
        ? Optional.empty()
        : Optional.of(
            "Judged from "
                + floor.least()
                + " units per arm; the "
                + arm.text()
                + " has "
                + of.units()
                + ".");
  }
}
