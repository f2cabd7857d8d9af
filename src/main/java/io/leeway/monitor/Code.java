package io.leeway.monitor;

import java.util.Objects;

/** Which code is running, as runs record it and commands print it. */
public final class Code {
  private Code() {}

  /** The version in the jar's manifest, or {@code dev} when run from class files. */
  public static String version() {
    return Objects.requireNonNullElse(Code.class.getPackage().getImplementationVersion(), "dev");
  }
}
