package io.leeway.stats.experiment;

import java.util.Locale;

/** A side of the test. */
public enum Arm {
  CHAMPION,
  CHALLENGER;

  /** For people. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
