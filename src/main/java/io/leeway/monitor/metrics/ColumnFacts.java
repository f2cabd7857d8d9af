package io.leeway.monitor.metrics;

import io.leeway.domain.ColumnRole;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a column in a window besides its rows.
 *
 * @param role what the column is there for
 * @param range of a numeric column in the reference, where it has one
 * @param length of the window
 */
public record ColumnFacts(ColumnRole role, Optional<ValueRange> range, Duration length) {}
