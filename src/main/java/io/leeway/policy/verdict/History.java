package io.leeway.policy.verdict;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.GroupRate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The stored values of one model in the windows of one granularity, and those of its reference: all
 * that may be looked at to judge it.
 */
public final class History {
  private static final String JOINED = ", ";

  private final String model;
  private final String granularity;

  /** By window, then by metric. */
  private final TreeMap<Window, Map<String, Map<Series, Measure>>> windows = new TreeMap<>();

  /** By place, whatever the version; then by version, of the newest baseline first. */
  private final Map<Series, Map<String, List<Measure>>> reference = new HashMap<>();

  /** The one object that stands for each place, so that a look at the same place is a glance. */
  private final Map<Series, Series> places = new HashMap<>();

  private Preceding preceding;

  private History(String model, String granularity) {
    this.model = model;
    this.granularity = granularity;
  }

  /**
   * Of stored values, in any order but for those of the reference. Where that was moved, each of
   * its places has a value of every baseline, and windows that an older one measured find theirs.
   *
   * @param granularity the text of a {@link Period}
   * @param zone in which windows are cut
   * @param values of this granularity, and of {@link Subject#REFERENCE}; of these the newest
   *     baseline's first
   * @throws IllegalArgumentException if a value is of another model or granularity, or that of a
   *     window is there twice
   */
  public static History of(
      String model, String granularity, ZoneId zone, Collection<Stored> values) {
    return of(model, granularity, zone, values, List.of());
  }

  /**
   * The same with values that are not stored.
   *
   * @param besides of this granularity; each counts only where none is stored of its place
   */
  public static History of(
      String model,
      String granularity,
      ZoneId zone,
      Collection<Stored> values,
      Collection<Stored> besides) {
    History history = new History(model, granularity);
    values.forEach(history::add);
    besides.stream().filter(of -> !history.holds(of)).forEach(history::add);
    history.preceding = Preceding.of(granularity, zone, history.windows.keySet());
    return history;
  }

  private boolean holds(Stored of) {
    return value(of.subject().window(), Series.of(of.subject(), of.measure())).isPresent();
  }

  private void add(Stored stored) {
    Subject subject = stored.subject();
    Series told = Series.of(subject, stored.measure());
    Series known = places.putIfAbsent(told, told);
    Series series = known == null ? told : known;
    boolean ofReference = subject.granularity().equals(Subject.REFERENCE);
    if (!subject.model().equals(model)
        || !(ofReference || subject.granularity().equals(granularity))) {
      throw new IllegalArgumentException(
          "The history is of model '"
              + model
              + "' and windows of "
              + granularity
              + ", but a value is of "
              + subject
              + ".");
    }
    if (ofReference) {
      reference
          .computeIfAbsent(anyVersion(series), place -> new TreeMap<>())
          .computeIfAbsent(version(series), version -> new ArrayList<>(1))
          .add(stored.measure());
      return;
    }
    Measure before =
        windows
            .computeIfAbsent(subject.window(), window -> new HashMap<>())
            .computeIfAbsent(series.metric(), metric -> new LinkedHashMap<>())
            .put(series, stored.measure());
    if (before != null) {
      throw new IllegalArgumentException("There are two values of " + series + " in " + subject);
    }
  }

  private static Series anyVersion(Series series) {
    return new Series(
        null,
        series.segment(),
        series.column(),
        series.metric(),
        series.classLabel(),
        series.comparison());
  }

  private static String version(Series series) {
    return Objects.requireNonNullElse(series.modelVersion(), "");
  }

  public String model() {
    return model;
  }

  public String granularity() {
    return granularity;
  }

  /** Windows of which anything is stored, ascending. */
  public NavigableSet<Window> windows() {
    return Collections.unmodifiableNavigableSet(windows.navigableKeySet());
  }

  /** Whether anything is stored of a window. */
  boolean has(Window window) {
    return windows.containsKey(window);
  }

  /** What is stored of a metric in a window, in the order in which it was handed over. */
  Map<Series, Measure> values(Window window, String metric) {
    return windows.getOrDefault(window, Map.of()).getOrDefault(metric, Map.of());
  }

  Optional<Measure> value(Window window, Series series) {
    return Optional.ofNullable(values(window, series.metric()).get(series));
  }

