package io.leeway.monitor.metrics;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.IdSample;
import io.leeway.profile.JointGrid;
import io.leeway.profile.JointProfile;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.Profile;
import io.leeway.profile.ProfileBundle;
import io.leeway.profile.RatioProfile;
import io.leeway.stats.CrossMoments;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.CorrelationChange;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How much the statistics of a column in a segment vary between the reference's base windows: each
 * by its own factor, or the reason why there is none.
 *
 * <p>Estimated where enough windows have rows, and where a window may be expected to hold five of
 * the rarer: events or others of a rate, rows of a bin, rows on either side of a quantile, rows of
 * a mean. The statistics page, B4.
 */
public final class BetweenWindows {
  private final WindowFactors factors;
  private final EnumMap<Varying, Outcome<Overdispersion>> found = new EnumMap<>(Varying.class);

  private BetweenWindows(WindowFactors factors) {
    this.factors = factors;
  }

  /**
   * Of the windows of one reference; nothing of the minutes of its rows, which only move on.
   *
   * @param facts what is known of the column
   * @param whole their sum
   * @param leastWindows how many make an estimate trustworthy
   */
  public static Map<Varying, Outcome<Overdispersion>> of(
      ColumnFacts facts, Profile<?> whole, List<? extends Profile<?>> windows, int leastWindows) {
    ColumnRole role = facts.role();
    BetweenWindows between = new BetweenWindows(new WindowFactors(leastWindows));
    if (role == ColumnRole.THROUGHPUT) {
      return between.found;
    }
    if (whole instanceof NumericProfile numbers) {
      between.addNumbers(numbers, windows.stream().map(NumericProfile.class::cast).toList());
    } else if (whole instanceof RatioProfile ratio) {
      between.addRatio(ratio, windows.stream().map(RatioProfile.class::cast).toList());
    } else if (whole instanceof ProfileBundle bundle) {
      return OutcomesBetweenWindows.of(
          facts.members().orElseThrow(),
          bundle,
          windows.stream().map(ProfileBundle.class::cast).toList(),
          between.factors);
    } else if (whole instanceof IdSample) {
      between.addRate(Varying.NULL_RATE, windows, Profile::nulls, Profile::rows);
    } else if (whole instanceof JointProfile) {
      between.addTogether(windows.stream().map(JointProfile.class::cast).toList());
    } else {
      between.addCategories(role, windows.stream().map(CategoricalProfile.class::cast).toList());
    }
    return between.found;
  }

  private void addCategories(ColumnRole role, List<CategoricalProfile> windows) {
    addRate(Varying.NULL_RATE, windows, Profile::nulls, Profile::rows);
    if (role == ColumnRole.FAILURE) {
      addRate(Varying.FAILURE_RATE, windows, OperationMeasures::failures, Profile::n);
      return;
    }
    found.put(
        Varying.BINS,
        factors.ofBins(windows.stream().map(BetweenWindows::counts).toArray(long[][]::new)));
  }

  /** The mean residual {@code x - rho y} of each window, {@code rho} the ratio of all of them. */
  private void addRatio(RatioProfile whole, List<RatioProfile> windows) {
    long[] rows = perWindow(windows, RatioProfile::n);
    Outcome<MeanInterval> ratio = whole.ratio().ratio(Overdispersion.NONE);
    found.put(
        Varying.BUSINESS_RATIO,
        WindowFactors.unless(
            factors.objection(rows, whole.n(), "rows with both numbers"),
            () -> ratio.flatMap(known -> ofResiduals(known, whole, windows, rows))));
  }

  private static Outcome<Overdispersion> ofResiduals(
      MeanInterval ratio, RatioProfile whole, List<RatioProfile> windows, long[] rows) {
    double[] means = new double[rows.length];
    for (int w = 0; w < rows.length; w++) {
      RatioProfile window = windows.get(w);
      double residuals = window.numerator() - ratio.mean() * window.denominator();
      means[w] = rows[w] == 0 ? 0 : residuals / rows[w];
    }
    double deviation =
        ratio.standardError() * Math.abs(whole.denominator()) / Math.sqrt((double) whole.n());
    return deviation > 0
        ? Overdispersion.ofMeans(means, rows, deviation)
        : Outcome.undefined("All rows have the same ratio, or some are too large to be squared.");
  }

  /** How much correlations vary, and the mean of the score. */
  private void addTogether(List<JointProfile> windows) {
    JointGrid grid = windows.get(0).grid();
    long[] rows = perWindow(windows, JointProfile::n);
    if (grid.keeps() == JointGrid.Keeps.MOMENTS && grid.inputs() > 1) {
      List<CrossMoments> moments =
          windows.stream().map(window -> window.crossMoments(false)).toList();
      found.put(
          Varying.BINS,
          WindowFactors.unless(
              factors.objection(rows, WindowFactors.sum(rows), "rows"),
              () -> CorrelationChange.overdispersion(moments)));
    }
    if (grid.hasOutput()) {
      found.put(Varying.MEAN_TOGETHER, ofScores(windows, rows));
    }
  }

