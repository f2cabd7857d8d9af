package io.leeway.simulate;

import java.io.Serializable;
import java.util.Locale;

/**
 * Something that goes wrong at the lender on known days. Days count from 1, and both ends belong to
 * the event.
 *
 * <p>An event changes what it names and what follows from that; every other value of every row
 * stays the same, bit by bit. Events about the world ({@link CovariateShift}, {@link
 * ConceptChange}) reach the outcomes; events about the records and the service do not.
 */
public sealed interface Event extends Serializable {
  /** The last day of an event without end. */
  int FOR_EVER = Integer.MAX_VALUE;

  int fromDay();

  default int lastDay() {
    return FOR_EVER;
  }

  default boolean activeOn(int day) {
    return fromDay() <= day && day <= lastDay();
  }

  /** The event in one plain sentence. */
  String story();

  /**
   * Applicants from one state differ from before. Changes the column, {@code loan_to_income} if it
   * is one of its two parts, score, decision, and the outcomes, which follow the true form.
   *
   * @param column a numeric feature other than {@code term_months} and {@code loan_to_income}
   * @param amount in standard deviations of the normal variable behind the column: of the logarithm
   *     of {@code income}, {@code loan_amount}, {@code months_employed}, {@code num_enquiries} and
   *     {@code existing_debt} (zeros stay), of the logit of {@code utilisation}, of {@code
   *     credit_score} and {@code postcode_risk} themselves
   */
  record CovariateShift(String state, String column, double amount, int fromDay) implements Event {
    public CovariateShift {
      State.named(state);
      feature(column);
      checkFinite("amount", amount);
      checkDays(fromDay, FOR_EVER);
    }

    Feature feature() {
      return feature(column);
    }

    private static Feature feature(String column) {
      return Feature.named(column, Feature::hasNormalBehind, "a feature that can shift");
    }

    @Override
    public String story() {
      return String.format(
          Locale.ROOT,
          "From day %s on, %s of applicants from %s lies %s standard deviations %s.",
          fromDay,
          column,
          state,
          Math.abs(amount),
          amount < 0 ? "lower" : "higher");
    }
  }

  /**
   * A value never seen before takes the place of others. Changes the column, score and decision of
   * the rows that bear it.
   *
   * @param column a text feature
   * @param share of the rows that bear the value
   */
  record NewCategory(String column, String value, double share, int fromDay) implements Event {
    public NewCategory {
      feature(column);
      checkShare(share);
      checkDays(fromDay, FOR_EVER);
    }

    Feature feature() {
      return feature(column);
    }

    private static Feature feature(String column) {
      return Feature.named(column, f -> f.kind() == Feature.Kind.TEXT, "a text feature");
    }

    @Override
    public String story() {
      return String.format(
          Locale.ROOT,
          "From day %s on, a share of %s of the rows has the new value '%s' in %s.",
          fromDay,
          share,
          value,
          column);
    }
  }

  /**
   * Values get lost on the way to the model. Changes the column, score and decision of the rows
   * that are hit.
   *
   * @param share of the rows that are hit, whether or not they had a value
   */
  record NullBurst(String column, double share, int fromDay, int lastDay) implements Event {
    public NullBurst {
      Feature.named(column, f -> true, "a feature");
      checkShare(share);
      checkDays(fromDay, lastDay);
    }

    Feature feature() {
      return Feature.named(column, f -> true, "a feature");
    }

    @Override
    public String story() {
      return String.format(
          Locale.ROOT,
          "%s, %s is lost in a share of %s of the rows.",
          days(fromDay, lastDay),
          column,
          share);
    }
  }

  /**
   * A numeric feature repeats one value in every row, missing ones included. Changes the column,
   * score and decision.
   *
   * @param value rounded where the column holds whole numbers
   */
  record StuckSensor(String column, double value, int fromDay, int lastDay) implements Event {
    public StuckSensor {
      feature(column);
      checkFinite("value", value);
      checkDays(fromDay, lastDay);
    }

    Feature feature() {
      return feature(column);
    }

    private static Feature feature(String column) {
      return Feature.named(column, Feature::isNumeric, "a numeric feature");
    }

    @Override
    public String story() {
      return String.format(
          Locale.ROOT, "%s, %s is stuck at %s.", days(fromDay, lastDay), column, value);
    }
  }

