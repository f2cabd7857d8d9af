package io.leeway.simulate;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.Locale;

/**
 * The text of a configuration that closes the loop over a small model of the lender's: few cuts, a
 * rule that asks for retraining, and everything that comes after it.
 */
public final class LoopConfig {
  /** The name of the model in that configuration. */
  public static final String MODEL = "credit-line";

  private LoopConfig() {}

  /**
   * For tables under these paths; a path needs a slash or a scheme.
   *
   * @param applications what {@code leeway score} reads
   * @param referenceUntil the reference is all before it
   */
  public static String hocon(
      Simulation simulation,
      LocalDate referenceUntil,
      String store,
      String predictions,
      String outcomes,
      String applications) {
    return String.format(
        Locale.ROOT,
        """
        leeway {
          store.path = "%s"
          models.%s {
            task = binary
            predictions {
              table = "%s", id = prediction_id, time = scored_at, version = model_version
              score = probability, decision = decision
            }
            labels {
              table = "%s", id = prediction_id, label = defaulted, time = observed_at
              prediction-time = prediction_time, mature-after = 28 days
            }
            features { numeric = [%s], categorical = [%s] }
            fairness { attributes = [gender], reference-group { gender = m } }
            windows { base = 1 day, zone = "%s" }
            reference { from = "%s", until = "%s" }
            policy = [
              { metric = calibration_in_the_large, above = 0.05, for = "2 of 3", severity = retrain }
              { metric = calibration_in_the_large, below = -0.05, for = "2 of 3", severity = retrain }
              { metric = null_rate, rises-by = 0.02, for = "2 of 3", severity = investigate }
            ]
            retrain {
              algorithm = logistic-regression
              features = [
                { name = log_income, sql = "ln(greatest(income, 1))", impute = median }
                { name = capped_loan_to_income, sql = "least(loan_to_income, 2)", impute = median }
                { name = log_months, sql = "ln(1 + greatest(months_employed, 0))", impute = median }
                { name = log_debt, sql = "ln(1 + greatest(existing_debt, 0))", impute = median }
                { column = credit_score, impute = median }, { column = term_months, impute = median }
                { column = num_enquiries, impute = median }, { column = utilisation, impute = median }
                { column = postcode_risk, impute = median }
                { column = employment_type, encode = one-hot }, { column = purpose, encode = one-hot }
                { column = housing, encode = one-hot }, { column = channel, encode = one-hot }
                { column = has_guarantor, encode = one-hot }
              ]
              window = 14 days
              holdout = 4 days
              approval { approvers = 2 }
              gate.min-rows = 500
              scoring.table = "%s"
              traffic {
                ramp = ["10%%"], units-per-day = 4000, label-age = 28 days, most-days = 30
                success = [{ metric = squared_error, better = lower }]
                guardrails = [{ metric = squared_error, better = lower, margin = 0.005 }]
              }
              circuit.fallback { constant = 0.1 }
            }
          }
        }
        """,
        store,
        MODEL,
        predictions,
        outcomes,
        columns(true),
        columns(false),
        simulation.zone(),
        simulation.firstDay(),
        referenceUntil,
        applications);
  }

  private static String columns(boolean numeric) {
    return Feature.ALL.stream()
        .filter(feature -> feature.isNumeric() == numeric)
        .map(Feature::column)
        .collect(joining(", "));
  }
}
