package io.leeway.monitor;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.monitor.metrics.ColumnMeasures;
import io.leeway.monitor.metrics.Spread;
import io.leeway.monitor.metrics.ValueRange;
import io.leeway.profile.BinDetail;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.Profile;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileMerger;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.store.MetricRows;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * Sums the reference's base windows, column by column and segment by segment, and measures the
 * sums.
 */
final class ReferenceSeries implements Serializable {
  /**
   * The metric that carries the overdispersion of a column's bins between the reference's windows.
   */
  static final String OVERDISPERSION = "overdispersion";

  private static final long serialVersionUID = 1L;
  private static final double LEAST_MEAN_COUNT = 5;

  private final String model;
  private final HashMap<String, MonitoredColumn> columns = new HashMap<>();
  private final String firstColumn;
  private final long startMillis;
  private final long endMillis;
  private final int leastWindows;
  private final double designEffect;
  private final MetricContext.StampValues stamp;

  ReferenceSeries(
      String model,
      List<MonitoredColumn> monitored,
      Window window,
      int leastWindows,
      double designEffect,
      MetricContext.StampValues stamp) {
    this.model = model;
    monitored.forEach(column -> columns.put(column.name(), column));
    this.firstColumn = monitored.get(0).name();
    this.startMillis = window.start().toEpochMilli();
    this.endMillis = window.end().toEpochMilli();
    this.leastWindows = leastWindows;
    this.designEffect = designEffect;
    this.stamp = stamp;
  }

  /** One row for {@code profiles} per version: the sum over the whole reference. */
  void sums(List<Found> found, Consumer<Row> rows) {
    byVersion(found)
        .forEach(
            (version, of) ->
                rows.accept(
                    ProfileRows.row(
                        subject(of.get(0), of.get(0).subject().column()),
                        ProfileRows.REFERENCE,
                        sum(of).stored(),
                        stamp.stamp())));
  }

  /** Rows for {@code metrics}: the reference's own values. */
  void metrics(List<Found> found, Consumer<Row> rows) {
    byVersion(found).forEach((version, of) -> measure(of, rows));
  }

  private void measure(List<Found> found, Consumer<Row> rows) {
    Profile<?> sum = sum(found);
    Outcome<Overdispersion> between = overdispersion(found);
    Spread spread =
        between.value().map(phi -> new Spread(phi, true)).orElse(Spread.assumed(designEffect));
    Found first = found.get(0);
    if (first.subject().column().equals(firstColumn)) {
      Measure n = Measure.of("n", Comparison.NONE, (double) sum.rows()).n(sum.rows()).build();
      rows.accept(row(subject(first, ""), n));
    }
    Subject subject = subject(first, first.subject().column());
    Optional<ValueRange> range =
        sum instanceof NumericProfile numeric ? ValueRange.of(numeric.grid()) : Optional.empty();
    ColumnMeasures.statistics(sum, spread, range)
        .forEach(measure -> rows.accept(row(subject, measure)));
    Measure.Builder factor =
        between.fold(
            phi ->
                Measure.of(OVERDISPERSION, Comparison.NONE, phi.phi())
                    .overdispersion(phi.phi(), phi.degrees()),
            why -> Measure.undefined(OVERDISPERSION, Comparison.NONE, why));
    rows.accept(row(subject, factor.n(sum.rows()).build()));
  }

  private Row row(Subject subject, Measure measure) {
    return MetricRows.row(subject, Part.Kind.INPUTS, null, measure, stamp.stamp());
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

  private Profile<?> sum(List<Found> found) {
    return sum(found, merger(found.get(0)));
  }

  private static <P extends Profile<P>> P sum(List<Found> found, ProfileMerger<P> merger) {
    return merger.sum(found.stream().map(one -> merger.rebuild(one.profile())).toList());
  }

  private ProfileMerger<?> merger(Found found) {
    BinDetail detail =
        found.subject().segment().slice().isOverall() ? BinDetail.FINE : BinDetail.COARSE;
    return ProfileMerger.of(columns.get(found.subject().column()), detail);
  }

  private Outcome<Overdispersion> overdispersion(List<Found> found) {
    if (found.size() < leastWindows) {
      return Outcome.undefined(
          "The reference has "
              + found.size()
              + " windows with rows; an estimate needs "
              + leastWindows
              + ".");
    }
    ProfileMerger<?> merger = merger(found.get(0));
    long[][] counts = new long[found.size()][];
    long all = 0;
    for (int window = 0; window < counts.length; window++) {
      counts[window] = counts(merger.rebuild(found.get(window).profile()));
      for (long count : counts[window]) {
        all += count;
      }
    }
    if (counts[0].length < 2) {
      return Outcome.undefined("There is one bin only.");
    }
    double mean = (double) all / counts.length / counts[0].length;
    return mean < LEAST_MEAN_COUNT
        ? Outcome.undefined("A window has fewer than five rows a bin.")
        : Overdispersion.ofBins(counts);
  }

  private static long[] counts(Profile<?> profile) {
    if (profile instanceof NumericProfile numeric) {
      return numeric.countsBetween(numeric.grid().deciles());
    }
    CategoricalProfile categorical = (CategoricalProfile) profile;
    long[] counts = new long[categorical.dictionary().size() + 1];
    for (int code = 0; code < counts.length - 1; code++) {
      counts[code] = categorical.dictionaryCount(code);
    }
    counts[counts.length - 1] = categorical.nulls();
    return counts;
  }
}
