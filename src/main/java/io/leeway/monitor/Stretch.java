package io.leeway.monitor;

import java.io.Serializable;

/**
 * Base windows of one version that are added up.
 *
 * @param version empty for none
 * @param start of the first window, in microseconds since 1970 UTC
 * @param end of the last window, likewise
 */
record Stretch(String version, long start, long end) implements Serializable {
  static Stretch of(String version, Target.Shape target) {
    return new Stretch(version, target.start(), target.end());
  }

  /** What a target is compared with, if it {@linkplain Target.Shape#hasPrevious has} that. */
  static Stretch before(String version, Target.Shape target) {
    return new Stretch(version, target.previousStart(), target.start());
  }

  /** The same stretch of time. */
  Stretch in(String otherVersion) {
    return new Stretch(otherVersion, start, end);
  }
}
