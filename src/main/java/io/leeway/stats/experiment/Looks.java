package io.leeway.stats.experiment;

import io.leeway.stats.Outcome;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The effect on one metric as it stood after each day: that of all units first exposed up to it.
 * Days without units are left out.
 */
public final class Looks {
  /** No day is in yet. */
  public static final Looks NONE = new Looks(new TreeMap<>());

  private static final String NO_DAY = "No day has outcomes in both arms yet.";

  private final NavigableMap<LocalDate, Outcome<Effect>> byDay;

  private Looks(NavigableMap<LocalDate, Outcome<Effect>> byDay) {
    this.byDay = byDay;
  }

  /** Of what was estimated elsewhere; undefined where a day had too little. */
  public static Looks of(Map<LocalDate, Outcome<Effect>> byDay) {
    return new Looks(new TreeMap<>(byDay));
  }

  /**
   * The change of a gap, these looks less those at units of which none is among these, on every day
   * on which either moved; undefined where either is.
   */
  public Looks minus(Looks other) {
    NavigableSet<LocalDate> days = new TreeSet<>(byDay.keySet());
    days.addAll(other.byDay.keySet());
    NavigableMap<LocalDate, Outcome<Effect>> differences = new TreeMap<>();
    for (LocalDate day : days) {
      differences.put(
          day, upTo(day).flatMap(one -> other.upTo(day).map(another -> one.minus(another))));
    }
    return new Looks(differences);
  }

  private Outcome<Effect> upTo(LocalDate day) {
    Map.Entry<LocalDate, Outcome<Effect>> found = byDay.floorEntry(day);
    return found == null ? Outcome.undefined(NO_DAY) : found.getValue();
  }

  public SortedMap<LocalDate, Outcome<Effect>> byDay() {
    return Collections.unmodifiableSortedMap(byDay);
  }

  /** What stands after the last day. */
  public Outcome<Effect> latest() {
    return byDay.isEmpty() ? Outcome.undefined(NO_DAY) : byDay.lastEntry().getValue();
  }

  /** Days with units. */
  public int days() {
    return byDay.size();
  }

  /** From the first day with units to the last, both counted; 0 without any. */
  public long span() {
    return byDay.isEmpty() ? 0 : ChronoUnit.DAYS.between(byDay.firstKey(), byDay.lastKey()) + 1;
  }

  /** Those that exist, in order. */
  List<Effect> effects() {
    List<Effect> effects = new ArrayList<>();
    byDay.values().forEach(look -> look.value().ifPresent(effects::add));
    return effects;
  }
}
