package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Period;
import io.leeway.domain.Window;
import java.time.Duration;
import java.util.Arrays;

/** In how many windows something has to be seen, and how sure that makes it. */
final class Repeats {
  static final Persistence ONCE = new Persistence(1, 1);
  static final Persistence TWICE = new Persistence(2, 3);

  private static final Duration MONTH = Duration.ofDays(30);

  private Repeats() {}

  /**
   * How often, where the rule does not say: 2 of 3; once for emergencies that show the limit
   * itself, for what labels tell of windows of a week or more once they are in, and for what is
   * counted without noise. Business metrics are skewed, and always have to repeat.
   */
  static Persistence of(Rule rule, String granularity) {
    if (rule.persistence().isPresent()) {
      return rule.persistence().get();
    }
    if (rule.judged().recipe() instanceof FactRecipe) {
      return ONCE;
    }
    if (rule.family() == Family.BUSINESS) {
      return TWICE;
    }
    boolean isUrgent = rule.severity() == Severity.EMERGENCY && rule.evidence() == Evidence.LIMIT;
    return isUrgent || (isOfLabels(rule.family()) && isWeekOrMore(Period.parse(granularity)))
        ? ONCE
        : TWICE;
  }

  /** Windows before the judged one that a rule may look at. */
  static int looksBack(Rule rule, String granularity) {
    int repeated = atLeastTwice(of(rule, granularity)).of() - 1;
    int compared = Math.max(1, rule.against().looksBack(granularity));
    return Math.max(repeated + compared, Judgement.REMEMBERED);
  }

  /**
   * The same where how much windows vary was assumed, not estimated: then one window never is
   * enough.
   */
  static Persistence atLeastTwice(Persistence wanted) {
    return wanted.needed() > 1 ? wanted : new Persistence(2, Math.max(3, wanted.of()));
  }

  private static boolean isOfLabels(Family family) {
    return family == Family.PERFORMANCE
        || family == Family.CALIBRATION
        || family == Family.FAIRNESS;
  }

  private static boolean isWeekOrMore(Period period) {
    return switch (period.unit()) {
      case MINUTE, HOUR -> false;
      case DAY -> period.count() >= 7;
      case WEEK, MONTH, QUARTER, YEAR -> true;
    };
  }

  /**
   * The p-value of "not in N of the last M windows", with p_1 the latest one's: {@code max(p_1, (M
   * - N + 1) times the (N - 1)-th smallest of the M - 1 earlier ones)}, at most 1. Valid however
   * windows depend on one another.
   *
   * @param earlier those of the M − 1 windows before, 1 where there is none
   */
  static double combined(double latest, double[] earlier, Persistence persistence) {
    if (earlier.length != persistence.of() - 1) {
      throw new IllegalArgumentException(
          "For " + persistence + " there are " + earlier.length + " earlier windows.");
    }
    if (persistence.needed() == 1 || latest == 1) {
      return latest;
    }
    double[] ascending = earlier.clone();
    Arrays.sort(ascending);
    int times = persistence.of() - persistence.needed() + 1;
    return Math.min(1, Math.max(latest, times * ascending[persistence.needed() - 2]));
  }

  /**
   * The q up to which a change seen in a single window counts: 0.05 over the windows of a month.
   */
  static double singleWindowLevel(double level, Window window) {
    Duration length = Duration.between(window.start(), window.end());
    return level * Math.min(1, (double) length.toSeconds() / MONTH.toSeconds());
  }
}
