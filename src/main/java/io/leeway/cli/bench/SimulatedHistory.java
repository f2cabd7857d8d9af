package io.leeway.cli.bench;

import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.policy.verdict.History;
import io.leeway.policy.verdict.Judgement;
import io.leeway.policy.verdict.Rule;
import io.leeway.policy.verdict.Stored;
import io.leeway.policy.verdict.Verdict;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.inference.Overdispersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Daily windows of a made-up model, as {@code metrics} has them, and their judgement. */
final class SimulatedHistory {
  private static final String MODEL = "credit";
  private static final String DAILY = "1 day";
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");

  private static final double NAIVE_P = 0.05;
  private static final double NAIVE_PSI = 0.1;

  private final SimulatedModel model;
  private final ReferenceDays reference;
  private final List<String> columns;
  private final List<Stored> stored = new ArrayList<>();
  private long smallP;
  private long largePsi;

  private SimulatedHistory(SimulatedModel model, ReferenceDays reference) {
    this.model = model;
    this.reference = reference;
    this.columns = IntStream.range(0, model.features()).mapToObj(of -> "x" + of).toList();
  }

  /**
   * Of so many days.
   *
   * @param versions that share the rows; all are held against one reference
   */
  static SimulatedHistory draw(
      SimulatedModel model, int days, List<String> versions, SplittableRandom random) {
    SimulatedHistory history = new SimulatedHistory(model, ReferenceDays.draw(model, random));
    for (int day = 0; day < days; day++) {
      for (String version : versions) {
        history.add(day, version, model.draw(day, 1.0 / versions.size(), random));
      }
    }
    return history;
  }

  static Window day(int day) {
    Instant start = MONDAY.plus(Duration.ofDays(day));
    return new Window(start, start.plus(Duration.ofDays(1)));
  }

  static int dayOf(Window window) {
    return (int) Duration.between(MONDAY, window.start()).toDays();
  }

  private void add(int day, String version, DayCounts counts) {
    DayCounts before = reference.sum();
    List<Layout.Part> parts = model.layout().parts();
    for (int part = 0; part < parts.size(); part++) {
      long n = counts.rows(part);
      long m = before.rows(part);
      if (n > 0 && m > 0) {
        Segment segment = parts.get(part).segment();
        add(
            new Subject(MODEL, version, DAILY, day(day), segment, ""),
            SimulatedRows.accuracy(
                counts.right(part), n, before.right(part), m, reference.ofRight(part)));
        for (int feature = 0; feature < model.features(); feature++) {
          long[] was = before.bins(part, feature);
          long[] now = counts.bins(part, feature);
          Outcome<DivergenceTest> test = SimulatedRows.test(was, now, model.isCategorical());
          Measure psi = SimulatedRows.psi(was, m, now, n, test, reference.ofBins(part, feature));
          add(new Subject(MODEL, version, DAILY, day(day), segment, columns.get(feature)), psi);
          boolean isSmall =
              test.value().filter(of -> of.pChange(Overdispersion.NONE) < NAIVE_P).isPresent();
          smallP += isSmall ? 1 : 0;
          largePsi += psi.value() > NAIVE_PSI ? 1 : 0;
        }
      }
    }
  }

  private void add(Subject subject, Measure measure) {
    stored.add(new Stored(subject, measure));
  }

  /** All that is stored, in the order of the days. */
  List<Stored> stored() {
    return List.copyOf(stored);
  }

  /** What is stored of a segment on a day, of a feature, or of the accuracy where that is −1. */
  Measure measure(int day, int part, int feature) {
    Segment segment = model.layout().parts().get(part).segment();
    String column = column(feature);
    return stored.stream()
        .filter(of -> of.subject().window().equals(day(day)))
        .filter(of -> of.subject().segment().equals(segment))
        .filter(of -> of.subject().column().equals(column))
        .map(Stored::measure)
        .findFirst()
        .orElseThrow();
  }

  /** The column of a feature; of the accuracy, −1, the rows as such. */
  String column(int feature) {
    return feature < 0 ? "" : columns.get(feature);
  }

  /** Values of PSI with p below 0.05 of "nothing has changed", rows taken to be independent. */
  long smallP() {
    return smallP;
  }

  /** Values of PSI above 0.1, of however few rows. */
  long largePsi() {
    return largePsi;
  }

  /** All breaches of rules, day by day. */
  List<Verdict> breaches(List<Rule> rules) {
    History history = History.of(MODEL, DAILY, ZoneOffset.UTC, stored);
    return Judgement.by(rules).breaches(history, history.windows());
  }
}
