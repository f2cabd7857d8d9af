package io.leeway.monitor;

import io.leeway.domain.ColumnRole;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.monitor.metrics.BetweenWindows;
import io.leeway.monitor.metrics.ColumnFacts;
import io.leeway.monitor.metrics.ColumnMeasures;
import io.leeway.monitor.metrics.LateLabels;
import io.leeway.monitor.metrics.Spreads;
import io.leeway.monitor.metrics.ValueRange;
import io.leeway.monitor.metrics.Varying;
import io.leeway.profile.BinDetail;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.Profile;
import io.leeway.profile.ProfileBundle;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileMerger;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.store.MetricRows;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * Sums the reference's base windows, column by column and segment by segment, and measures the sums
 * and how much the windows vary about them.
 *
 * <p>The factor of a rate, mean or quantile stands in {@code phi} and {@code phi_df} of its own
 * row; {@code overdispersion} and {@code overdispersion_ks} tell those of distances. Where the
 * windows tell none, {@code phi} is the configured design effect without {@code phi_df}, marked as
 * assumed; of slices of several columns the two are then not written.
 */
final class ReferenceSeries implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What has no row of the reference that its factor could stand in. */
  private static final List<Varying> WITHOUT_ROW =
      List.of(Varying.BINS, Varying.KOLMOGOROV_SMIRNOV, Varying.MEAN_TOGETHER);

  private final String model;

  /** As they are scanned, each by itself, and as they are looked at. */
  private final HashMap<String, MonitoredColumn> columns = new HashMap<>();

  private final String firstColumn;

  /** {@code null} where the model has no labels. */
  private final OutcomeContext outcome;

  /** The gaps between groups that are written. */
  private final HashSet<String> gaps;

  private final long startMillis;
  private final long endMillis;
  private final int leastWindows;
  private final double designEffect;
  private final MetricContext.StampValues stamp;

  /**
   * @param leastWindows that tell how much they vary
   * @param outcome what is known of labels; empty where none are involved
   * @param gaps those between groups that are written
   */
  ReferenceSeries(
      String model,
      List<MonitoredColumn> monitored,
      Window window,
      int leastWindows,
      double designEffect,
      Optional<OutcomeContext> outcome,
      Set<String> gaps,
      MetricContext.StampValues stamp) {
    this.model = model;
    monitored.forEach(column -> columns.put(column.name(), column));
    Baseline.measured(monitored).forEach(column -> columns.put(column.name(), column));
    this.outcome = outcome.orElse(null);
    this.gaps = new HashSet<>(gaps);
    this.firstColumn = monitored.get(0).name();
    this.startMillis = window.start().toEpochMilli();
    this.endMillis = window.end().toEpochMilli();
    this.leastWindows = leastWindows;
    this.designEffect = designEffect;
    this.stamp = stamp;
  }

  private Optional<OutcomeContext> outcome() {
    return Optional.ofNullable(outcome);
  }

  /** One row for {@code profiles} per version and column: the sum over the whole reference. */
  ProfileFrames.OfSlice sums() {
    return new ProfileFrames.OfSlice() {
      @Override
      public void take(List<Found> found, Consumer<Row> rows) {
        sums(found, rows);
      }

      @Override
      public void end(Consumer<Row> rows) {}
    };
  }

  private void sums(List<Found> found, Consumer<Row> rows) {
    Map<String, List<Found>> byColumn = new TreeMap<>();
    found.forEach(
        one ->
            byColumn.computeIfAbsent(one.subject().column(), name -> new ArrayList<>()).add(one));
    byColumn.forEach((column, series) -> sumsOf(column, series, rows));
  }

  private void sumsOf(String column, List<Found> found, Consumer<Row> rows) {
    byVersion(found)
        .forEach(
            (version, of) ->
                rows.accept(
                    ProfileRows.row(
                        subject(of.get(0), column),
                        ProfileRows.REFERENCE,
                        sum(of, merger(of.get(0), column)).stored(),
                        stamp.stamp())));
  }

  /** Rows for {@code metrics}: the reference's own values, and what its groups differ by. */
  ProfileFrames.OfSlice metrics(Slice slice) {
    Optional<ReferenceGroups> groups = outcome().map(of -> new ReferenceGroups(of, slice));
    return new ProfileFrames.OfSlice() {
      @Override
      public void take(List<Found> found, Consumer<Row> rows) {
        metrics(found, groups, rows);
      }

      @Override
      public void end(Consumer<Row> rows) {
        groups.ifPresent(of -> of.tell((subject, measure) -> gap(subject, measure, rows)));
      }
    };
  }

  private void gap(Subject subject, Measure measure, Consumer<Row> rows) {
    if (gaps.contains(measure.metric())) {
      rows.accept(row(subject, Part.Kind.OUTCOMES, measure));
    }
  }

  private void metrics(List<Found> found, Optional<ReferenceGroups> groups, Consumer<Row> rows) {
    String family = MonitoredColumn.family(found.get(0).subject().column());
    byVersion(found)
        .forEach(
            (version, of) -> {
              Profile<?> sum = measure(of, family, merger(of.get(0), family), rows);
              if (sum instanceof ProfileBundle bundle) {
                groups.ifPresent(known -> known.add(subject(of.get(0), ""), bundle));
              }
            });
  }

  /** Writes what is told of a segment, and gives back its sum. */
  private <P extends Profile<P>> P measure(
      List<Found> found, String column, ProfileMerger<P> merger, Consumer<Row> rows) {
    TreeMap<Window, P> byWindow = new TreeMap<>();
    for (Found one : found) {
      P profile = merger.rebuild(one.subject().column(), one.profile());
      byWindow.merge(one.subject().window(), profile, Profile::merge);
    }
    List<P> windows = List.copyOf(byWindow.values());
    P sum = merger.sum(windows);
    ColumnRole role = columns.get(column).role();
    ColumnFacts facts = facts(role, sum);
    Map<Varying, Outcome<Overdispersion>> between =
        BetweenWindows.of(facts, sum, windows, leastWindows);
    Map<Varying, Overdispersion> estimates = new EnumMap<>(Varying.class);
    between.forEach(
        (varying, outcome) -> outcome.value().ifPresent(phi -> estimates.put(varying, phi)));
    Found first = found.get(0);
    if (first.subject().column().equals(firstColumn)) {
      Measure n = Measure.of("n", Comparison.NONE, (double) sum.rows()).n(sum.rows()).build();
      rows.accept(row(subject(first, ""), Part.Kind.INPUTS, n));
    }
    Subject subject = subject(first, MonitoredColumn.told(column));
    Part.Kind part = role.part();
    ColumnMeasures.statistics(sum, new Spreads(estimates, designEffect), facts)
        .forEach(measure -> rows.accept(row(subject, part, measure)));
    for (Varying varying : WITHOUT_ROW) {
      Outcome<Overdispersion> factor = between.get(varying);
      boolean cross = subject.segment().slice().columns().size() > 1;
      boolean wanted = factor != null && ColumnMeasures.isCompared(role);
      if (wanted && (factor.isDefined() || !cross)) {
        rows.accept(row(subject, part, measure(varying.metric(), factor, sum.rows())));
      }
    }
    return sum;
  }

  private ColumnFacts facts(ColumnRole role, Profile<?> sum) {
    Optional<ValueRange> range =
        sum instanceof NumericProfile numeric ? ValueRange.of(numeric.grid()) : Optional.empty();
    return new ColumnFacts(
        role,
        range,
        Duration.ofMillis(endMillis - startMillis),
        outcome().map(OutcomeContext::members),
        LateLabels.NONE,
        metric -> true);
  }

  private static Measure measure(String metric, Outcome<Overdispersion> factor, long n) {
    return factor
        .fold(
            phi ->
                Measure.of(metric, Comparison.NONE, phi.phi())
                    .overdispersion(phi.phi(), phi.degrees()),
            why -> Measure.undefined(metric, Comparison.NONE, why))
        .n(n)
        .build();
  }

  private Row row(Subject subject, Part.Kind part, Measure measure) {
    return MetricRows.row(subject, part, measure, stamp.stamp());
  }

  private Subject subject(Found found, String column) {
    Window window = new Window(Instant.ofEpochMilli(startMillis), Instant.ofEpochMilli(endMillis));
    return new Subject(
        model,
        found.subject().modelVersion(),
        Subject.REFERENCE,
        window,
        found.subject().segment(),
        column);
  }

  private static Map<String, List<Found>> byVersion(List<Found> found) {
    Map<String, List<Found>> byVersion = new TreeMap<>();
    for (Found one : found) {
      byVersion
          .computeIfAbsent(
              Objects.requireNonNullElse(one.subject().modelVersion(), ""), v -> new ArrayList<>())
          .add(one);
    }
    return byVersion;
  }

  private static <P extends Profile<P>> P sum(List<Found> found, ProfileMerger<P> merger) {
    return merger.sum(found.stream().map(one -> merger.rebuild(one.profile())).toList());
  }

  private ProfileMerger<?> merger(Found found, String column) {
    BinDetail detail =
        found.subject().segment().slice().isOverall() ? BinDetail.FINE : BinDetail.COARSE;
    return columns.get(column).merger(detail);
  }
}
