package io.leeway.domain;

import java.util.Locale;

/** What a value was held against. */
public enum Comparison {
  BASELINE,
  PREVIOUS,
  NONE;

  /** As in the column {@code comparison}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
