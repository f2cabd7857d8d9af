package io.leeway.retrain;

import static org.apache.spark.sql.functions.lit;

import io.leeway.config.GateScenario;
import io.leeway.config.ModelConfig;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * The gate's scenarios that are given by a period, such as that of a past incident. Their rows are
 * never trained on, so that every candidate can be judged by them.
 */
record PeriodScenarios(List<GateScenario> all, ZoneId zone) {

  static PeriodScenarios of(ModelConfig model) {
    List<GateScenario> all =
        model.retrain().stream()
            .flatMap(of -> of.gate().scenarios().values().stream())
            .filter(scenario -> scenario.where().isEmpty())
            .toList();
    return new PeriodScenarios(all, model.windows().zone());
  }

  /** Whether a prediction of this time is in a scenario and not held out anyway. */
  Column keep(Column time, TrainingPeriod period) {
    Column any = lit(false);
    for (GateScenario scenario : all) {
      any = any.or(holds(scenario, zone, time));
    }
    return any.and(time.lt(lit(period.holdoutFrom())));
  }

  /** Whether a time is in the period of a scenario that has one, the end left out. */
  static Column holds(GateScenario scenario, ZoneId zone, Column time) {
    Instant start = scenario.start(zone).orElseThrow();
    Instant end = scenario.end(zone).orElseThrow();
    return time.geq(lit(start)).and(time.lt(lit(end)));
  }
}
