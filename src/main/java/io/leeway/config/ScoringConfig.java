package io.leeway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Where rows to be scored come from.
 *
 * @param table of features, with the model's inputs, and its identifier and time under the names
 *     that they have in the predictions table
 * @param unit column of what is assigned to an arm of a test as a whole, such as a customer; the
 *     prediction itself unless given
 * @param shadowTable takes the answers of a challenger in the shadow
 * @param maxAge rows older than this when they are come by are not scored; whether an identifier
 *     was scored before is looked up among answers up to twice as old, or among all without it
 */
public record ScoringConfig(
    TableRef table,
    Optional<String> unit,
    Optional<TableRef> shadowTable,
    Optional<Duration> maxAge) {
  public ScoringConfig {
    if (maxAge.filter(age -> age.isNegative() || age.isZero()).isPresent()) {
      throw new IllegalArgumentException("Rows are scored up to an age of " + maxAge + ".");
    }
  }

  static ScoringConfig read(Block block) {
    TableRef table = TableRef.required(block, "table");
    Optional<String> unit = block.optionalText("unit");
    Optional<TableRef> shadow = TableRef.optional(block, "shadow-table");
    Optional<Duration> maxAge = block.optional("max-age", ScoringConfig::length);
    block.refuseUnknownKeys();
    return new ScoringConfig(table, unit, shadow, maxAge);
  }

  /**
   * Reads a length of time above 0.
   *
   * @throws IllegalArgumentException in words, if the text is none
   */
  static Duration length(String text) {
    Duration length = DurationText.parse(text);
    if (length.isZero()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time at all; write for example '1 day'");
    }
    return length;
  }
}
