package io.leeway.cli.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Within how many windows a change of one column, or of the accuracy, in one segment is found,
 * among all the columns and segments in which nothing changes; beside what the statistics page, B9,
 * says of single windows.
 */
public final class FoundBench {
  /** Windows within which a change that has to be seen twice can be expected to be found. */
  private static final int SOON = 3;

  private static final int[] WITHIN = {1, 2, SOON, Found.DAYS};

  /** Standard errors by which a share may be lower than a known one by chance, and its rounding. */
  private static final double ERRORS = 3;

  private static final double ROUNDED = 0.005;

  private final Map<Change, List<Found>> found;

  FoundBench(Map<Change, List<Found>> found) {
    this.found = new LinkedHashMap<>(found);
  }

  /**
   * Looks for changes.
   *
   * @param histories of each change, at least one
   * @param progress takes each change when it is done
   */
  public static FoundBench of(int histories, long seed, Consumer<String> progress) {
    return of(
        Change.pairs(), histories, seed, AlarmBench.Extent.USUAL, Parallel.everyCore(), progress);
  }

  static FoundBench of(
      List<List<Change>> changes,
      int histories,
      long seed,
      AlarmBench.Extent extent,
      Parallel parallel,
      Consumer<String> progress) {
    Map<Change, List<Found>> found = new LinkedHashMap<>();
    SplittableRandom root = new SplittableRandom(seed);
    for (List<Change> pair : changes) {
      List<Callable<List<Found>>> runs = new ArrayList<>();
      for (int history = 0; history < histories; history++) {
        SplittableRandom random = root.split();
        runs.add(() -> Found.of(pair, extent.features(), extent.segments(), random));
      }
      List<List<Found>> results = parallel.all(runs);
      pair.stream().map(FoundBench::name).distinct().forEach(progress);
      for (int at = 0; at < pair.size(); at++) {
        int of = at;
        found.put(pair.get(at), results.stream().map(result -> result.get(of)).toList());
      }
    }
    return new FoundBench(found);
  }

  private static String name(Change change) {
    return change.isDrift()
        ? String.format(Locale.ROOT, "drift of %.2f sd (PSI %.2f)", change.by(), change.truth())
        : String.format(
            Locale.ROOT,
            "accuracy down by %.0f points (%.0f %%)",
            100 * change.by(),
            100 * change.truth());
  }

  /** A table in Markdown. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| change in one segment | rows | rule | found within 1 window | 2 | 3 | 5 | p in one"
            + " window | B9, one window | |");
    lines.add("|---|---:|---|---:|---:|---:|---:|---:|---:|---|");
    found.keySet().stream()
        .sorted(Comparator.comparing(change -> !change.isDrift()))
        .forEach(change -> lines.add(line(change)));
    return lines;
  }

  private String line(Change change) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %s %s |",
            name(change),
            change.rows(),
            change.rule().text(),
            change.rule().severity().text()));
    for (int within : WITHIN) {
      line.append(String.format(Locale.ROOT, " %.2f |", within(change, within)));
    }
    line.append(String.format(Locale.ROOT, " %.2f |", inOne(change)));
    line.append(
        change.known().isEmpty()
            ? " |"
            : String.format(Locale.ROOT, " %.2f |", change.known().getAsDouble()));
    return line + remark(change) + " |";
  }

  /** What is to be said where less is found than could be. */
  private String remark(Change change) {
    boolean isLess = isLess(change, within(change, SOON));
    if (!change.isBeyondLimit()) {
      return " within the limit, not to be found";
    }
    if (isLess) {
      return isLess(change, inOne(change))
          ? " worse than B9"
          : " worse than B9: two of three windows have to show it";
    }
    return "";
  }

  /** Whether a share is lower than what is known, and not by chance. */
  private boolean isLess(Change change, double share) {
    if (change.known().isEmpty()) {
      return false;
    }
    double known = change.known().getAsDouble();
    double error = Math.sqrt(known * (1 - known) / found.get(change).size());
    return share < known - ROUNDED - ERRORS * error;
  }

  private double within(Change change, int windows) {
    return share(change, of -> of.windows() <= windows);
  }

  private double inOne(Change change) {
    return share(change, Found::inOne);
  }

  private double share(Change change, Predicate<Found> which) {
    List<Found> of = found.get(change);
    return (double) of.stream().filter(which).count() / of.size();
  }
}
