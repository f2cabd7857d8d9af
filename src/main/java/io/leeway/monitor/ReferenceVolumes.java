package io.leeway.monitor;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Window;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.ExpectedVolume;
import io.leeway.stats.inference.ExpectedVolume.Day;
import io.leeway.stats.inference.Interval;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many rows the reference's base windows have, by version and segment; a window that is not
 * listed has none. Windows are days or are not: days are held against the same weekday's.
 */
final class ReferenceVolumes implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final char SEPARATOR = 0;

  private final HashMap<String, HashMap<Long, Long>> rows = new HashMap<>();
  private final ArrayList<Long> starts = new ArrayList<>();
  private final ZoneId zone;
  private final boolean daily;

  /**
   * @param windows base windows that lie wholly in the reference; none where its rows are a sample,
   *     whose number says nothing
   */
  ReferenceVolumes(List<Window> windows, ZoneId zone, boolean daily) {
    windows.forEach(window -> starts.add(window.start().toEpochMilli()));
    this.zone = zone;
    this.daily = daily;
  }

  /** Whether there is no window to hold others against. */
  boolean isEmpty() {
    return starts.isEmpty();
  }

  /** Takes the rows of a base window in a segment; an empty version is none. */
  void put(String version, String slice, String segment, Instant start, long there) {
    rows.computeIfAbsent(key(version, slice, segment), key -> new HashMap<>())
        .put(start.toEpochMilli(), there);
  }

  private static String key(String version, String slice, String segment) {
    return version + SEPARATOR + slice + SEPARATOR + segment;
  }

  /**
   * A base window's number of rows beside the expected one; nothing where the reference does not
   * name the segment.
   *
   * @param version whose reference rows it is held against, empty for none
   */
  List<Measure> measures(String version, Segment segment, Instant start, long n) {
    Map<Long, Long> before = rows.get(key(version, segment.slice().toString(), segment.toString()));
    if (before == null || segment.isOther()) {
      return List.of();
    }
    Outcome<ExpectedVolume> volume = daily ? ofDays(before, start, n) : ofWindows(before, n);
    return volume.fold(
        found -> List.of(ratio(found), pValue(found)),
        why -> List.of(Measure.undefined("volume_ratio", Comparison.BASELINE, why).n(n).build()));
  }

  private Outcome<ExpectedVolume> ofWindows(Map<Long, Long> before, long n) {
    return ExpectedVolume.of(
        starts.stream().mapToLong(start -> before.getOrDefault(start, 0L)).toArray(), n);
  }

  private Outcome<ExpectedVolume> ofDays(Map<Long, Long> before, Instant start, long n) {
    List<Day> days =
        starts.stream()
            .map(at -> day(Instant.ofEpochMilli(at), before.getOrDefault(at, 0L)))
            .toList();
    return ExpectedVolume.ofDays(days, day(start, n));
  }

  private Day day(Instant start, long n) {
    return new Day(start.atZone(zone).getDayOfWeek(), n);
  }

  private static Measure ratio(ExpectedVolume volume) {
    Interval interval = volume.ratioInterval();
    return Measure.of("volume_ratio", Comparison.BASELINE, volume.ratio())
        .n(volume.rows())
        .interval(interval.low(), interval.high())
        .fraction((double) volume.rows(), volume.expected())
        .expected(1)
        .note(
            String.format(
                Locale.ROOT,
                "Expected are %.0f rows, from %d %s of the reference.",
                volume.expected(),
                volume.windows(),
                volume.weekday().map(day -> "days of the same weekday").orElse("windows")))
        .build();
  }

  private static Measure pValue(ExpectedVolume volume) {
    return Measure.of("volume_pvalue", Comparison.BASELINE, volume.pChange())
        .n(volume.rows())
        .build();
  }
}
