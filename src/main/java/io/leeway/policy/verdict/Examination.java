package io.leeway.policy.verdict;

import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether a stored value is to be judged at all, and what its test says. */
final class Examination {
  /** The mark of provisional values that are off as long as some classes' labels come sooner. */
  static final String WAITS = "WAITS";

  /** The mark of values whose variation between windows was assumed. */
  static final String INDEPENDENCE_ASSUMED = "INDEPENDENCE_ASSUMED";

  /**
   * How the names of gaps begin that need no more than that within each class labels come whatever
   * was decided; all others are off while the labels of some classes come sooner.
   */
  private static final Set<String> GAPS_WITHIN_CLASSES =
      Set.of("equal_opportunity", "predictive_equality", "equalized_odds", "demographic_parity");

  /** What all of it is waited for: how many labels have come is no news while they come. */
  private static final Set<String> OF_LABELS = Set.of("label_coverage", "label_coverage_decided");

  private Examination() {}

  static Tested of(Observed observed, Rule rule, Telling telling) {
    Measure measure = observed.measure();
    String reason = Objects.requireNonNullElse(measure.reason(), "no reason is stored");
    if (measure.status() == Status.NO_DATA) {
      return new Tested.Untested(Verdict.Kind.NO_DATA, reason);
    }
    if (measure.status() == Status.UNDEFINED) {
      return Tested.undefined(reason);
    }
    if (measure.status() == Status.CONVENTION) {
      return Tested.undefined("Its value is one by convention, not by measurement: " + reason);
    }
    if (rule.labels() == Rule.Labels.WAIT && waits(observed.series(), measure)) {
      return new Tested.Untested(
          Verdict.Kind.INCONCLUSIVE, "Labels are still coming in. " + reason);
    }
    if (measure.status() == Status.LOW_SUPPORT) {
      return Tested.suppressed(reason);
    }
    long least = rule.least();
    if (measure.n() != null && measure.n() < least) {
      return Tested.suppressed("Judged from " + least + " rows; here are " + measure.n() + ".");
    }
    Optional<String> few = fewIndependent(observed, rule.judged().least());
    if (few.isPresent()) {
      return Tested.suppressed(few.get());
    }
    return rule.limit().isLearned()
        ? LearnedBorder.test(observed, rule, border -> test(observed, rule, border, telling))
        : test(observed, rule, rule.border(), telling);
  }

  private static Tested test(Observed observed, Rule rule, Border border, Telling telling) {
    if (border.isRelativeToOther()) {
      long least = rule.least();
      Measure other = observed.other().value().orElse(null);
      boolean isThin =
          other != null
              && (other.status() == Status.LOW_SUPPORT || (other.n() != null && other.n() < least));
      if (isThin) {
        return Tested.suppressed(
            "It is judged from as much support in " + observed.otherName() + ": " + support(other));
      }
    }
    Recipe recipe = rule.judged().recipe();
    // Whether a value has recovered is told by how far it is within the limit.
    boolean isBrief = telling == Telling.BRIEFLY && rule.terms().recoversAt().isEmpty();
    return isBrief && recipe.isSurelyQuiet(observed, border)
        ? Finding.quiet(border.a(), border.isUpper())
        : recipe.test(observed, border);
  }

  /**
   * Rows that come ten at a time tell as much as one in ten of them, and the tails of all tests
   * need their floor of independent ones: ten rows an entity alarm in most quiet histories
   * otherwise.
   */
  private static Optional<String> fewIndependent(Observed observed, long least) {
    Long n = observed.measure().n();
    double phi = observed.overdispersion().phi();
    return n == null || n / phi >= least
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Judged from %d rows that vary as independent ones do; here %d rows vary %.1f times as much.",
                least,
                n,
                phi));
  }

  private static String support(Measure other) {
    return Objects.requireNonNullElse(other.reason(), "there are " + other.n() + " rows.");
  }

  /** Whether labels that have not come yet make it misleading. */
  private static boolean waits(Series series, Measure measure) {
    if (measure.flags().contains(WAITS)) {
      return true;
    }
    if (!measure.flags().contains(Measure.PROVISIONAL)) {
      return false;
    }
    // Other values of the rows as such say so themselves; gaps and the label's own column do not.
    return OF_LABELS.contains(series.metric())
        || (!series.column().isEmpty()
            && GAPS_WITHIN_CLASSES.stream().noneMatch(series.metric()::startsWith));
  }
}
