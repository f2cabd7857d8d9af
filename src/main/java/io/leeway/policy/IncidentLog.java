package io.leeway.policy;

import io.leeway.policy.incident.Incident;
import io.leeway.store.CommittedRun;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** What is on record of a model's incidents. */
final class IncidentLog {
  /** The commands whose runs write into it; of two that began together the later one gives way. */
  static final Set<String> WRITERS = Set.of(JudgeJob.COMMAND, IncidentDesk.COMMAND);

  private final Store store;
  private final String model;
  private final Map<String, Long> sequences;

  /**
   * Of what some runs left.
   *
   * @param committed the model's committed runs
   */
  IncidentLog(Store store, String model, List<CommittedRun> committed) {
    this.store = store;
    this.model = model;
    this.sequences =
        committed.stream()
            .filter(run -> WRITERS.contains(run.run().command()))
            .collect(Collectors.toMap(run -> run.run().attemptId(), CommittedRun::sequence));
  }

  /** Every committed event, in order. */
  List<Row> events() {
    if (sequences.isEmpty()) {
      return List.of();
    }
    return store.few(ResultTable.INCIDENTS, model).stream()
        .filter(row -> sequences.containsKey(row.<String>getAs("attempt_id")))
        .sorted(
            Comparator.comparing((Row row) -> sequences.get(row.<String>getAs("attempt_id")))
                .thenComparing(row -> row.<Integer>getAs("event_number")))
        .toList();
  }

  /** The incidents as they are, by id, in the order in which they were opened. */
  Map<String, Incident> incidents() {
    Map<String, Row> last = new LinkedHashMap<>();
    events().forEach(row -> last.put(row.getAs("incident_id"), row));
    Map<String, Incident> incidents = new LinkedHashMap<>();
    last.forEach((id, row) -> incidents.put(id, IncidentRows.incident(row)));
    return incidents;
  }
}
