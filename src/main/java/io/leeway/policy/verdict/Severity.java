package io.leeway.policy.verdict;

import java.util.Locale;

/** What a breach calls for. */
public enum Severity {
  INVESTIGATE(Evidence.CHANGE),
  RETRAIN(Evidence.LIMIT),
  EMERGENCY(Evidence.LIMIT);

  private final Evidence usual;

  Severity(Evidence usual) {
    this.usual = usual;
  }

  /** As written in the configuration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Severity parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** What has to be shown, unless a rule says otherwise. */
  Evidence usualEvidence() {
    return usual;
  }
}
