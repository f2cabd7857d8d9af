package io.leeway.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Deletes files of the result tables that no version within Delta's retention needs. How long that
 * is, only the table's property decides, for Delta ignores any other wish; a table that says less
 * than the seven days of a running reader's safety is left alone.
 */
public final class Vacuum {
  private static final String PROPERTY = "delta.deletedFileRetentionDuration";
  private static final Duration LEAST = Duration.ofDays(7);
  private static final Pattern LENGTH =
      Pattern.compile("(?:interval )?(\\d{1,6}) (hour|day|week)s?");

  private final Store store;

  public Vacuum(Store store) {
    this.store = store;
  }

  /**
   * Vacuums the tables that are there.
   *
   * @return a line for each
   */
  public List<String> run(boolean dryRun) {
    List<String> words = new ArrayList<>();
    for (ResultTable table : ResultTable.values()) {
      store.snapshot(table).ifPresent(found -> words.add(run(table, found, dryRun)));
    }
    return words;
  }

  private String run(ResultTable table, DeltaSnapshot found, boolean dryRun) {
    String written = found.properties().get(PROPERTY);
    if (written != null && length(written).filter(of -> of.compareTo(LEAST) >= 0).isEmpty()) {
      return table.tableName()
          + ": not vacuumed, for its property "
          + PROPERTY
          + " is '"
          + written
          + "', and less than 7 days may break running readers; set 'interval 7 days' or more.";
    }
    if (!dryRun) {
      store.change(table, () -> store.delta(store.spark(), table).vacuum());
    }
    return table.tableName() + (dryRun ? ": would be vacuumed." : ": vacuumed.");
  }

  /** A length that is written in hours, days or weeks. */
  static Optional<Duration> length(String text) {
    Matcher matcher = LENGTH.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "hour" -> Duration.ofHours(count);
          case "day" -> Duration.ofDays(count);
          default -> Duration.ofDays(7 * count);
        });
  }
}
