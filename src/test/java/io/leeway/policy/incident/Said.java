package io.leeway.policy.incident;

import io.leeway.config.Limit;
import io.leeway.config.RuleConfig;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleConfig.Persistence;
import io.leeway.config.RuleTerms;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.policy.verdict.Evidence;
import io.leeway.policy.verdict.Rule;
import io.leeway.policy.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Verdicts as judging gives them, written down short. */
final class Said {
  static final String MODEL = "credit";
  private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");

  private final List<Verdict> verdicts = new ArrayList<>();
  private final Window window;
  private final String granularity;
  private RuleTerms terms = RuleTerms.USUAL;
  private String severity = "investigate";
  private Optional<Instant> since = Optional.empty();

  private Said(Window window, String granularity) {
    this.window = window;
    this.granularity = granularity;
  }

  static Instant at(int day) {
    return FIRST.plus(Duration.ofDays(day));
  }

  /** Of the day of this number. */
  static Said on(int day) {
    return new Said(new Window(at(day), at(day + 1)), "1 day");
  }

  /** Of the seven days that end with the day of this number. */
  static Said weekTo(int day) {
    return new Said(new Window(at(day - 6), at(day + 1)), "7 days");
  }

  static Segment segment(String... cells) {
    if (cells.length == 0) {
      return Segment.ALL;
    }
    String[] columns = new String[cells.length / 2];
    String[] values = new String[cells.length / 2];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = cells[2 * i];
      values[i] = cells[2 * i + 1];
    }
    return new Segment(Slice.of(columns), Arrays.asList(values));
  }

  static Segment state(String of) {
    return segment("state", of);
  }

  Said with(RuleTerms other) {
    terms = other;
    return this;
  }

  Said severe(String other) {
    severity = other;
    return this;
  }

  Said since(int day) {
    since = Optional.of(at(day));
    return this;
  }

  Said breach(String metric, String column, Segment... segments) {
    return all(Verdict.Kind.BREACH, 0.5, metric, column, segments);
  }

  Said fine(String metric, String column, Segment... segments) {
    return all(Verdict.Kind.OK, 0.01, metric, column, segments);
  }

  /** Beyond the limit, as it may be by noise. */
  Said odd(String metric, String column, Segment... segments) {
    return all(Verdict.Kind.OK, 0.2, metric, column, segments);
  }

  /** Beyond the limit, and surely so if it were tested alone. */
  Said unsure(String metric, String column, Segment... segments) {
    return all(Verdict.Kind.INCONCLUSIVE, 0.2, metric, column, segments);
  }

  Said all(Verdict.Kind kind, double estimate, String metric, String column, Segment... segments) {
    for (Segment segment : segments) {
      verdicts.add(verdict(kind, estimate, metric, column, segment));
    }
    return this;
  }

  private Verdict verdict(
      Verdict.Kind kind, double estimate, String metric, String column, Segment segment) {
    boolean falls = metric.equals("accuracy");
    Rule rule =
        Rule.of(
            new RuleConfig(
                metric,
                falls ? Direction.BELOW : Direction.ABOVE,
                Limit.of(0.1),
                Optional.empty(),
                severity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "baseline",
                "wait",
                terms));
    double shown = falls ? 0.2 - estimate : estimate;
    Measure measure = Measure.of(metric, Comparison.NONE, shown).n(rows(segment)).build();
    double p = kind == Verdict.Kind.BREACH ? 1e-6 : kind == Verdict.Kind.OK ? 0.5 : 0.03;
    return new Verdict(
        new Subject(MODEL, "v1", granularity, window, segment, column),
        metric,
        null,
        Comparison.NONE,
        rule,
        kind,
        new Persistence(2, 3),
        Optional.of(measure),
        Optional.of(
            new Verdict.Tests(
                Evidence.CHANGE,
                shown,
                0.1,
                p,
                OptionalDouble.of(p),
                p,
                p,
                p,
                p,
                9,
                OptionalDouble.empty())),
        since.orElse(window.start()),
        metric + " of '" + column + "' in " + segment + " is " + shown + ".");
  }

  /** A thousand in all, a quarter in each state, half of each sex. */
  private static long rows(Segment segment) {
    long rows = 1_000;
    for (String column : segment.slice().columns()) {
      rows /= column.equals("state") ? 4 : 2;
    }
    return rows;
  }

  List<Verdict> verdicts() {
    return List.copyOf(verdicts);
  }

  static List<Verdict> all(Said... said) {
    List<Verdict> all = new ArrayList<>();
    for (Said of : said) {
      all.addAll(of.verdicts());
    }
    return all;
  }

  static IncidentBook book(Collection<Incident> known, Breaches breaches) {
    return IncidentBook.of(MODEL, known, List.of("score", "label"), breaches);
  }
}
