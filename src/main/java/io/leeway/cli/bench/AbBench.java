package io.leeway.cli.bench;

import io.leeway.domain.UserException;
import io.leeway.stats.experiment.Ruling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * How A/B tests that are looked at every day end, over made-up ones ({@link AbHistory}): with no
 * difference, with a real one, with one that does harm.
 */
public final class AbBench {
  /** Where nothing differs, so many tests may say SHIP. */
  private static final double MOST_SHIPPED = 0.05;

  private static final double[] RATES = {.05, .01, .002};

  /** Rows of the table: a kind at a base rate of the success metric. */
  record Row(AbKind kind, double rate) {
    String text() {
      return String.format(Locale.ROOT, "%s, base rate %s %%", kind.text(), percent());
    }

    private String percent() {
      return rate < .01
          ? String.format(Locale.ROOT, "%.1f", 100 * rate)
          : String.format(Locale.ROOT, "%.0f", 100 * rate);
    }
  }

  private final Map<Row, AbOutcomes> found;

  AbBench(Map<Row, AbOutcomes> found) {
    this.found = new LinkedHashMap<>(found);
  }

  /**
   * Simulates.
   *
   * @param tests of each row, at least one
   * @param progress takes each row's text when it is done
   */
  public static AbBench of(int tests, long seed, Consumer<String> progress) {
    return of(tests, seed, Parallel.everyCore(), progress);
  }

  static AbBench of(int tests, long seed, Parallel parallel, Consumer<String> progress) {
    if (tests < 1) {
      throw new UserException("There must be a test, but --tests is " + tests + ".");
    }
    SplittableRandom root = new SplittableRandom(seed);
    Map<Row, AbOutcomes> found = new LinkedHashMap<>();
    for (AbKind kind : AbKind.values()) {
      for (double rate : RATES) {
        List<Callable<AbHistory>> runs = new ArrayList<>();
        for (int test = 0; test < tests; test++) {
          SplittableRandom random = root.split();
          runs.add(() -> AbHistory.of(kind, rate, random));
        }
        Row row = new Row(kind, rate);
        found.put(row, new AbOutcomes(parallel.all(runs)));
        progress.accept(row.text());
      }
    }
    return new AbBench(found);
  }

  /** Which bars are missed, in words; empty where all hold. */
  public List<String> misses() {
    List<String> misses = new ArrayList<>();
    found.forEach(
        (row, of) -> {
          if (row.kind().isSame() && of.share(Ruling.SHIP) > MOST_SHIPPED) {
            misses.add(
                String.format(
                    Locale.ROOT,
                    "%s: %d of %d tests say SHIP; at most 5 %% may.",
                    row.text(),
                    of.count(Ruling.SHIP),
                    of.tests()));
          }
        });
    return misses;
  }

  /** A table in Markdown. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| challenger | base rate | tests | SHIP | at most | median day | naive z at any look"
            + " | ROLL_BACK | median day | INVALID | INCONCLUSIVE |");
    lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    found.forEach((row, of) -> lines.add(line(row, of)));
    return lines;
  }

  private static String line(Row row, AbOutcomes of) {
    return String.format(
        Locale.ROOT,
        "| %s | %s %% | %d | %.1f %% | %.1f %% | %s | %.1f %% | %.1f %% | %s | %.1f %% | %.1f %% |",
        row.kind().text(),
        row.percent(),
        of.tests(),
        100 * of.share(Ruling.SHIP),
        100 * QuietAlarms.atMost(of.count(Ruling.SHIP), of.tests()),
        day(of.medianDay(Ruling.SHIP)),
        100 * of.naiveShare(),
        100 * of.share(Ruling.ROLL_BACK),
        day(of.medianDay(Ruling.ROLL_BACK)),
        100 * of.share(Ruling.INVALID),
        100 * of.share(Ruling.INCONCLUSIVE));
  }

  private static String day(OptionalInt of) {
    return of.isPresent() ? Integer.toString(of.getAsInt()) : "";
  }
}
