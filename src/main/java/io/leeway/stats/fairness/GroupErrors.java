package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.OptionalDouble;

/**
 * The errors e = prediction − y of a regression in one group.
 *
 * @param group its name
 * @param n labelled rows, &ge; 0
 * @param mean of e
 * @param sd standard deviation of e, divisor n − 1
 * @param kurtosis fourth central moment over the squared variance, &ge; 1; absent where fourth
 *     powers are not kept, when 3, that of normal errors, stands in for it
 */
public record GroupErrors(String group, long n, double mean, double sd, OptionalDouble kurtosis) {
  private static final double OF_NORMAL = 3;

  public GroupErrors {
    if (n < 0 || !Double.isFinite(mean) || !(sd >= 0) || kurtosis.orElse(OF_NORMAL) < 1) {
      throw new IllegalArgumentException(
          "Errors of group '"
              + group
              + "' need rows, a finite mean, a spread of at least 0 and a"
              + " kurtosis of at least 1, but have "
              + n
              + ", "
              + mean
              + ", "
              + sd
              + ", "
              + kurtosis
              + ".");
    }
  }

  /**
   * From Σe and Σe², without fourth powers; undefined below two rows.
   *
   * @param sum Σe
   * @param sumSquares Σe²
   */
  public static Outcome<GroupErrors> ofSums(String group, long n, double sum, double sumSquares) {
    if (n < 2) {
      return Outcome.undefined("A spread needs two rows, but there are " + n + ".");
    }
    double variance = Math.max(0, sumSquares - sum * sum / n) / (n - 1);
    return Outcome.of(
        new GroupErrors(group, n, sum / n, Math.sqrt(variance), OptionalDouble.empty()));
  }

  /** The mean error with s/√n; undefined below two rows. */
  public Outcome<GroupEstimate> meanError(Overdispersion overdispersion) {
    return MeanInterval.of(mean, sd, n, overdispersion)
        .map(estimate -> new GroupEstimate(group, estimate, n));
  }

  /**
   * ln sd, so that a gap is the logarithm of a ratio of spreads, with the delta method's standard
   * error {@code sqrt(phi (kurtosis - (n - 3)/(n - 1)) / (4 n))}. Undefined below two rows and
   * where errors do not vary.
   */
  public Outcome<GroupEstimate> logSpread(Overdispersion overdispersion) {
    if (n < 2 || sd == 0) {
      return Outcome.undefined("The errors do not vary.");
    }
    double excess = kurtosis.orElse(OF_NORMAL) - (n - 3.0) / (n - 1.0);
    return Outcome.of(
        new GroupEstimate(
            group,
            new MeanInterval(
                Math.log(sd),
                Math.sqrt(overdispersion.phi() * Math.max(0, excess) / (4.0 * n)),
                Math.min(n - 1.0, overdispersion.degrees())),
            n));
  }

  /** Whether the error of the spread rests on normal errors. */
  public boolean assumesNormal() {
    return kurtosis.isEmpty();
  }
}
