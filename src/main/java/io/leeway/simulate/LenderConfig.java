package io.leeway.simulate;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.function.Predicate;

/** The text of a Leeway configuration that watches the lender's model. */
public final class LenderConfig {
  /** The name of the model in that configuration. */
  public static final String MODEL = "credit-risk";

  private LenderConfig() {}

  /**
   * For the tables of {@link Simulation#demoScript()}. A path needs a slash or a scheme; without
   * them it is read as a name of the catalog.
   */
  public static String hocon(String storePath, String predictionsPath, String outcomesPath) {
    return hocon(Simulation.demoScript(), storePath, predictionsPath, outcomesPath);
  }

  /**
   * For the tables of that simulation, in its zone; the reference is its first {@link
   * Simulation#CALM_DAYS} days, or the first two thirds of a shorter one.
   */
  public static String hocon(
      Simulation simulation, String storePath, String predictionsPath, String outcomesPath) {
    int calm = Math.min(Simulation.CALM_DAYS, Math.max(1, simulation.days() * 2 / 3));
    return String.format(
        Locale.ROOT,
        """
        leeway {
          store.path = %s
          models.%s {
            task = binary
            predictions {
              table = %s
              id = prediction_id
              time = scored_at
              version = model_version
              score = probability
              decision = decision
            }
            labels {
              table = %s
              id = prediction_id
              label = defaulted
              time = observed_at
              prediction-time = prediction_time
              mature-after = 30 days
            }
            features { numeric = [%s], categorical = [%s] }
            slices = [[state], [age_band], [gender], [state, age_band]]
            windows { base = 1 day, roll-up = [7 days], zone = "%s" }
            reference { from = "%s", until = "%s" }
            fairness { attributes = [gender, age_band], reference-group { gender = m } }
            operations { latency = latency_ms, cost = cost_aud, failed = "status <> 'ok'" }
            policy = [
              { metric = psi, above = 0.1, for = "2 of 3", severity = investigate }
              { metric = psi, above = 0.25, for = "2 of 3", severity = retrain }
              { metric = null_rate, rises-by = 0.02, severity = investigate }
              { metric = volume_ratio, below = 0.5, for = "1 of 1", severity = investigate }
              { metric = p95, column = operations.latency, rises-by = 50%%, for = "1 of 1", evidence = limit, severity = investigate }
              { metric = demographic_parity_difference_supported, rises-by = 0.1, for = "2 of 3", severity = investigate }
              { metric = calibration_in_the_large, above = 0.05, severity = investigate }
              { metric = calibration_in_the_large, below = -0.05, severity = investigate }
              { metric = accuracy, falls-by = 5%%, severity = investigate }
              { metric = accuracy, falls-by = 10%%, severity = emergency }
            ]
          }
        }
        """,
        quoted(storePath),
        MODEL,
        quoted(predictionsPath),
        quoted(outcomesPath),
        columns(Feature::isNumeric),
        columns(feature -> !feature.isNumeric()),
        simulation.zone(),
        simulation.firstDay(),
        simulation.firstDay().plusDays(calm));
  }

  private static String columns(Predicate<Feature> wanted) {
    return Feature.ALL.stream().filter(wanted).map(Feature::column).collect(joining(", "));
  }

  /** As a HOCON string, which is a JSON string. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
