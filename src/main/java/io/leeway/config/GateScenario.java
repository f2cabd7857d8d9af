package io.leeway.config;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows under a name, such as a storm: those of a period, whenever it was, which are never trained
 * on; or those of the holdout for which a condition holds. A period has both ends, since an open
 * one could take all rows from the training.
 *
 * @param from where the period starts, as written
 * @param until where it ends, itself left out, as written; there with from
 * @param where SQL condition on a row; then there is no period
 */
public record GateScenario(Optional<String> from, Optional<String> until, Optional<String> where) {
  public GateScenario {
    if (from.isPresent() != until.isPresent() || where.isPresent() == from.isPresent()) {
      throw new IllegalArgumentException("A scenario is either a whole period or a condition.");
    }
  }

  /**
   * Of a period the start; a date is its midnight, a time without offset the local one, of the
   * zone.
   */
  public Optional<Instant> start(ZoneId zone) {
    return from.map(text -> InstantText.parse(text, zone));
  }

  /** Of a period the end, which is left out. */
  public Optional<Instant> end(ZoneId zone) {
    return until.map(text -> InstantText.parse(text, zone));
  }

  /** All of them by name. */
  static Map<String, GateScenario> readAll(Block block) {
    Map<String, GateScenario> scenarios = new TreeMap<>();
    for (String name : block.names()) {
      block.block(name).ifPresent(within -> scenarios.put(name, read(within)));
    }
    return scenarios;
  }

  private static GateScenario read(Block block) {
    int before = block.reading().problemCount();
    Optional<String> from = block.optional("from", GateScenario::time);
    Optional<String> until = block.optional("until", GateScenario::time);
    Optional<String> where = block.optionalText("where");
    block.refuseUnknownKeys();
    boolean period = from.isPresent() || until.isPresent();
    if (where.isPresent() == period || from.isPresent() != until.isPresent()) {
      if (before == block.reading().problemCount()) {
        refuse(block, where.isPresent(), period, from.isEmpty() ? "from" : "until");
      }
      return new GateScenario(Optional.empty(), Optional.empty(), Optional.of(Block.MISSING));
    }
    GateScenario scenario = new GateScenario(from, until, where);
    if (period
        && !scenario
            .start(ZoneOffset.UTC)
            .orElseThrow()
            .isBefore(scenario.end(ZoneOffset.UTC).orElseThrow())) {
      block.wrong("until", "is not after from; the scenario would be empty, so write a later date");
    }
    return scenario;
  }

  private static void refuse(Block block, boolean condition, boolean period, String open) {
    if (condition) {
      block.wrong("has a period and a condition; write either from and until, or where");
    } else if (period) {
      block.missing(
          open,
          "rows of a scenario are never trained on, and an open period may take all of them, so"
              + " write both from and until");
    } else {
      block.wrong("names no rows; write from and until, or where = \"SQL condition\"");
    }
  }

  /** The text, if it is a time; which one, the model's zone will say. */
  private static String time(String text) {
    InstantText.parse(text, ZoneOffset.UTC);
    return text;
  }
}
