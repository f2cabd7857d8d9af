package io.leeway.policy.verdict;

import io.leeway.config.Limit;
import io.leeway.config.RuleConfig;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleConfig.Persistence;
import io.leeway.config.RuleTerms;
import io.leeway.domain.Slice;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is allowed of one metric, as it is judged.
 *
 * @param metric name in the catalogue
 * @param direction which way is too far
 * @param limit how far is too far: of the value itself, or of its change
 * @param against what changes are measured from
 * @param severity what a breach calls for
 * @param evidence what has to be shown
 * @param persistence in how many of the last windows; empty where {@link Repeats} decides
 * @param labels whether it waits for labels where those that have come mislead
 * @param slice the only slice that is judged
 * @param column the only column that is judged
 * @param classLabel the only class that is judged
 * @param granularity the only granularity that is judged
 * @param terms when it holds, and what is done about its breaches
 * @see RuleCheck what is refused
 */
public record Rule(
    String metric,
    Direction direction,
    Limit limit,
    Against against,
    Severity severity,
    Evidence evidence,
    Optional<Persistence> persistence,
    Labels labels,
    Optional<Slice> slice,
    Optional<String> column,
    Optional<String> classLabel,
    Optional<String> granularity,
    RuleTerms terms) {

  /** What becomes of values that labels which have not come yet may change. */
  public enum Labels {
    /** They wait where the labels that come first mislead, and are judged elsewhere. */
    WAIT,
    /** They are judged as they are. */
    AS_THEY_ARE
  }

  public Rule {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(severity, "severity");
    new RuleCheck(metric, text(metric, direction, limit))
        .check(direction, limit, against, severity);
  }

  /**
   * Of a configured rule.
   *
   * @throws io.leeway.domain.UserException if no value of its metric can be judged by it, saying
   *     what to write
   */
  public static Rule of(RuleConfig config) {
    Severity severity = Severity.parse(config.severity());
    return new Rule(
        config.metric(),
        config.direction(),
        config.limit(),
        Against.parse(config.against()),
        severity,
        config.evidence().map(Evidence::parse).orElse(severity.usualEvidence()),
        config.persistence(),
        config.labels().equals("wait") ? Labels.WAIT : Labels.AS_THEY_ARE,
        config.slice(),
        config.column(),
        config.classLabel(),
        config.granularity(),
        config.terms());
  }

  /** On a metric wherever it is, with all else as usual. */
  static Rule of(
      String metric, Direction direction, double limit, boolean relative, Severity severity) {
    return of(metric, direction, relative ? Limit.share(limit) : Limit.of(limit), severity);
  }

  /** On a metric wherever it is, with all else as usual. */
  static Rule of(String metric, Direction direction, Limit limit, Severity severity) {
    return new Rule(
        metric,
        direction,
        limit,
        Against.BASELINE,
        severity,
        severity.usualEvidence(),
        Optional.empty(),
        Labels.WAIT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        RuleTerms.USUAL);
  }

  /** The same against something else. */
  public Rule withAgainst(Against other) {
    return with(other, evidence, persistence, labels, terms);
  }

  /** The same with other evidence. */
  public Rule withEvidence(Evidence other) {
    return with(against, other, persistence, labels, terms);
  }

  /** The same in so many of the last windows. */
  public Rule withPersistence(Persistence other) {
    return with(against, evidence, Optional.of(other), labels, terms);
  }

  /** The same with another way of treating labels that are late. */
  public Rule withLabels(Labels other) {
    return with(against, evidence, persistence, other, terms);
  }

  /** The same on other terms. */
  public Rule withTerms(RuleTerms other) {
    return with(against, evidence, persistence, labels, other);
  }

  private Rule with(
      Against otherAgainst,
      Evidence otherEvidence,
      Optional<Persistence> otherPersistence,
      Labels otherLabels,
      RuleTerms otherTerms) {
    return new Rule(
        metric,
        direction,
        limit,
        otherAgainst,
        severity,
        otherEvidence,
        otherPersistence,
        otherLabels,
        slice,
        column,
        classLabel,
        granularity,
        otherTerms);
  }

  /**
   * A text that says all that is judged: equal rules have equal texts, and a rule keeps its text
   * wherever it stands in a configuration.
   */
  public String id() {
    return Stream.of(
            Stream.of(text()),
            Stream.of("against " + against.text()),
            Stream.of(severity.text() + " by " + evidence.text()),
            persistence.stream().map(of -> "for " + of),
            labels == Labels.WAIT ? Stream.<String>empty() : Stream.of("labels as they are"),
            slice.stream().map(of -> "slice " + of),
            column.stream().map(of -> "column " + of),
            classLabel.stream().map(of -> "class " + of),
            granularity.stream().map(of -> "granularity " + of),
            terms.minSupport().stream().mapToObj(of -> "from " + of + " rows"),
            terms.from().stream().map(of -> "from " + of),
            terms.until().stream().map(of -> "until " + of))
        .flatMap(of -> of)
        .collect(Collectors.joining(", "));
  }

  /** How it is tested, and in which family. */
  JudgedMetric judged() {
    return JudgedMetric.of(metric).orElseThrow();
  }

  public Family family() {
    return judged().family();
  }

  /** Whether values above a border are the ones that are too far. */
  boolean isUpper() {
    return direction == Direction.ABOVE || direction == Direction.RISES_BY;
  }

  /**
   * The border between what is allowed and what is not.
   *
   * @throws IllegalStateException of a learned limit, whose border is another at each value: {@link
   *     LearnedBorder}
   */
  Border border() {
    if (limit.isLearned()) {
      throw new IllegalStateException("The border of '" + text() + "' is another at each value.");
    }
    double zero = judged().zero();
    double by = limit.value();
    return switch (direction) {
      case ABOVE, BELOW -> new Border(by, 0, isUpper());
      case RISES_BY ->
          limit.isShare() ? new Border(-by * zero, 1 + by, true) : new Border(by, 1, true);
      case FALLS_BY ->
          limit.isShare() ? new Border(by * zero, 1 - by, false) : new Border(-by, 1, false);
    };
  }

  /**
   * Whether two rules find the same in every value, whatever follows from it. Of a value that is
   * quiet for sure only a rule that says where it recovers finds out how quiet.
   */
  boolean testsAs(Rule other) {
    return metric.equals(other.metric)
        && direction == other.direction
        && limit.equals(other.limit)
        && against.equals(other.against)
        && labels == other.labels
        && least() == other.least()
        && terms.recoversAt().isPresent() == other.terms.recoversAt().isPresent();
  }

  /** Whether a value's place is one that the rule is for. */
  boolean isOf(Series series) {
    return series.metric().equals(metric)
        && series.comparison() == judged().storedAs(against)
        && slice.map(series.segment().slice()::equals).orElse(true)
        && column.map(series.column()::equals).orElse(true)
        && classLabel.map(of -> of.equals(series.classLabel())).orElse(true);
  }

  boolean isOf(String otherGranularity) {
    return granularity.map(otherGranularity::equals).orElse(true);
  }

  /** Whether the rule holds for a window that ends then. */
  boolean holdsAt(Instant end) {
    return terms.from().map(end::isAfter).orElse(true)
        && terms.until().map(until -> !end.isAfter(until)).orElse(true);
  }

  /** Rows below which a value is not judged. */
  long least() {
    return Math.max(judged().least(), terms.minSupport().orElse(0));
  }

  /** In short: {@code accuracy falls-by 5%}. */
  public String text() {
    return text(metric, direction, limit);
  }

  private static String text(String metric, Direction direction, Limit limit) {
    return metric + " " + direction.text() + " " + limit.text();
  }
}
