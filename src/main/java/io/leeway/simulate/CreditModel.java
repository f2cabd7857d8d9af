package io.leeway.simulate;

import static io.leeway.simulate.Feature.CREDIT_SCORE;
import static io.leeway.simulate.Feature.EXISTING_DEBT;
import static io.leeway.simulate.Feature.INCOME;
import static io.leeway.simulate.Feature.LOAN_TO_INCOME;
import static io.leeway.simulate.Feature.MONTHS_EMPLOYED;
import static io.leeway.simulate.Feature.NUM_ENQUIRIES;
import static io.leeway.simulate.Feature.POSTCODE_RISK;
import static io.leeway.simulate.Feature.TERM_MONTHS;
import static io.leeway.simulate.Feature.UTILISATION;

import java.util.Map;

/**
 * The model in use, and the risk it estimates.
 *
 * <p>The model is a logistic function of the form as it was recorded; a missing value and an
 * unheard of category have weights of their own, so it always answers. It reads neither state nor
 * age nor gender, nor {@code postcode_risk}.
 *
 * <p>The risk of the true form, with r the standardised {@code postcode_risk}, is
 *
 * <pre>{@code q = p + 0.5 * min(p, 1 - p) * tanh(r)}</pre>
 *
 * where p is the model's answer. As r is symmetric about 0 and independent of the rest of the form,
 * the mean of q given p is p: the model is calibrated, and yet one that read {@code postcode_risk}
 * would be better.
 */
final class CreditModel {
  /** The decision is 1, "will default", from this probability on. */
  static final double THRESHOLD = 0.2;

  private static final double INTERCEPT = -2.75;
  private static final Map<String, Double> EMPLOYMENT_TYPE =
      Map.of(
          "part_time",
          0.1,
          "casual",
          0.25,
          "self_employed",
          0.15,
          "not_employed",
          0.3,
          "retired",
          -0.4);
  private static final Map<String, Double> PURPOSE =
      Map.of("car", -0.15, "debt_consolidation", 0.2, "medical", 0.2);
  private static final Map<String, Double> HOUSING =
      Map.of("renting", 0.15, "mortgage", -0.2, "owner", -0.3, "boarding", 0.2);
  private static final Map<String, Double> CHANNEL = Map.of("app", 0.05, "broker", 0.15);

  private CreditModel() {}

  /** The logit of the model's answer. */
  static double logit(Applicant form) {
    double logit = INTERCEPT;
    logit += form.has(CREDIT_SCORE) ? -0.9 * (form.number(CREDIT_SCORE) - 680) / 85 : 0.5;
    logit += form.has(INCOME) ? -0.4 * log(Math.max(form.number(INCOME), 1) / 68_000) : 0;
    logit += form.has(LOAN_TO_INCOME) ? 0.8 * (Math.min(form.number(LOAN_TO_INCOME), 2) - 0.3) : 0;
    logit += form.has(TERM_MONTHS) ? 0.006 * (form.number(TERM_MONTHS) - 36) : 0;
    logit += form.has(MONTHS_EMPLOYED) ? months(form.number(MONTHS_EMPLOYED)) : 0.3;
    logit += form.has(NUM_ENQUIRIES) ? 0.12 * (form.number(NUM_ENQUIRIES) - 1.5) : 0;
    logit += form.has(EXISTING_DEBT) ? debt(form.number(EXISTING_DEBT)) : 0;
    logit += form.has(UTILISATION) ? form.number(UTILISATION) - 0.38 : 0.1;
    logit += weight(EMPLOYMENT_TYPE, form.value(Feature.EMPLOYMENT_TYPE));
    logit += weight(PURPOSE, form.value(Feature.PURPOSE));
    logit += weight(HOUSING, form.value(Feature.HOUSING));
    logit += weight(CHANNEL, form.value(Feature.CHANNEL));
    logit += Boolean.TRUE.equals(form.value(Feature.HAS_GUARANTOR)) ? -0.4 : 0;
    return logit;
  }

  /** The probability of default of that true form, with the model's logit moved by {@code by}. */
  static double risk(Applicant form, double by) {
    double p = logistic(logit(form) + by);
    double r = (form.number(POSTCODE_RISK) - 50) / 10;
    return p + 0.5 * Math.min(p, 1 - p) * StrictMath.tanh(r);
  }

  static double logistic(double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }

  private static double months(double months) {
    return -0.15 * (log(1 + Math.max(months, 0)) - 3.6);
  }

  private static double debt(double dollars) {
    return 0.1 * (log(1 + Math.max(dollars, 0)) - 6);
  }

  private static double weight(Map<String, Double> weights, Object category) {
    return category instanceof String text ? weights.getOrDefault(text, 0.0) : 0;
  }

  private static double log(double x) {
    return StrictMath.log(x);
  }
}
