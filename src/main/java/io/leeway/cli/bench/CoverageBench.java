package io.leeway.cli.bench;

import io.leeway.domain.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How often the 95 % intervals that we publish hold the truth, on a grid of points of which the
 * truth is known: rates and gaps of two rates by summing up all outcomes, AUC, average precision
 * and gaps of several groups by draws with fixed seeds. Each {@linkplain IntervalKind kind} has
 * bars of its own.
 */
public final class CoverageBench {
  /** Fewer draws would leave some points with next to none. */
  public static final int LEAST_DRAWS = 100;

  private static final double[] RATES = {.02, .05, .1, .2, .5};
  private static final int[] SIZES = {200, 2_000, 20_000};
  private static final double[][] RATE_PAIRS = {{.05, .1}, {.1, .1}, {.2, .3}, {.5, .5}, {.85, .9}};
  private static final int[][] GAP_SIZES = {
    {100, 100}, {50, 500}, {200, 2_000}, {1_000, 1_000}, {2_000, 20_000}
  };
  private static final double[] AUCS = {.6, .7, .8, .9, .95};
  private static final int[][] CLASSES = {{30, 170}, {30, 470}, {50, 50}, {100, 1_900}, {500, 500}};

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample(.05, 2_000), new Sample(.1, 600), new Sample(.2, 500), new Sample(.3, 1_000));

  /** So many rows, of which 60 or more are to be expected positive. */
  private record Sample(double prevalence, int rows) {}

  private final List<Coverage> points;

  CoverageBench(List<Coverage> points) {
    this.points = List.copyOf(points);
  }

  /**
   * Measures.
   *
   * @param draws of each point that is not summed up, at least {@link #LEAST_DRAWS}
   * @param progress takes each kind when it is begun
   */
  public static CoverageBench of(int draws, Consumer<String> progress) {
    if (draws < LEAST_DRAWS) {
      throw new UserException(
          "A share needs " + LEAST_DRAWS + " draws or more, but --draws is " + draws + ".");
    }
    List<Coverage> points = new ArrayList<>();
    progress.accept(RateCoverage.RATE.name());
    for (double rate : RATES) {
      for (int n : SIZES) {
        points.add(RateCoverage.ofRate(rate, n));
      }
    }
    progress.accept(RateCoverage.GAP.name());
    for (double[] rates : RATE_PAIRS) {
      for (int[] sizes : GAP_SIZES) {
        points.add(RateCoverage.ofGap(rates[0], sizes[0], rates[1], sizes[1]));
      }
    }
    progress.accept(RankingCoverage.AUC.name());
    for (double auc : AUCS) {
      for (int[] of : CLASSES) {
        points.add(RankingCoverage.ofAuc(auc, of[0], of[1], draws, points.size()));
      }
    }
    progress.accept(RankingCoverage.AVERAGE_PRECISION.name());
    for (double auc : AUCS) {
      for (Sample of : SAMPLES) {
        points.add(
            RankingCoverage.ofAveragePrecision(
                auc, of.prevalence(), of.rows(), draws, points.size()));
      }
    }
    progress.accept(GroupGapCoverage.GAP.name());
    points.addAll(GroupGapCoverage.points(draws, points.size()));
    return new CoverageBench(points);
  }

  /**
   * What the bars forbid, in words; empty where all hold.
   *
   * @param errors by how many Monte Carlo standard errors a share may lie beyond a bar: 0 takes the
   *     shares as they are, 3 is for few draws
   */
  public List<String> misses(double errors) {
    List<String> misses = new ArrayList<>();
    for (Coverage of : points) {
      if (of.share() < of.kind().least() - errors * of.error()) {
        misses.add(
            String.format(Locale.ROOT, "%s, %s: %.4f", of.kind().name(), of.point(), of.share()));
      }
    }
    byKind()
        .forEach(
            (kind, of) -> {
              double mean = mean(of);
              double slack = errors * errorOfMean(of);
              if (mean < kind.leastMean() - slack || mean > kind.mostMean() + slack) {
                misses.add(String.format(Locale.ROOT, "%s, mean: %.4f", kind.name(), mean));
              }
            });
    return misses;
  }

  /** Two tables in Markdown: all points, and the kinds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("| interval | point | coverage | Monte Carlo error | mean width |");
    lines.add("|---|---|---:|---:|---:|");
    for (Coverage of : points) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.4f | %.4f | %.4f |",
              of.kind().name(),
              of.point(),
              of.share(),
              of.error(),
              of.width()));
    }
    lines.add("");
    lines.add("| interval | points | mean | least | most |");
    lines.add("|---|---:|---:|---:|---:|");
    byKind()
        .forEach(
            (kind, of) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "| %s | %d | %.4f ± %.4f | %.4f | %.4f |",
                        kind.name(),
                        of.size(),
                        mean(of),
                        errorOfMean(of),
                        of.stream().mapToDouble(Coverage::share).min().orElseThrow(),
                        of.stream().mapToDouble(Coverage::share).max().orElseThrow())));
    return lines;
  }

  private Map<IntervalKind, List<Coverage>> byKind() {
    return points.stream()
        .collect(Collectors.groupingBy(Coverage::kind, LinkedHashMap::new, Collectors.toList()));
  }

  private static double mean(List<Coverage> of) {
    return of.stream().mapToDouble(Coverage::share).average().orElseThrow();
  }

  private static double errorOfMean(List<Coverage> of) {
    return Math.sqrt(of.stream().mapToDouble(each -> each.error() * each.error()).sum())
        / of.size();
  }
}
