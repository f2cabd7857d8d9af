package io.leeway.domain;

import java.util.Locale;
import java.util.Objects;

/**
 * What a run publishes or replaces as one piece: all rows of one model version, granularity, window
 * and kind.
 *
 * @param modelVersion {@code null} where the predictions name no version
 * @param granularity the text of a {@link Period}, or {@link Subject#REFERENCE}
 */
public record Part(String modelVersion, String granularity, Window window, Kind kind) {
  /** Which side of the truth a part tells. */
  public enum Kind {
    /** What came in and what the model answered; needs no label. */
    INPUTS,
    /** What the labels say. */
    OUTCOMES,
    /** What is expected of the labels that have not come yet. */
    ESTIMATES,
    /** What the rules say of all of these, over all versions. */
    VERDICTS;

    /** As in the column {@code part}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Part {
    Objects.requireNonNull(granularity, "granularity");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(kind, "kind");
  }
}
