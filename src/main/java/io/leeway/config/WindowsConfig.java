package io.leeway.config;

import io.leeway.domain.Period;
import io.leeway.domain.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How time is cut.
 *
 * @param base length of the windows that are read and stored
 * @param rollUps lengths that slide by one base window, each so many base windows in a row
 * @param calendar lengths that tumble, each holding whole base windows
 * @param zone whose local clock cuts
 * @param publish granularities, as {@link Period#toString}, whose metrics are computed and written
 */
public record WindowsConfig(
    Period base, List<Period> rollUps, List<Period> calendar, ZoneId zone, Set<String> publish) {
  private static final Period DAY = new Period(1, Period.Unit.DAY);
  private static final ZoneId UTC = ZoneId.of("UTC");

  public WindowsConfig {
    rollUps = List.copyOf(rollUps);
    calendar = List.copyOf(calendar);
    publish = Collections.unmodifiableSet(new LinkedHashSet<>(publish));
    for (Period rollUp : rollUps) {
      if (baseWindows(base, rollUp).isEmpty()) {
        throw new IllegalArgumentException(rollUp + " is no multiple of " + base + ".");
      }
    }
    for (Period period : calendar) {
      if (!nests(base, period)) {
        throw new IllegalArgumentException(
            period + " does not hold whole windows of " + base + ".");
      }
    }
    if (!granularities(base, rollUps, calendar).containsAll(publish)) {
      throw new IllegalArgumentException(publish + " names a granularity that is not computed.");
    }
  }

  /** All granularities: the base, the roll-ups, the calendar. */
  public Set<String> granularities() {
    return granularities(base, rollUps, calendar);
  }

  /** The base windows that lie wholly in a stretch of time, ascending. */
  public List<Window> within(Window stretch) {
    List<Window> windows = new ArrayList<>();
    Window window = base.windowOf(stretch.start(), zone);
    while (!window.end().isAfter(stretch.end())) {
      if (!window.start().isBefore(stretch.start())) {
        windows.add(window);
      }
      window = base.after(window, zone);
    }
    return windows;
  }

  /** How many base windows in a row a roll-up adds up. */
  public int baseWindowsIn(Period rollUp) {
    return baseWindows(base, rollUp)
        .orElseThrow(
            () -> new IllegalArgumentException(rollUp + " is no multiple of " + base + "."));
  }

  /**
   * How far back from its end the longest roll-up or calendar window reaches with the one before
   * it, which it is compared with; nominally, rounded up.
   */
  public Duration lookBack() {
    Duration longest = days(base);
    for (Period period : rollUps) {
      longest = longer(longest, days(period));
    }
    for (Period period : calendar) {
      longest = longer(longest, days(period));
    }
    return longest.multipliedBy(2);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** No window of the period is longer, but for the hour that a clock may repeat. */
  private static Duration days(Period period) {
    return months(period) > 0
        ? Duration.ofDays(31L * months(period))
        : Duration.ofMinutes(minutes(period));
  }

  static WindowsConfig read(Block block) {
    int before = block.reading().problemCount();
    Period base = block.value("base", DAY, Period::parse);
    boolean knownBase = before == block.reading().problemCount();
    Set<String> names = new LinkedHashSet<>(Set.of(base.toString()));
    List<Period> rollUps = new ArrayList<>();
    for (Value element : block.elements("roll-up")) {
      Optional<Period> period = element.parse(Period::parse);
      if (period.isPresent() && knownBase) {
        if (calendarUnit(period.get().unit())) {
          element.wrong(
              "'"
                  + period.get()
                  + "' has no fixed length; write it under calendar, or in days or weeks");
        } else if (baseWindows(base, period.get()).isEmpty()) {
          element.wrong(
              "'"
                  + period.get()
                  + "' is not a whole multiple of the base of "
                  + base
                  + "; write a longer one that is");
        } else if (isNew(element, names, period.get())) {
          rollUps.add(period.get());
        }
      }
    }
    List<Period> calendar = new ArrayList<>();
    for (Value element : block.elements("calendar")) {
      Optional<Period> period = element.parse(Period::parse);
      if (period.isPresent() && knownBase) {
        if (!nests(base, period.get())) {
          element.wrong(
              "'"
                  + period.get()
                  + "' does not consist of whole windows of the base of "
                  + base
                  + "; write a longer one that does, or change the base");
        } else if (isNew(element, names, period.get())) {
          calendar.add(period.get());
        }
      }
    }
    block.recordSet("roll-up", texts(rollUps));
    block.recordSet("calendar", texts(calendar));
    ZoneId zone = block.value("zone", UTC, WindowsConfig::zone);
    Set<String> publish = publish(block, names, before == block.reading().problemCount());
    block.refuseUnknownKeys();
    return new WindowsConfig(base, rollUps, calendar, zone, publish);
  }

  private static Set<String> publish(Block block, Set<String> names, boolean known) {
    Set<String> publish = new LinkedHashSet<>();
    for (Value element : block.elements("publish")) {
      String name = element.parse(Period::parse).map(Period::toString).orElse(Block.MISSING);
      if (names.contains(name)) {
        publish.add(name);
      } else if (known && !name.equals(Block.MISSING)) {
        element.wrong(
            "'"
                + name
                + "' is neither the base nor a roll-up nor a calendar length; known: "
                + String.join(", ", names));
      }
    }
    Optional<Value> list = block.find("publish").filter(Value::isList);
    if (list.isEmpty()) {
      return names;
    }
    if (list.get().elements().isEmpty()) {
      block.wrong("publish", "publishes nothing; name a granularity, or leave the key out");
    }
    if (!publish.equals(names)) {
      block.recordSet("publish", publish);
    }
    return publish;
  }

  /** The name of a granularity, which must be one of the known. */
  static String granularity(String text, Collection<String> known) {
    String name = Period.parse(text).toString();
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a granularity that is published; known: "
              + String.join(", ", known));
    }
    return name;
  }

  private static boolean isNew(Value element, Set<String> names, Period period) {
    if (!names.add(period.toString())) {
      element.wrong("'" + period + "' is listed twice; remove one");
      return false;
    }
    return true;
  }

  private static Set<String> texts(List<Period> periods) {
    Set<String> texts = new TreeSet<>();
    periods.forEach(period -> texts.add(period.toString()));
    return texts;
  }

  private static Set<String> granularities(
      Period base, List<Period> rollUps, List<Period> calendar) {
    Set<String> names = new LinkedHashSet<>();
    names.add(base.toString());
    rollUps.forEach(period -> names.add(period.toString()));
    calendar.forEach(period -> names.add(period.toString()));
    return Collections.unmodifiableSet(names);
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a time zone; did you mean '"
              + Nearest.first(text, new TreeSet<>(ZoneId.getAvailableZoneIds())).get(0)
              + "'?",
          e);
    }
  }

  private static boolean calendarUnit(Period.Unit unit) {
    return months(new Period(1, unit)) > 0;
  }

  /** Nominally: a day counts 24 hours here, so a roll-up is always so many windows in a row. */
  private static Optional<Integer> baseWindows(Period base, Period rollUp) {
    int each = minutes(base);
    int all = minutes(rollUp);
    return each > 0 && all > each && all % each == 0 ? Optional.of(all / each) : Optional.empty();
  }

  /**
   * Whether every window of the outer period, cut by the calendar, is made of whole base windows.
   */
  private static boolean nests(Period base, Period outer) {
    if (months(base) > 0) {
      return months(outer) > months(base) && months(outer) % months(base) == 0;
    }
    boolean sameStart = base.unit() == outer.unit() || (withinDay(base) && withinDay(outer));
    if (sameStart) {
      return minutes(outer) > minutes(base) && minutes(outer) % minutes(base) == 0;
    }
    return withinDay(base) || base.equals(DAY);
  }

  private static boolean withinDay(Period period) {
    return period.unit() == Period.Unit.MINUTE || period.unit() == Period.Unit.HOUR;
  }

  private static int months(Period period) {
    return switch (period.unit()) {
      case MONTH -> period.count();
      case QUARTER -> 3 * period.count();
      case YEAR -> 12 * period.count();
      case MINUTE, HOUR, DAY, WEEK -> 0;
    };
  }

  /** 0 for months and longer. */
  private static int minutes(Period period) {
    return switch (period.unit()) {
      case MINUTE -> period.count();
      case HOUR -> 60 * period.count();
      case DAY -> 1_440 * period.count();
      case WEEK -> 10_080 * period.count();
      case MONTH, QUARTER, YEAR -> 0;
    };
  }
}
