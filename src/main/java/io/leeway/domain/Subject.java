package io.leeway.domain;

import java.util.Objects;

/**
 * What a measure is of: one version of a model, in one window of a granularity, in one segment, and
 * there the whole ({@code column} empty) or one column.
 *
 * @param modelVersion {@code null} where the predictions name no version
 * @param granularity the text of a {@link Period}, or {@link #REFERENCE} for the reference as a
 *     whole
 * @param column the column's name, empty for measures of the rows as such
 */
public record Subject(
    String model,
    String modelVersion,
    String granularity,
    Window window,
    Segment segment,
    String column) {
  /** The granularity of the reference's own values. */
  public static final String REFERENCE = "reference";

  public Subject {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(granularity, "granularity");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(segment, "segment");
    Objects.requireNonNull(column, "column");
  }
}