  /** The window that ends where another starts, whether or not anything is stored of it. */
  Window before(Window window) {
    return preceding.before(window);
  }

  /** The same value of the window before. */
  Outcome<Measure> previous(Window window, Series series) {
    Optional<Measure> found = value(before(window), series);
    if (found.isEmpty() || found.get().value() == null) {
      return Outcome.undefined(
          "NO_PREVIOUS: the window before has no value"
              + found.map(of -> ": " + of.reason()).orElse("."));
    }
    return Outcome.of(found.get());
  }

  /** The same value of the windows that something is held against, as far as it is stored. */
  List<Measure> earlier(Window window, Series series, Against against) {
    List<Measure> earlier = new ArrayList<>();
    for (Window at : against.windows(granularity, window, this::before)) {
      value(at, series).ifPresent(earlier::add);
    }
    return earlier;
  }

  /** The newest baseline's value in a place, of the same version or of the only one. */
  Optional<Measure> reference(Series place) {
    Map<String, List<Measure>> versions = reference.getOrDefault(anyVersion(place), Map.of());
    List<Measure> own = versions.get(version(place));
    List<Measure> found =
        own == null && versions.size() == 1 ? versions.values().iterator().next() : own;
    return Optional.ofNullable(found).map(of -> of.get(0)).filter(of -> of.value() != null);
  }

  /**
   * The reference's value in a place that is a known one: a window may be held against the
   * reference of another version, and one that was measured before the reference moved is held
   * against that of then.
   */
  Optional<Measure> reference(Series place, double value, long n) {
    Map<String, List<Measure>> versions = reference.getOrDefault(anyVersion(place), Map.of());
    List<Measure> like = new ArrayList<>(versions.getOrDefault(version(place), List.of()));
    versions.values().forEach(like::addAll);
    return like.stream()
        .filter(of -> of.value() != null && of.value() == value)
        .filter(of -> of.n() != null && of.n() == n)
        .findFirst();
  }

  /**
   * A rate of each group that a gap is over: of the segments that add the gap's attributes to its
   * own segment.
   *
   * @param gap its column names the attributes
   */
  List<GroupRate> groups(Window window, Series gap, String metric) {
    return groups(window, gap, metric, History::rate);
  }

  /** The rate that each of these groups had in the reference, of those that were in it. */
  List<GroupRate> groupsOfReference(Window window, Series gap, String metric) {
    return groups(window, gap, metric, History::rateOfReference);
  }

  private List<GroupRate> groups(
      Window window,
      Series gap,
      String metric,
      BiFunction<String, Measure, Optional<GroupRate>> rate) {
    List<String> attributes = Arrays.asList(gap.column().split(JOINED));
    Map<String, String> within = gap.segment().valuesByColumn();
    Set<String> columns = new HashSet<>(attributes);
    columns.addAll(within.keySet());
    List<GroupRate> rates = new ArrayList<>();
    values(window, metric)
        .forEach(
            (series, measure) -> {
              Segment segment = series.segment();
              boolean isGroup =
                  series.column().isEmpty()
                      && series.classLabel() == null
                      && series.comparison() == Comparison.NONE
                      && Objects.equals(series.modelVersion(), gap.modelVersion())
                      && !segment.isOther()
                      && columns.equals(new HashSet<>(segment.slice().columns()))
                      && segment.valuesByColumn().entrySet().containsAll(within.entrySet());
              if (isGroup) {
                rate.apply(name(segment, attributes), measure).ifPresent(rates::add);
              }
            });
    return rates;
  }

  private static String name(Segment group, List<String> attributes) {
    Map<String, String> values = group.valuesByColumn();
    return attributes.stream()
        .map(of -> Objects.requireNonNullElse(values.get(of), "(null)"))
        .collect(Collectors.joining(JOINED));
  }

  private static Optional<GroupRate> rate(String name, Measure of) {
    return rate(name, of.numerator(), of.denominator());
  }

  private static Optional<GroupRate> rateOfReference(String name, Measure of) {
    return rate(name, of.referenceNumerator(), of.referenceDenominator());
  }

  private static Optional<GroupRate> rate(String name, Double numerator, Double denominator) {
    return numerator == null || denominator == null
        ? Optional.empty()
        : Optional.of(new GroupRate(name, Math.round(numerator), Math.round(denominator)));
  }
}