  /**
   * The service answers with other scores for the same inputs. Changes score and decision.
   *
   * @param logit added to the logit of every score
   */
  record ScoreShift(double logit, int fromDay) implements Event {
    public ScoreShift {
      checkFinite("logit", logit);
      checkDays(fromDay, FOR_EVER);
    }

    @Override
    public String story() {
      return String.format(
          Locale.ROOT,
          "From day %s on, the logit of every score is %s %s, for unchanged inputs.",
          fromDay,
          Math.abs(logit),
          logit < 0 ? "lower" : "higher");
    }
  }

  /**
   * Applicants of one age band default more or less often than the model says. Changes outcomes.
   *
   * @param logit added to the logit of the risk that the model estimates
   */
  record ConceptChange(String ageBand, double logit, int fromDay) implements Event {
    public ConceptChange {
      AgeBand.labelled(ageBand);
      checkFinite("logit", logit);
      checkDays(fromDay, FOR_EVER);
    }

    @Override
    public String story() {
      return String.format(
          Locale.ROOT,
          "From day %s on, applicants aged %s default %s often than their scores say (logit %+.2f).",
          fromDay,
          ageBand,
          logit < 0 ? "less" : "more",
          logit);
    }
  }

  /**
   * The service scores one gender differently for the same inputs. Changes score and decision.
   *
   * @param gender {@code f}, {@code m} or {@code x}
   * @param logit added to the logit of their scores
   */
  record FairnessGap(String gender, double logit, int fromDay) implements Event {
    public FairnessGap {
      if (!gender.matches("[fmx]")) {
        throw new IllegalArgumentException(
            "Gender '" + gender + "' is not known; name one of [f, m, x].");
      }
      checkFinite("logit", logit);
      checkDays(fromDay, FOR_EVER);
    }

    @Override
    public String story() {
      return String.format(
          Locale.ROOT,
          "From day %s on, the logit of scores of gender %s is %s %s than their inputs warrant.",
          fromDay,
          gender,
          Math.abs(logit),
          logit < 0 ? "lower" : "higher");
    }
  }

  /**
   * The service is slow. Changes {@code latency_ms}.
   *
   * @param factor times the usual latency
   */
  record LatencySpike(double factor, int fromDay, int lastDay) implements Event {
    public LatencySpike {
      if (!(factor > 0) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException(
            "A latency factor must be above 0 and finite, but is " + factor + ".");
      }
      checkDays(fromDay, lastDay);
    }

    @Override
    public String story() {
      return String.format(
          Locale.ROOT, "%s, answers take %s times as long.", days(fromDay, lastDay), factor);
    }
  }

  /** A day of which neither predictions nor outcomes arrive. */
  record MissingDay(int day) implements Event {
    public MissingDay {
      checkDays(day, day);
    }

    @Override
    public int fromDay() {
      return day;
    }

    @Override
    public int lastDay() {
      return day;
    }

    @Override
    public String story() {
      return String.format(Locale.ROOT, "Day %s has no rows.", day);
    }
  }

  /**
   * The rows bear another model version; the scores are the same. Changes {@code model_version}.
   */
  record VersionChange(String newVersion, int fromDay) implements Event {
    public VersionChange {
      checkDays(fromDay, FOR_EVER);
    }

    @Override
    public String story() {
      return String.format(Locale.ROOT, "From day %s on, version %s answers.", fromDay, newVersion);
    }
  }

  private static String days(int fromDay, int lastDay) {
    return fromDay == lastDay
        ? "On day " + fromDay
        : lastDay == FOR_EVER
            ? "From day " + fromDay + " on"
            : "From day " + fromDay + " to day " + lastDay;
  }

  private static void checkDays(int fromDay, int lastDay) {
    if (fromDay < 1 || lastDay < fromDay) {
      throw new IllegalArgumentException(
          "An event must start on day 1 or later and not end before, but is from day "
              + fromDay
              + " to day "
              + lastDay
              + ".");
    }
  }

  private static void checkShare(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "A share must be above 0 and at most 1, but is " + share + ".");
    }
  }

  private static void checkFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "The " + name + " of an event must be finite, but is " + value + ".");
    }
  }
}
