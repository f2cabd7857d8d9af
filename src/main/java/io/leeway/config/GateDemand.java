package io.leeway.config;

/** What is demanded of a metric before a candidate passes. */
public enum GateDemand {
  /** Not worse than the champion by more than a margin, on the same rows. */
  NO_WORSE_BY("no-worse-by"),
  /** Surely better than the champion, on the same rows. */
  BETTER("better"),
  /** The candidate's own value, at least this. */
  ABOVE("above"),
  /** The candidate's own value, at most this. */
  BELOW("below"),
  /** A gap between groups, not surely wider than the champion's by more than this. */
  GROWS_BY("grows-by");

  private final String key;

  GateDemand(String key) {
    this.key = key;
  }

  /** As written in the configuration. */
  public String text() {
    return key;
  }

  /** Whether it takes a champion to see. */
  public boolean isChange() {
    return this == NO_WORSE_BY || this == BETTER || this == GROWS_BY;
  }
}
