package io.leeway.retrain;

import io.leeway.registry.Details;
import io.leeway.retrain.gate.GateCheck;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What was found of a candidate, as rows of {@code gate_checks} and {@code trials}. */
final class CandidateRows {
  private final String model;
  private final String version;
  private final String runId;
  private final String attemptId;
  private final Timestamp computedAt;

  CandidateRows(String model, int version, String runId, String attemptId, Instant computedAt) {
    this.model = model;
    this.version = Integer.toString(version);
    this.runId = runId;
    this.attemptId = attemptId;
    this.computedAt = Timestamp.from(computedAt);
  }

  List<Row> checks(List<GateCheck> checks) {
    return checks.stream()
        .map(
            of ->
                RowFactory.create(
                    model,
                    version,
                    of.id(),
                    of.group().text(),
                    of.metric(),
                    of.slice().orElse("[]"),
                    of.segment().orElse(""),
                    of.attribute().orElse(null),
                    of.scenario().orElse(null),
                    of.n(),
                    cell(of.positives()),
                    cell(of.candidate()),
                    cell(of.champion()),
                    cell(of.difference()),
                    cell(of.low()),
                    cell(of.high()),
                    cell(of.limit()),
                    of.status().name(),
                    of.sentence(),
                    runId,
                    attemptId,
                    computedAt))
        .toList();
  }

  List<Row> trials(Trained trained) {
    List<Row> rows = new ArrayList<>();
    for (Trial trial : trained.trials()) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      trial.parameters().forEach((of, value) -> parameters.put(of.text(), value));
      rows.add(
          RowFactory.create(
              model,
              version,
              trial.number(),
              trial.fold(),
              Details.of(parameters).json(),
              trial.metric(),
              trial.value().value().orElse(null),
              trial.millis(),
              trial.parameters().equals(trained.parameters()),
              runId,
              attemptId,
              computedAt));
    }
    return rows;
  }

  private static Double cell(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static Long cell(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
