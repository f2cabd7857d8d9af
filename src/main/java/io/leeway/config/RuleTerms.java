package io.leeway.config;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * When a rule holds, from how many rows on it judges, and what is done about its breaches.
 *
 * @param from windows that end later are judged; all where it is not said
 * @param until windows that end then or earlier are judged
 * @param minSupport rows below which a value is not judged, where that is more than its metric asks
 * @param recoversAt how far back a value must be before it counts as well again, if further than
 *     the limit
 * @param cooldown for so long after its end an incident is opened again, in place of a new one
 * @param owner who is to look at it
 * @param runbook where it is written what to do
 */
public record RuleTerms(
    Optional<Instant> from,
    Optional<Instant> until,
    OptionalLong minSupport,
    OptionalDouble recoversAt,
    Duration cooldown,
    Optional<String> owner,
    Optional<String> runbook) {
  private static final Duration DAY = Duration.ofDays(1);

  /** Those of a rule that says nothing of them. */
  public static final RuleTerms USUAL =
      new RuleTerms(
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty(),
          DAY,
          Optional.empty(),
          Optional.empty());

  public RuleTerms {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(runbook, "runbook");
    boolean isNever = from.isPresent() && until.isPresent() && !from.get().isBefore(until.get());
    if (isNever || minSupport.orElse(1) < 1 || cooldown.isNegative()) {
      throw new IllegalArgumentException("The terms " + from + " to " + until + " never hold.");
    }
  }

  static RuleTerms read(Block block, ZoneId zone, RuleConfig.Direction direction, Limit limit) {
    Optional<Instant> from = block.optional("from", text -> InstantText.parse(text, zone));
    Optional<Instant> until = block.optional("until", text -> InstantText.parse(text, zone));
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      block.wrong("until", "is not after from; the rule would never hold, so write a later date");
      until = Optional.empty();
    }
    int least = block.integer("min-support", 1, 1);
    Optional<Double> recoversAt =
        block.optional("recovers-at", text -> recoversAt(text, direction, limit));
    return new RuleTerms(
        from,
        until,
        least == 1 ? OptionalLong.empty() : OptionalLong.of(least),
        recoversAt.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
        block.value("cooldown", DAY, DurationText::parse),
        block.optionalText("owner"),
        block.optionalText("runbook"));
  }

  private static double recoversAt(String text, RuleConfig.Direction direction, Limit limit) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
    if (direction.isChange()) {
      throw new IllegalArgumentException(
          "it belongs to above and below, whose limit is a value; a rule on a change has none");
    }
    if (limit.isLearned()) {
      throw new IllegalArgumentException(
          "it is held against a limit that is a number, and a learned one is another at each value;"
              + " leave it out, or write a number in place of learned");
    }
    boolean isWithin =
        direction == RuleConfig.Direction.ABOVE ? number <= limit.value() : number >= limit.value();
    if (!isWithin || !Double.isFinite(number)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' lies beyond the limit "
              + limit.value()
              + " itself; write a value that is within it");
    }
    return number;
  }
}
