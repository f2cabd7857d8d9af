package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Subject;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rule's judgement of one value in one window.
 *
 * @param subject what the value is of
 * @param metric name in the catalogue
 * @param classLabel the class of a one-against-rest metric, else {@code null}
 * @param comparison what the value itself was held against
 * @param rule by which it was judged
 * @param kind the judgement
 * @param persistence in how many windows it had to be seen
 * @param value as it is stored; empty where none is
 * @param tests empty where nothing was tested
 * @param since start of the first of the windows looked at in which it was to be seen
 * @param sentence why, with its numbers
 */
public record Verdict(
    Subject subject,
    String metric,
    String classLabel,
    Comparison comparison,
    Rule rule,
    Kind kind,
    Persistence persistence,
    Optional<Measure> value,
    Optional<Tests> tests,
    Instant since,
    String sentence) {

  /** What a rule can come to. */
  public enum Kind {
    /** Too far, and surely so. */
    BREACH,
    /** Surely not too far. */
    OK,
    /** Neither is sure. */
    INCONCLUSIVE,
    /** There is no such value. */
    UNDEFINED,
    /** There are too few rows to judge by. */
    SUPPRESSED,
    /** There are no rows, or nothing is stored where something should be. */
    NO_DATA
  }

  /**
   * Every p-value is one-sided, in the direction of the rule.
   *
   * @param evidence what decided: that of the rule, or the limit where nothing tells a change
   * @param estimate what was held against the limit, without what noise makes of it
   * @param limit in the unit of the metric
   * @param pLimit of "the true value is within the limit"
   * @param pChange of "nothing has become worse"; empty where there is nothing to compare with
   * @param combinedLimit pLimit of all windows that count
   * @param combinedChange pChange of all windows that count, or {@code combinedLimit}
   * @param qLimit combinedLimit adjusted within the family
   * @param qChange combinedChange adjusted within the family
   * @param familySize tests that were adjusted together; 0 for what is counted without noise
   * @param detectable the true value that would have been found with probability 0.8; empty where
   *     there is none in the metric's range, or it is not known
   */
  public record Tests(
      Evidence evidence,
      double estimate,
      double limit,
      double pLimit,
      OptionalDouble pChange,
      double combinedLimit,
      double combinedChange,
      double qLimit,
      double qChange,
      int familySize,
      OptionalDouble detectable) {
    /** The adjusted p-value that decided. */
    public double q() {
      return evidence == Evidence.LIMIT ? qLimit : qChange;
    }
  }

  public Verdict {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(persistence, "persistence");
    if (kind == Kind.BREACH && tests.isEmpty()) {
      throw new IllegalArgumentException("A breach of " + rule.id() + " was not tested.");
    }
    if (sentence.isBlank()) {
      throw new IllegalArgumentException("A verdict on " + metric + " says no word.");
    }
  }

  /** Whether what was held against the limit is on the wrong side of it, surely or not. */
  boolean isBeyond() {
    return isBeyond(tests.map(Tests::limit).orElse(Double.NaN));
  }

  /**
   * Whether what was held against the limit is on the wrong side of it and, were it tested alone,
   * surely changed. Of many small segments some are on the wrong side by noise.
   */
  public boolean isLikelyBeyond() {
    return isBeyond()
        && tests.filter(of -> of.pChange().orElse(of.pLimit()) <= Judgement.LEVEL).isPresent();
  }

  /** Whether it is on the wrong side of {@code recovers-at}, where the rule has one. */
  public boolean isNotRecovered() {
    return rule.terms().recoversAt().isPresent()
        && isBeyond(rule.terms().recoversAt().getAsDouble());
  }

  private boolean isBeyond(double border) {
    return tests.filter(of -> Border.isBeyond(of.estimate(), border, rule.isUpper())).isPresent();
  }

  /** Whether labels that have not come yet may still change the value. */
  public boolean isProvisional() {
    return value.filter(of -> of.flags().contains(Measure.PROVISIONAL)).isPresent();
  }
}
