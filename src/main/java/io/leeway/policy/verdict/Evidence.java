package io.leeway.policy.verdict;

import java.util.Locale;

/** What has to be shown before a value beyond the limit is a breach. */
public enum Evidence {
  /**
   * That the true value is beyond the limit. One that lies exactly at the limit is found only about
   * as often as a false alarm is raised, which is intended.
   */
  LIMIT,
  /** That something has changed at all, or that there is a gap at all. */
  CHANGE;

  /** As written in the configuration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Evidence parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
