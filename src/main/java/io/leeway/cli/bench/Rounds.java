package io.leeway.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Runs of several parts that were taken in turn, round by round; the first rounds do not count. */
final class Rounds {
  private final int warmUps;
  private final Consumer<String> progress;
  private final Map<String, List<Measured.Run>> taken = new LinkedHashMap<>();

  /** A part by name, and the one that it is held against. */
  record Ratio(String of, String to) {}

  /**
   * None yet.
   *
   * @param warmUps rounds that do not count
   * @param progress takes each run as it comes
   */
  Rounds(int warmUps, Consumer<String> progress) {
    this.warmUps = warmUps;
    this.progress = progress;
  }

  /**
   * Takes a run.
   *
   * @param round from 0 on
   */
  void add(String part, int round, Measured.Run run) {
    progress.accept(
        String.format(
            Locale.ROOT,
            "round %d  %-18s %7.2f s  %7.2f s of CPU",
            round,
            part,
            run.seconds(),
            run.cpuSeconds()));
    if (round >= warmUps) {
      taken.computeIfAbsent(part, name -> new ArrayList<>()).add(run);
    }
  }

  /** Medians and ratios of them, line by line. */
  List<String> lines(List<Ratio> ratios) {
    List<String> lines = new ArrayList<>();
    taken.keySet().forEach(part -> lines.add(measured(part).toString()));
    each(
        ratios, (name, ratio) -> lines.add(String.format(Locale.ROOT, "%-34s %8.2f", name, ratio)));
    return lines;
  }

  /** The same as fields of a JSON object. */
  List<String> json(List<Ratio> ratios) {
    List<String> fields = new ArrayList<>();
    taken.keySet().forEach(part -> fields.add(field(part + "_s", measured(part).medianSeconds())));
    each(ratios, (name, ratio) -> fields.add(field(name, ratio)));
    return fields;
  }

  private static String field(String name, double number) {
    return String.format(Locale.ROOT, "\"%s\": %.3f", name, number);
  }

  private void each(List<Ratio> ratios, BiConsumer<String, Double> take) {
    for (Ratio ratio : ratios) {
      String name = ratio.of() + " / " + ratio.to();
      Measured of = measured(ratio.of());
      Measured to = measured(ratio.to());
      take.accept(name, of.medianSeconds() / to.medianSeconds());
      take.accept(name + " by CPU", of.medianCpuSeconds() / to.medianCpuSeconds());
    }
  }

  private Measured measured(String part) {
    return new Measured(part, taken.get(part), "");
  }
}