  private Outcome<Overdispersion> ofScores(List<JointProfile> windows, long[] rows) {
    double[] means = new double[rows.length];
    double sum = 0;
    double squares = 0;
    for (int w = 0; w < rows.length; w++) {
      double ofWindow = windows.get(w).outputSum();
      means[w] = rows[w] == 0 ? 0 : ofWindow / rows[w];
      sum += ofWindow;
      squares += windows.get(w).outputSquares();
    }
    long n = WindowFactors.sum(rows);
    return factors.ofMeans(means, rows, Math.sqrt((squares - sum * sum / n) / (n - 1)));
  }

  private static long[] counts(CategoricalProfile profile) {
    long[] counts = new long[profile.dictionary().size() + 1];
    for (int code = 0; code < counts.length - 1; code++) {
      counts[code] = profile.dictionaryCount(code);
    }
    counts[counts.length - 1] = profile.nulls();
    return counts;
  }

  private void addNumbers(NumericProfile whole, List<NumericProfile> windows) {
    addRate(Varying.NULL_RATE, windows, NumericProfile::nulls, NumericProfile::rows);
    addRate(Varying.NAN_RATE, windows, NumericProfile::nans, NumericProfile::rows);
    addRate(Varying.INFINITE_RATE, windows, NumericStatistics::infinities, NumericProfile::rows);
    if (NumericStatistics.hasUnitRange(whole)) {
      addRate(Varying.OUT_OF_UNIT_RATE, windows, NumericStatistics::outOfUnit, NumericProfile::n);
    }
    if (whole.grid().kind() == ColumnKind.OPERATIONAL) {
      addRate(Varying.NEGATIVE_RATE, windows, OperationMeasures::negatives, NumericProfile::n);
    }
    found.put(Varying.MEAN, factors.ofMeans(whole, windows));
    addDistribution(whole.grid(), windows);
  }

  private <P> void addRate(
      Varying of, List<P> windows, ToLongFunction<P> events, ToLongFunction<P> rows) {
    found.put(of, factors.ofRates(perWindow(windows, events), perWindow(windows, rows)));
  }

  private static <P> long[] perWindow(List<P> windows, ToLongFunction<P> count) {
    return windows.stream().mapToLong(count).toArray();
  }

  /** All that follows from the rows between the edges of the grid. */
  private void addDistribution(NumericGrid grid, List<NumericProfile> windows) {
    double[] edges = grid.edges();
    long[][] below =
        windows.stream().map(window -> below(window.binCounts())).toArray(long[][]::new);
    long[] rows = perWindow(windows, NumericProfile::n);
    long[] events = new long[edges.length];
    for (long[] window : below) {
      for (int edge = 0; edge < edges.length; edge++) {
        events[edge] += window[edge];
      }
    }
    NumericStatistics.quantiles(grid.kind())
        .forEach(
            (quantile, share) ->
                found.put(
                    quantile,
                    ofQuantile(below, rows, nearest(events, share * WindowFactors.sum(rows)))));
    int[] deciles =
        Arrays.stream(grid.deciles()).mapToInt(at -> Arrays.binarySearch(edges, at)).toArray();
    long[][] counts = new long[below.length][];
    for (int w = 0; w < counts.length; w++) {
      counts[w] = between(below[w], deciles, rows[w]);
    }
    found.put(Varying.BINS, factors.ofBins(counts));
    found.put(Varying.KOLMOGOROV_SMIRNOV, factors.ofCumulative(counts));
  }

  /** Rows below each edge. */
  private static long[] below(long[] binCounts) {
    long[] below = new long[binCounts.length - 1];
    long sum = 0;
    for (int edge = 0; edge < below.length; edge++) {
      sum += binCounts[edge];
      below[edge] = sum;
    }
    return below;
  }

  private static long[] between(long[] below, int[] edges, long rows) {
    long[] counts = new long[edges.length + 1];
    long before = 0;
    for (int i = 0; i < edges.length; i++) {
      counts[i] = below[edges[i]] - before;
      before = below[edges[i]];
    }
    counts[edges.length] = rows - before;
    return counts;
  }

  /** The edge below which the number of rows is closest to {@code wanted}; −1 without edges. */
  private static int nearest(long[] events, double wanted) {
    int nearest = -1;
    for (int edge = 0; edge < events.length; edge++) {
      if (nearest < 0 || Math.abs(events[edge] - wanted) < Math.abs(events[nearest] - wanted)) {
        nearest = edge;
      }
    }
    return nearest;
  }

  private Outcome<Overdispersion> ofQuantile(long[][] below, long[] rows, int edge) {
    return edge < 0
        ? Outcome.undefined("The grid has no edges.")
        : factors.ofRates(Arrays.stream(below).mapToLong(window -> window[edge]).toArray(), rows);
  }
}
