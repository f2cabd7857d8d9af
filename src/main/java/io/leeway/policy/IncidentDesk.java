package io.leeway.policy;

import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import io.leeway.policy.incident.Act;
import io.leeway.policy.incident.Change;
import io.leeway.policy.incident.Incident;
import io.leeway.store.CommittedRun;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Where people look at incidents and say what they do about them. Each act is a run of its own in
 * the ledger; of two that come at once, the second sees what the first has done.
 */
public final class IncidentDesk {
  static final String COMMAND = "incidents";

  private static final int ATTEMPTS = 10;

  private final Store store;

  public IncidentDesk(Store store) {
    this.store = store;
  }

  /**
   * An event of an incident.
   *
   * @param actor who did it; {@code leeway} for what judging did
   */
  public record Event(Instant at, String event, String actor, String reason) {}

  /** A model's incidents as they are, the one opened first first. */
  public List<Incident> incidents(String model) {
    return List.copyOf(log(model, committed(model)).incidents().values());
  }

  /** What happened to an incident, in order; empty if there is no such one. */
  public List<Event> events(String model, String id) {
    return log(model, committed(model)).events().stream()
        .filter(row -> row.<String>getAs("incident_id").equals(id))
        .map(IncidentDesk::event)
        .toList();
  }

  private static Event event(Row row) {
    return new Event(
        row.<java.sql.Timestamp>getAs("event_at").toInstant(),
        row.getAs("event"),
        row.getAs("actor"),
        row.getAs("reason"));
  }

  /**
   * Does something about an incident.
   *
   * @param by who does it
   * @throws UserException if there is no such incident, or it is closed
   * @throws EnvironmentException if others keep changing the model's incidents
   */
  public Change act(String model, String id, Act act, String by, String reason, Instant now) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<CommittedRun> committed = committed(model);
      IncidentLog log = log(model, committed);
      Map<String, Incident> incidents = log.incidents();
      Incident incident = incidents.get(id);
      if (incident == null) {
        throw new UserException(
            "Model '%s' has no incident '%s'. Its incidents: %s."
                .formatted(
                    model,
                    id,
                    incidents.isEmpty() ? "none" : String.join(", ", incidents.keySet())));
      }
      Change change = act.on(incident, reason, now, last(log, id));
      if (isCommitted(model, change, by, now, committed)) {
        return change;
      }
    }
    throw new EnvironmentException(
        "Model '%s': its incidents were changed by others %d times meanwhile. Try again."
            .formatted(model, ATTEMPTS));
  }

  private static String last(IncidentLog log, String id) {
    return log.events().stream()
        .filter(row -> row.<String>getAs("incident_id").equals(id))
        .reduce((one, later) -> later)
        .map(IncidentDesk::event)
        .map(of -> "%s by %s at %s: %s".formatted(of.event(), of.actor(), of.at(), of.reason()))
        .orElseThrow();
  }

  private boolean isCommitted(
      String model, Change change, String by, Instant now, List<CommittedRun> committed) {
    PolicyRun run = PolicyRun.once(store, model, COMMAND, committed);
    run.append(
        ResultTable.INCIDENTS, List.of(IncidentRows.row(model, 0, change, by, now, run.stamp())));
    run.append(
        ResultTable.NOTICES,
        NoticeRows.notice(model, change, run.stamp().computedAt()).stream()
            .map(notice -> NoticeRows.row(notice, run.stamp()))
            .toList());
    return run.isCommitted(List.of(), IncidentLog.WRITERS);
  }

  private List<CommittedRun> committed(String model) {
    return new RunLedger(store).committed(model);
  }

  private IncidentLog log(String model, List<CommittedRun> committed) {
    return new IncidentLog(store, model, committed);
  }
}
