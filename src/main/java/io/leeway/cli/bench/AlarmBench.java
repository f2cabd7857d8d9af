package io.leeway.cli.bench;

import io.leeway.domain.UserException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * How often alarms are raised where nothing changes, over made-up histories of daily windows that
 * are judged as stored values are. Beside it what naive rules make of the same values.
 */
public final class AlarmBench {
  /** Of 200 histories at most so many may have a breach that calls for retraining or more. */
  private static final int MOST_SEVERE = 5;

  /** Of 200 histories at most so many may have any breach. */
  private static final int MOST_ANY = 10;

  private static final int OF = 200;

  /**
   * How large a history is.
   *
   * @param segments a multiple of five, at least ten
   * @param days windows of each history
   */
  record Extent(int features, int segments, int days) {
    static final Extent USUAL = new Extent(50, 50, 30);
  }

  private final Map<QuietKind, QuietAlarms> found;

  AlarmBench(Map<QuietKind, QuietAlarms> found) {
    this.found = new EnumMap<>(found);
  }

  /**
   * Judges.
   *
   * @param histories of each kind, at least one
   * @param progress takes each kind's line when it is done
   */
  public static AlarmBench of(
      Set<QuietKind> kinds, int histories, long seed, Consumer<String> progress) {
    return of(kinds, histories, seed, Extent.USUAL, Parallel.everyCore(), progress);
  }

  static AlarmBench of(
      Set<QuietKind> kinds,
      int histories,
      long seed,
      Extent extent,
      Parallel parallel,
      Consumer<String> progress) {
    if (histories < 1) {
      throw new UserException("There must be a history, but --histories is " + histories + ".");
    }
    Map<QuietKind, QuietAlarms> found = new EnumMap<>(QuietKind.class);
    for (QuietKind kind : kinds) {
      SplittableRandom root = kind.random(seed);
      List<Callable<QuietAlarms>> runs = new ArrayList<>();
      for (int history = 0; history < histories; history++) {
        SplittableRandom random = root.split();
        runs.add(
            () ->
                QuietAlarms.of(kind, extent.features(), extent.segments(), extent.days(), random));
      }
      QuietAlarms of = parallel.all(runs).stream().reduce(QuietAlarms.NONE, QuietAlarms::plus);
      progress.accept(line(kind, of));
      found.put(kind, of);
    }
    return new AlarmBench(found);
  }

  /** Which bars are missed, in words; empty where all hold. */
  public List<String> misses() {
    List<String> misses = new ArrayList<>();
    found.forEach(
        (kind, of) -> {
          if (of.withSevere() * OF > MOST_SEVERE * of.histories()) {
            misses.add(miss(kind, of.withSevere(), of, "severity retrain or above", MOST_SEVERE));
          }
          if (of.withAny() * OF > MOST_ANY * of.histories()) {
            misses.add(miss(kind, of.withAny(), of, "any severity", MOST_ANY));
          }
        });
    return misses;
  }

  private static String miss(QuietKind kind, int with, QuietAlarms of, String what, int most) {
    return String.format(
        Locale.ROOT,
        "%s: %d of %d histories have an alarm of %s; at most %d of %d may.",
        kind.text(),
        with,
        of.histories(),
        what,
        most,
        OF);
  }

  /** A table in Markdown. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| nothing changes | histories | with retrain or above | at most | with any alarm | at most"
            + " | alarms per history | p < 0.05: histories | alarms | PSI > 0.1: histories | alarms"
            + " |");
    lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    found.forEach((kind, of) -> lines.add(line(kind, of)));
    return lines;
  }

  private static String line(QuietKind kind, QuietAlarms of) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %.1f %% | %d | %.1f %% | %.3f | %.0f %% | %,.0f | %.0f %% | %,.0f |",
        kind.text(),
        of.histories(),
        of.withSevere(),
        100 * QuietAlarms.atMost(of.withSevere(), of.histories()),
        of.withAny(),
        100 * QuietAlarms.atMost(of.withAny(), of.histories()),
        (double) of.alarms() / of.histories(),
        100.0 * of.withSmallP() / of.histories(),
        (double) of.smallP() / of.histories(),
        100.0 * of.withLargePsi() / of.histories(),
        (double) of.largePsi() / of.histories());
  }
}
