package io.leeway.cli;

import java.util.Collection;
import java.util.List;

/** What a process says to its scheduler by a number. */
public final class ExitCode {
  /** Done; what was found in the data is no failure. */
  public static final int DONE = 0;

  /** Our own bug. */
  static final int BUG = 1;

  /** The user's arguments, configuration or data; a retry gives the same. */
  static final int USER = 2;

  /** A check that was asked for said no. */
  public static final int REFUSED = 3;

  /** The environment; a retry may help. */
  static final int ENVIRONMENT = 4;

  private static final List<Integer> ORDER = List.of(ENVIRONMENT, BUG, USER, REFUSED);

  private ExitCode() {}

  /**
   * The code of a command that did several things: the first present of 4, 1, 2, 3, 0, so that a
   * retry is made where one may help.
   */
  static int of(Collection<Integer> codes) {
    return ORDER.stream().filter(codes::contains).findFirst().orElse(DONE);
  }
}
