package io.leeway.retrain;

import static org.apache.spark.sql.functions.lit;

import io.leeway.config.GateScenario;
import io.leeway.config.ModelConfig;
import io.leeway.domain.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;

/**
 * The gate's scenarios that are given by a period, such as that of a past incident. Their rows are
 * never trained on, so that every candidate can be judged by them.
 *
 * @param all by name
 */
record PeriodScenarios(Map<String, GateScenario> all, ZoneId zone) {

  static PeriodScenarios of(ModelConfig model) {
    Map<String, GateScenario> all = new TreeMap<>();
    model
        .retrain()
        .ifPresent(
            of ->
                of.gate()
                    .scenarios()
                    .forEach(
                        (name, scenario) -> {
                          if (scenario.where().isEmpty()) {
                            all.put(name, scenario);
                          }
                        }));
    return new PeriodScenarios(all, model.windows().zone());
  }

  /** Whether a prediction of this time is in a scenario and not held out anyway. */
  Column keep(Column time, TrainingPeriod period) {
    Column any = lit(false);
    for (GateScenario scenario : all.values()) {
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

  /** The periods by name; without those that in this zone have no time in them. */
  Map<String, Window> windows() {
    Map<String, Window> windows = new TreeMap<>();
    all.forEach(
        (name, scenario) -> {
          Instant start = scenario.start(zone).orElseThrow();
          Instant end = scenario.end(zone).orElseThrow();
          if (start.isBefore(end)) {
            windows.put(name, new Window(start, end));
          }
        });
    return windows;
  }

  /** The same for the audit log. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new TreeMap<>();
    windows()
        .forEach(
            (name, period) ->
                facts.put(
                    name,
                    Map.of("from", period.start().toString(), "until", period.end().toString())));
    return facts;
  }
}
