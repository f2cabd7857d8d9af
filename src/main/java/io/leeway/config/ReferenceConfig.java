package io.leeway.config;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The rows that a model is held against: predictions of a period or that meet a condition, or a
 * table of their own.
 *
 * @param from first instant that counts
 * @param until first instant that no longer counts
 * @param where SQL condition on the rows
 * @param table table of the rows, if not the predictions
 * @param inheritOnNewVersion whether a new version is held against the reference of the one before,
 *     or needs its own
 */
public record ReferenceConfig(
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<String> where,
    Optional<TableRef> table,
    boolean inheritOnNewVersion) {

  public ReferenceConfig {
    if (from.isEmpty() && until.isEmpty() && where.isEmpty() && table.isEmpty()) {
      throw new IllegalArgumentException("A reference needs a period, a condition or a table.");
    }
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new IllegalArgumentException("The reference ends before it starts.");
    }
  }

  static ReferenceConfig read(Block block, ZoneId zone) {
    int before = block.reading().problemCount();
    Optional<Instant> from = block.optional("from", text -> InstantText.parse(text, zone));
    Optional<Instant> until = block.optional("until", text -> InstantText.parse(text, zone));
    Optional<String> where = block.optionalText("where");
    Optional<TableRef> table = TableRef.optional(block, "table");
    boolean inherit =
        block.choice("new-version", "own", List.of("own", "inherit")).equals("inherit");
    block.refuseUnknownKeys();
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      block.wrong(
          "until", "is not after from; the reference would be empty, so write a later date");
      until = Optional.empty();
    }
    if (from.isEmpty() && until.isEmpty() && where.isEmpty() && table.isEmpty()) {
      if (before == block.reading().problemCount()) {
        block.wrong(
            "names no rows; write from and until, or where = \"SQL condition\", or table = \"...\"");
      }
      where = Optional.of(Block.MISSING);
    }
    return new ReferenceConfig(from, until, where, table, inherit);
  }
}
