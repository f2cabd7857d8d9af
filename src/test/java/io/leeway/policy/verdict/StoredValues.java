package io.leeway.policy.verdict;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.drift.SmoothedPsi;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of the metrics table, as they are written. */
final class StoredValues {
  static final String MODEL = "credit";
  static final String DAILY = "1 day";
  static final ZoneId ZONE = ZoneOffset.UTC;

  /** So many rows on the reference's side of each of ten bins. */
  private static final long PER_BIN = 1_000;

  private final List<Stored> values = new ArrayList<>();

  static Window day(int day) {
    Instant start = Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofDays(day));
    return new Window(start, start.plus(Duration.ofDays(1)));
  }

  StoredValues add(int day, Measure measure) {
    return add(day, Segment.ALL, "", measure);
  }

  StoredValues add(int day, Segment segment, String column, Measure measure) {
    return add(day, "v1", segment, column, measure);
  }

  StoredValues add(int day, String version, Segment segment, String column, Measure measure) {
    values.add(new Stored(new Subject(MODEL, version, DAILY, day(day), segment, column), measure));
    return this;
  }

  StoredValues addReference(String column, Measure measure) {
    values.add(
        new Stored(
            new Subject(
                MODEL,
                "v1",
                Subject.REFERENCE,
                new Window(Instant.EPOCH, day(0).start()),
                Segment.ALL,
                column),
            measure));
    return this;
  }

  List<Stored> values() {
    return List.copyOf(values);
  }

  History history() {
    return History.of(MODEL, DAILY, ZONE, values);
  }

  /** The only value of a day, as a rule sees it. */
  Tested tested(int day, Rule rule) {
    History history = history();
    Series place =
        history.values(day(day), rule.metric()).keySet().stream()
            .filter(rule::isOf)
            .findFirst()
            .orElseThrow();
    Measure measure = history.value(day(day), place).orElseThrow();
    return Examination.of(
        new Observed(history, day(day), place, measure, rule.against()), rule, Telling.WHOLLY);
  }

  /** The same, where it is tested. */
  Finding finding(int day, Rule rule) {
    return tested(day, rule)
        .fold(
            found -> found,
            untested -> {
              throw new AssertionError(untested.toString());
            });
  }

  static Tested.Untested untested(Tested tested) {
    return tested.fold(
        found -> {
          throw new AssertionError(found.toString());
        },
        untested -> untested);
  }

  /** x of n, beside y of m of the reference. */
  static Measure.Builder rate(String metric, long x, long n, long y, long m) {
    return Measure.of(metric, Comparison.NONE, (double) x / n)
        .n(n)
        .fraction((double) x, (double) n)
        .reference((double) y / m, m)
        .referenceFraction((double) y, (double) m);
  }

  /** Counts in ten bins against 1 000 reference rows in each. */
  static Measure psi(Overdispersion phi, long... window) {
    long[] reference = new long[window.length];
    Arrays.fill(reference, PER_BIN);
    DivergenceTest test = SmoothedPsi.ofBins(reference, window).orElseThrow();
    Interval interval = test.interval(phi);
    long n = IntStream.range(0, window.length).mapToLong(i -> window[i]).sum();
    return Measure.of("psi", Comparison.BASELINE, test.value())
        .n(n)
        .reference(null, PER_BIN * window.length)
        .interval(interval.low(), interval.high())
        .expected(test.expected(phi))
        .dof(test.degrees())
        .overdispersion(phi.phi(), Double.isInfinite(phi.degrees()) ? null : phi.degrees())
        .build();
  }

  static Measure psi(long... window) {
    return psi(Overdispersion.NONE, window);
  }
}
