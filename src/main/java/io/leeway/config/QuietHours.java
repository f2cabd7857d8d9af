package io.leeway.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.Optional;

/**
 * When people are left alone: while the local clock shows {@code from} or later and is before
 * {@code until}, across midnight where {@code until} is the earlier of the two. So a night in which
 * the clock is put back is an hour longer.
 *
 * @param zone whose local clock counts
 * @param letThrough the least severity that goes out all the same
 */
public record QuietHours(LocalTime from, LocalTime until, ZoneId zone, String letThrough) {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("H:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  public QuietHours {
    if (from.equals(until) || !RuleConfig.SEVERITIES.contains(letThrough)) {
      throw new IllegalArgumentException(
          "Quiet hours from " + from + " until " + until + " are not well formed.");
    }
  }

  /** When the quiet ends that holds at this moment; empty where none does. */
  public Optional<Instant> endAfter(Instant now) {
    if (!holdAt(now)) {
      return Optional.empty();
    }
    Instant at = now;
    while (true) {
      Instant end = at.plus(Duration.between(local(at), next(local(at))));
      ZoneOffsetTransition change = zone.getRules().nextTransition(at);
      if (change == null || change.getInstant().isAfter(end)) {
        return Optional.of(end);
      }
      // The clock is changed before it shows the end; from there on another time counts.
      at = change.getInstant();
      if (!holdAt(at)) {
        return Optional.of(at);
      }
    }
  }

  private boolean holdAt(Instant at) {
    LocalTime clock = local(at).toLocalTime();
    boolean begun = !clock.isBefore(from);
    boolean open = clock.isBefore(until);
    return from.isBefore(until) ? begun && open : begun || open;
  }

  private LocalDateTime local(Instant at) {
    return LocalDateTime.ofInstant(at, zone);
  }

  private LocalDateTime next(LocalDateTime after) {
    LocalDateTime end = after.toLocalDate().atTime(until);
    return end.isAfter(after) ? end : end.plusDays(1);
  }

  static Optional<QuietHours> read(Block block) {
    Optional<LocalTime> from = clock(block, "from");
    Optional<LocalTime> until = clock(block, "until");
    Optional<ZoneId> zone = block.optional("zone", WindowsConfig::zone);
    if (block.find("zone").isEmpty()) {
      block.missing("zone", "name the time zone of the clock, for example Australia/Melbourne");
    }
    String letThrough = block.choice("let-through", "emergency", RuleConfig.SEVERITIES);
    block.refuseUnknownKeys();
    if (from.isPresent() && from.equals(until)) {
      block.wrong("until", "is the same as from; write when the quiet ends");
    }
    boolean isComplete = from.isPresent() && until.isPresent() && zone.isPresent();
    return isComplete && !from.equals(until)
        ? Optional.of(new QuietHours(from.get(), until.get(), zone.get(), letThrough))
        : Optional.empty();
  }

  private static Optional<LocalTime> clock(Block block, String key) {
    if (block.find(key).isEmpty()) {
      block.missing(key, "write a time of day, for example \"22:00\"");
    }
    return block.optional(key, QuietHours::clock);
  }

  private static LocalTime clock(String text) {
    try {
      return LocalTime.parse(text, CLOCK);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time of day; write for example \"22:00\"", e);
    }
  }
}
