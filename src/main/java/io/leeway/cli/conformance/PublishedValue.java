package io.leeway.cli.conformance;

import java.util.OptionalDouble;

/**
 * A number as the jobs published it.
 *
 * @param value empty where it is undefined
 * @param errorBound greatest distance from the exact value; empty where there is no value, or none
 *     is known
 * @param status as in the table {@code metrics}
 */
record PublishedValue(OptionalDouble value, OptionalDouble errorBound, String status) {
  static PublishedValue exact(double value) {
    return new PublishedValue(OptionalDouble.of(value), OptionalDouble.of(0), "OK");
  }

  /** 0 where none is known: such a value agrees only with its equal. */
  double bound() {
    return errorBound.orElse(0);
  }

  /** Whether the value claims to be exact, or there is none. */
  boolean isExact() {
    return value.isEmpty() || (errorBound.isPresent() && bound() == 0);
  }

  /** Whether both are undefined, or the very same double (the two zeros are one). */
  boolean hasSameValueAs(PublishedValue other) {
    return value.isPresent() == other.value.isPresent()
        && (value.isEmpty() || value.getAsDouble() == other.value.getAsDouble());
  }
}
