package io.leeway.monitor;

import java.util.Objects;

/** Which code is running, as runs record it. */
final class Code {
  private Code() {}

  /** The released version, or {@code dev} when run from class files. */
  static String version() {
    return Objects.requireNonNullElse(Code.class.getPackage().getImplementationVersion(), "dev");
  }
}
