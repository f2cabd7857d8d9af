package io.leeway.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The views of what was done with versions. All follow from the audit log, which is the only thing
 * that is stored of it.
 *
 * <ul>
 *   <li>{@code model_versions}: each trained version as it was added, and its last act
 *   <li>{@code model_aliases}: who was champion, challenger and shadow from when until when; the
 *       present ones have no {@code until}
 *   <li>{@code approvals}: who approved, rejected or waived what, when, bound to which evidence
 *   <li>{@code retrain_decisions}: whether breaches called for retraining, and why not
 *   <li>{@code circuit}: the circuit's states
 *   <li>{@code gate_findings}, {@code training_trials}, {@code ab_readings}: the rows of {@code
 *       gate_checks}, {@code trials} and {@code ab_results} whose attempt the audit log knows
 * </ul>
 */
final class RegistryViews {
  private static final String TRIED =
      """
      (SELECT *, coalesce(get_json_object(details, '$.shadow') = 'true', false) AS is_shadow
       FROM AUDIT
       WHERE act IN ('CHALLENGED', 'RAMPED', 'WITHDRAWN', 'PROMOTED', 'ROLLED_BACK'))""";

  private final UnaryOperator<String> named;

  RegistryViews(UnaryOperator<String> named) {
    this.named = named;
  }

  /** By name, in an order in which each needs only those before it. */
  Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("model_versions", modelVersions());
    queries.put("model_aliases", modelAliases());
    queries.put("approvals", approvals());
    queries.put("retrain_decisions", retrainDecisions());
    queries.put("circuit", circuit());
    queries.put("gate_findings", ofKnownEvents("gate_checks"));
    queries.put("training_trials", ofKnownEvents("trials"));
    queries.put("ab_readings", ofKnownEvents("ab_results"));
    return queries;
  }

  private String modelVersions() {
    return """
        SELECT v.model, v.model_version,
          get_json_object(v.details, '$.verdict') AS verdict,
          get_json_object(v.details, '$.algorithm') AS algorithm,
          get_json_object(v.details, '$.parameters') AS parameters,
          get_json_object(v.details, '$.uri') AS uri,
          get_json_object(v.details, '$.digest') AS digest,
          get_json_object(v.details, '$.pipeline_hash') AS pipeline_hash,
          get_json_object(v.details, '$.evidence') AS evidence,
          get_json_object(v.details, '$.champion') AS champion,
          get_json_object(v.details, '$.lineage') AS lineage,
          CAST(get_json_object(v.details, '$.reproducible_until') AS TIMESTAMP) AS reproducible_until,
          v.actor AS trained_by, v.reason, v.occurred_at AS added_at, v.code_version,
          l.act AS last_act, l.occurred_at AS last_act_at, v.sequence
        FROM AUDIT v JOIN (
            SELECT model, model_version, max_by(act, sequence) AS act,
              max_by(occurred_at, sequence) AS occurred_at
            FROM AUDIT WHERE model_version IS NOT NULL GROUP BY model, model_version) l
          ON v.model = l.model AND v.model_version = l.model_version
        WHERE v.act = 'VERSION_ADDED'"""
        .replace("AUDIT", named.apply("audit_log"));
  }

  /** A new champion, promoted or gone back to, ends whatever was tried against the one before. */
  private String modelAliases() {
    return """
        SELECT model, alias, model_version, basis_points, valid_from, valid_until, actor, reason,
          sequence
        FROM (
          SELECT *, lead(occurred_at) OVER (PARTITION BY model, alias ORDER BY sequence) AS valid_until,
            occurred_at AS valid_from
          FROM (
            SELECT model, 'champion' AS alias, model_version, CAST(NULL AS INT) AS basis_points,
              occurred_at, actor, reason, sequence
            FROM AUDIT WHERE act IN ('PROMOTED', 'ROLLED_BACK')
            UNION ALL
            SELECT model, 'challenger',
              CASE WHEN act = 'RAMPED' OR act = 'CHALLENGED' AND NOT is_shadow THEN model_version END,
              CAST(get_json_object(details, '$.basis_points') AS INT),
              occurred_at, actor, reason, sequence
            FROM TRIED
            UNION ALL
            SELECT model, 'shadow', CASE WHEN act = 'CHALLENGED' AND is_shadow THEN model_version END,
              CAST(NULL AS INT), occurred_at, actor, reason, sequence
            FROM TRIED WHERE act <> 'RAMPED'))
        WHERE model_version IS NOT NULL"""
        .replace("TRIED", TRIED)
        .replace("AUDIT", named.apply("audit_log"));
  }

  private String approvals() {
    return """
        SELECT model, model_version, act AS decision, actor AS approver, reason, occurred_at AS decided_at,
          get_json_object(details, '$.evidence') AS evidence,
          get_json_object(details, '$.digest') AS digest, sequence
        FROM AUDIT WHERE act IN ('APPROVED', 'REJECTED', 'WAIVED')"""
        .replace("AUDIT", named.apply("audit_log"));
  }

  private String retrainDecisions() {
    return """
        SELECT model, get_json_object(details, '$.decision') AS decision,
          get_json_object(details, '$.cause') AS cause, reason,
          get_json_object(details, '$.incidents') AS incidents,
          CAST(get_json_object(details, '$.window_end') AS TIMESTAMP) AS window_end,
          actor, occurred_at AS decided_at, sequence
        FROM AUDIT WHERE act = 'RETRAIN_DECIDED'"""
        .replace("AUDIT", named.apply("audit_log"));
  }

  /** What readings said ends with the champion of whom they said it; what people set does not. */
  private String circuit() {
    return """
        SELECT model, get_json_object(details, '$.state') AS state, reason,
          occurred_at AS valid_from,
          CASE WHEN is_forced THEN valid_until ELSE least(valid_until, crowned_at) END AS valid_until,
          get_json_object(details, '$.fallback') AS fallback, actor,
          is_latest AND (is_forced OR crowned_at IS NULL) AS is_latest, sequence
        FROM (
          SELECT *, CAST(get_json_object(details, '$.valid_until') AS TIMESTAMP) AS valid_until,
            coalesce(get_json_object(details, '$.forced') = 'true', false) AS is_forced,
            min(CASE WHEN act <> 'CIRCUIT_CHANGED' THEN occurred_at END) OVER later AS crowned_at,
            count_if(act = 'CIRCUIT_CHANGED') OVER later = 0 AS is_latest
          FROM AUDIT WHERE act IN ('CIRCUIT_CHANGED', 'PROMOTED', 'ROLLED_BACK')
          WINDOW later AS (PARTITION BY model ORDER BY sequence
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING))
        WHERE act = 'CIRCUIT_CHANGED'"""
        .replace("AUDIT", named.apply("audit_log"));
  }

  private String ofKnownEvents(String table) {
    return """
        SELECT t.*, a.sequence AS audit_sequence
        FROM ROWS t JOIN AUDIT a ON t.model = a.model AND t.attempt_id = a.event_id"""
        .replace("ROWS", named.apply(table))
        .replace("AUDIT", named.apply("audit_log"));
  }
}
