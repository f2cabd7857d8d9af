package io.leeway.profile;

import io.leeway.stats.Outcome;
import java.util.Locale;

/**
 * A mean or a deviation with how far it can lie from that of the values, which may have been
 * rounded once each before they were added.
 *
 * @param errorBound at least 0; 0 also where it is below {@value #NEGLIGIBLE} of the column's size,
 *     as the rounding of doubles is
 */
public record Moment(double value, double errorBound) {
  private static final double NEGLIGIBLE = 1e-11;

  /** A deviation that may be off by more than this share of itself says nothing. */
  private static final double COARSE = 1e-6;

  /**
   * @param size what a bound is small or large beside, at least 0
   */
  static Moment of(double value, double bound, double size) {
    return new Moment(value, bound <= NEGLIGIBLE * size ? 0 : bound);
  }

  /**
   * The deviation of a variance that may be off by {@code bound}: it is off by at most √v − √(v −
   * bound). Undefined where that is more than {@value #COARSE} of it.
   */
  static Outcome<Moment> root(double variance, double bound) {
    double root = Math.sqrt(variance);
    double off = bound / (root + Math.sqrt(Math.max(0, variance - bound)));
    if (!(bound < variance) || off > COARSE * root) {
      return Outcome.undefined(
          String.format(
              Locale.ROOT,
              "The values lie so close together, beside how far the reference's reach, that the"
                  + " rounding of their squares could hide it: the variance is at most %.3g.",
              variance + bound));
    }
    return Outcome.of(of(root, off, root));
  }
}
