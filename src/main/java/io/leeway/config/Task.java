package io.leeway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a model predicts. */
public enum Task {
  /** The probability of one of two outcomes. */
  BINARY,
  /** A probability for each of several classes. */
  MULTICLASS,
  /** A number. */
  REGRESSION,
  /** None: readings of machines, without predictions. */
  TELEMETRY;

  /** As written in the configuration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(Task::text).toList();
  }

  static Task parse(String text) {
    return valueOf(Block.oneOf(text, texts()).toUpperCase(Locale.ROOT));
  }
}
