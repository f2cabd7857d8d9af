package io.leeway.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The views of what rules say and people do, as SQL over {@code verdicts}, {@code incidents} and
 * the views of {@link Views}.
 *
 * <ul>
 *   <li>{@code latest_verdicts}: what rules say now
 *   <li>{@code incident_events}: what happened to incidents
 *   <li>{@code latest_incidents}: incidents as they are
 *   <li>{@code open_incidents}: those that are not resolved
 *   <li>{@code incident_times}: how long it took to detect, acknowledge and resolve incidents, by
 *       model and month in which they began
 *   <li>{@code model_health}: one row per model and granularity: its last judged window, what was
 *       said there, and what is open
 * </ul>
 */
final class PolicyViews {
  private final UnaryOperator<String> named;
  private final int least;

  /**
   * Of tables and views under their names.
   *
   * @param least rows below which a value is not shown
   */
  PolicyViews(UnaryOperator<String> named, int least) {
    this.named = named;
    this.least = least;
  }

  /** By name, in an order in which each needs only those before it. */
  Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("latest_verdicts", latestVerdicts());
    queries.put("incident_events", incidentEvents());
    queries.put("latest_incidents", latestIncidents());
    queries.put("open_incidents", openIncidents());
    queries.put("incident_times", incidentTimes());
    queries.put("model_health", modelHealth());
    return queries;
  }

  /** Verdicts of all versions of a window are one part, which bears no version. */
  private String latestVerdicts() {
    return """
        SELECT t.model, t.model_version, t.granularity, t.window_start, t.window_end, t.slice,
          t.segment, t.segment_values, t.column_name, t.class_label, t.metric, t.comparison,
          t.rule_id, t.rule, t.severity, t.family, t.verdict, t.evidence,
          CASE WHEN HIDDEN THEN 'It rests on fewer than LEAST rows, so it is not shown (min-cell).' ELSE t.sentence END
            AS sentence,
          CASE WHEN HIDDEN THEN NULL ELSE t.value END AS value,
          CASE WHEN HIDDEN THEN NULL ELSE t.ci_low END AS ci_low,
          CASE WHEN HIDDEN THEN NULL ELSE t.ci_high END AS ci_high,
          CASE WHEN HIDDEN THEN NULL ELSE t.std_error END AS std_error,
          CASE WHEN HIDDEN THEN NULL ELSE t.n END AS n,
          CASE WHEN HIDDEN THEN NULL ELSE t.estimate END AS estimate,
          t.`limit`, t.p_limit, t.p_change, t.combined_p_limit, t.combined_p_change, t.q_limit,
          t.q_change, t.family_size, t.detectable, t.windows, t.since, t.is_first, t.may_open,
          t.maturity, t.incident_id, t.owner, t.runbook, t.run_id, t.attempt_id, t.computed_at
        FROM VERDICTS t LEFT SEMI JOIN PARTS w
          ON w.superseded_at IS NULL AND t.model = w.model AND t.granularity = w.granularity
            AND t.window_start = w.window_start AND t.window_end = w.window_end
            AND t.part = w.part AND t.attempt_id = w.attempt_id"""
        .replace("HIDDEN", "coalesce(t.n, LEAST) < LEAST")
        .replace("LEAST", Integer.toString(least))
        .replace("VERDICTS", named.apply("verdicts"))
        .replace("PARTS", named.apply("published_parts"));
  }

  private String incidentEvents() {
    return """
        SELECT i.*, r.sequence
        FROM INCIDENTS i JOIN RUNS r ON i.model = r.model AND i.attempt_id = r.attempt_id"""
        .replace("INCIDENTS", named.apply("incidents"))
        .replace("RUNS", named.apply("runs_committed"));
  }

  private String latestIncidents() {
    return """
        SELECT model, incident_id, state, severity, headline, segments, `columns`, metrics, families,
          rules, n_breaches, started_at, last_bad_at, detected_at, acknowledged_at, mitigated_at,
          resolved_at, get_json_object(details, '$.sentence') AS sentence, owner, runbook,
          event AS last_event, event_at AS last_event_at, actor AS last_actor, reason AS last_reason
        FROM (
          SELECT *, row_number() OVER (
            PARTITION BY model, incident_id ORDER BY sequence DESC, event_number DESC) AS place
          FROM EVENTS)
        WHERE place = 1"""
        .replace("EVENTS", named.apply("incident_events"));
  }

  private String openIncidents() {
    return "SELECT * FROM " + named.apply("latest_incidents") + " WHERE state <> 'resolved'";
  }

  private String incidentTimes() {
    return """
        SELECT model, date_trunc('month', started_at) AS month, count(*) AS n_incidents,
          count_if(state <> 'resolved') AS n_open,
          avg(HOURS(started_at, detected_at)) AS mean_hours_to_detect,
          median(HOURS(started_at, detected_at)) AS median_hours_to_detect,
          avg(HOURS(detected_at, acknowledged_at)) AS mean_hours_to_acknowledge,
          avg(HOURS(detected_at, mitigated_at)) AS mean_hours_to_mitigate,
          avg(HOURS(detected_at, resolved_at)) AS mean_hours_to_resolve,
          median(HOURS(detected_at, resolved_at)) AS median_hours_to_resolve
        FROM INCIDENTS
        GROUP BY model, date_trunc('month', started_at)"""
        .replaceAll("HOURS\\((\\w+), (\\w+)\\)", "(unix_micros($2) - unix_micros($1)) / 3600000000")
        .replace("INCIDENTS", named.apply("latest_incidents"));
  }

  private String modelHealth() {
    return """
        WITH judged AS (
          SELECT model, granularity, max(window_end) AS window_end
          FROM VERDICTS GROUP BY model, granularity)
        SELECT v.model, v.granularity, v.window_end AS last_judged_until,
          count(*) AS n_verdicts,
          count_if(v.verdict = 'BREACH') AS n_breach,
          count_if(v.verdict = 'OK') AS n_ok,
          count_if(v.verdict = 'INCONCLUSIVE') AS n_inconclusive,
          count_if(v.verdict = 'SUPPRESSED') AS n_suppressed,
          count_if(v.verdict = 'UNDEFINED') AS n_undefined,
          count_if(v.verdict = 'NO_DATA') AS n_no_data,
          coalesce(any_value(o.n_open), 0) AS n_open_incidents,
          any_value(o.worst) AS worst_open_severity
        FROM judged j
        JOIN VERDICTS v ON v.model = j.model AND v.granularity = j.granularity
          AND v.window_end = j.window_end
        LEFT JOIN (
          SELECT model, count(*) AS n_open,
            max_by(severity, array_position(array('investigate', 'retrain', 'emergency'), severity))
              AS worst
          FROM INCIDENTS WHERE state <> 'resolved' GROUP BY model) o ON v.model = o.model
        GROUP BY v.model, v.granularity, v.window_end"""
        .replace("VERDICTS", named.apply("latest_verdicts"))
        .replace("INCIDENTS", named.apply("latest_incidents"));
  }
}
