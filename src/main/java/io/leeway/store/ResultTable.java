package io.leeway.store;

import java.util.Locale;
import java.util.StringJoiner;
import org.apache.spark.sql.types.StructType;

/**
 * The tables Leeway writes: one entry each, from which DDL, schema and checks follow.
 *
 * <p>All are partitioned by model, append-only in use (only {@code maintain} and {@code erase}
 * delete), readable by any Delta reader (no deletion vectors, no column mapping), and carry the
 * store's format version. An instant is stored in microseconds. {@code model_version} is NULL where
 * the predictions name none: join on it by {@code <=>}.
 */
public enum ResultTable {
  /** Mergeable state, one row per part, segment and column; see {@link ProfileRows}. */
  PROFILES(
      """
      model STRING NOT NULL,
      model_version STRING,
      part STRING NOT NULL,
      granularity STRING NOT NULL,
      window_start TIMESTAMP NOT NULL,
      window_end TIMESTAMP NOT NULL,
      slice STRING NOT NULL,
      segment STRING NOT NULL,
      segment_values MAP<STRING, STRING>,
      column_name STRING NOT NULL,
      format INT NOT NULL,
      kind STRING NOT NULL,
      n_rows BIGINT,
      n BIGINT,
      n_null BIGINT,
      n_nan BIGINT,
      n_pos_inf BIGINT,
      n_neg_inf BIGINT,
      exact BOOLEAN,
      minimum DOUBLE,
      maximum DOUBLE,
      total DECIMAL(38, 0),
      squares DECIMAL(38, 0),
      n_overflow BIGINT,
      `values` ARRAY<STRUCT<value: DOUBLE, n: BIGINT, decided: BIGINT>>,
      bins ARRAY<STRUCT<bin: INT, n: BIGINT, decided: BIGINT, low: DOUBLE, high: DOUBLE>>,
      sums ARRAY<STRUCT<bin: INT, sum: DECIMAL(38, 0)>>,
      categories ARRAY<STRUCT<value: STRING, n: BIGINT>>,
      n_other BIGINT,
      other_distinct DOUBLE,
      bins_id STRING,
      baseline_id STRING,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      computed_at TIMESTAMP""",
      "model_version, part, granularity, window_start, window_end, slice, segment, column_name, "
          + "bins_id, baseline_id, run_id, attempt_id"),

  /** Long: one row per metric of a part, segment and column; see {@link MetricRows}. */
  METRICS(
      """
      model STRING NOT NULL,
      model_version STRING,
      granularity STRING NOT NULL,
      window_start TIMESTAMP NOT NULL,
      window_end TIMESTAMP NOT NULL,
      part STRING NOT NULL,
      slice STRING NOT NULL,
      segment STRING NOT NULL,
      segment_values MAP<STRING, STRING>,
      column_name STRING NOT NULL,
      class_label STRING,
      metric STRING NOT NULL,
      comparison STRING NOT NULL,
      value DOUBLE,
      ci_low DOUBLE,
      ci_high DOUBLE,
      std_error DOUBLE,
      error_bound DOUBLE,
      n BIGINT,
      n_labelled BIGINT,
      numerator DOUBLE,
      denominator DOUBLE,
      reference_value DOUBLE,
      reference_n BIGINT,
      reference_numerator DOUBLE,
      reference_denominator DOUBLE,
      expected DOUBLE,
      dof DOUBLE,
      phi DOUBLE,
      phi_df DOUBLE,
      status STRING NOT NULL,
      flags ARRAY<STRING>,
      reason STRING,
      maturity STRING,
      bins_id STRING,
      baseline_id STRING,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      computed_at TIMESTAMP""",
      "model_version, granularity, window_start, window_end, part, slice, segment, column_name, "
          + "metric, comparison, run_id, attempt_id"),

  /**
   * The frozen grid, one row per column, and one row with an empty {@code column_name} for the
   * baseline as a whole, which carries the admitted segments.
   */
  BASELINES(
      """
      model STRING NOT NULL,
      model_version STRING,
      bins_id STRING NOT NULL,
      baseline_id STRING NOT NULL,
      column_name STRING NOT NULL,
      expression STRING,
      role STRING,
      kind STRING,
      format INT,
      edges ARRAY<DOUBLE>,
      deciles ARRAY<DOUBLE>,
      coarse ARRAY<INT>,
      center DOUBLE,
      sum_exponent INT,
      square_exponent INT,
      exact_limit INT,
      dictionary ARRAY<STRING>,
      monitored BOOLEAN,
      reason STRING,
      data_type STRING,
      segments ARRAY<STRUCT<slice: STRING, `columns`: ARRAY<STRING>, `values`: ARRAY<STRING>>>,
      reference_from TIMESTAMP,
      reference_until TIMESTAMP,
      reference_rows BIGINT,
      source_table_id STRING,
      source_version BIGINT,
      zone STRING,
      base_granularity STRING,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      computed_at TIMESTAMP""",
      "model_version, bins_id, baseline_id, column_name, run_id, attempt_id"),

  /** One row per rule, and value that it judged; of a window, all versions are judged together. */
  VERDICTS(
      """
      model STRING NOT NULL,
      model_version STRING,
      granularity STRING NOT NULL,
      window_start TIMESTAMP NOT NULL,
      window_end TIMESTAMP NOT NULL,
      part STRING NOT NULL,
      slice STRING NOT NULL,
      segment STRING NOT NULL,
      segment_values MAP<STRING, STRING>,
      column_name STRING NOT NULL,
      class_label STRING,
      metric STRING NOT NULL,
      comparison STRING NOT NULL,
      rule_id STRING NOT NULL,
      rule STRING NOT NULL,
      severity STRING NOT NULL,
      family STRING NOT NULL,
      verdict STRING NOT NULL,
      evidence STRING,
      sentence STRING NOT NULL,
      value DOUBLE,
      ci_low DOUBLE,
      ci_high DOUBLE,
      std_error DOUBLE,
      n BIGINT,
      estimate DOUBLE,
      `limit` DOUBLE,
      p_limit DOUBLE,
      p_change DOUBLE,
      combined_p_limit DOUBLE,
      combined_p_change DOUBLE,
      q_limit DOUBLE,
      q_change DOUBLE,
      family_size INT,
      detectable DOUBLE,
      windows STRING NOT NULL,
      since TIMESTAMP,
      is_first BOOLEAN NOT NULL,
      may_open BOOLEAN NOT NULL,
      maturity STRING,
      incident_id STRING,
      owner STRING,
      runbook STRING,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      computed_at TIMESTAMP""",
      "model_version, granularity, window_start, window_end, slice, segment, column_name, metric, "
          + "severity, verdict, incident_id, run_id, attempt_id"),

  /**
   * What happened to incidents, one row per event, each with the incident as it was from then on;
   * the last one in the order of runs, and of {@code event_number} within a run, is the incident.
   */
  INCIDENTS(
      """
      model STRING NOT NULL,
      incident_id STRING NOT NULL,
      event_number INT NOT NULL,
      event STRING NOT NULL,
      event_at TIMESTAMP NOT NULL,
      actor STRING NOT NULL,
      reason STRING,
      state STRING NOT NULL,
      severity STRING NOT NULL,
      headline STRING NOT NULL,
      segments ARRAY<STRING> NOT NULL,
      `columns` ARRAY<STRING> NOT NULL,
      metrics ARRAY<STRING> NOT NULL,
      families ARRAY<STRING> NOT NULL,
      rules ARRAY<STRING> NOT NULL,
      n_breaches BIGINT NOT NULL,
      started_at TIMESTAMP NOT NULL,
      last_bad_at TIMESTAMP NOT NULL,
      detected_at TIMESTAMP NOT NULL,
      acknowledged_at TIMESTAMP,
      mitigated_at TIMESTAMP,
      resolved_at TIMESTAMP,
      owner STRING,
      runbook STRING,
      details STRING NOT NULL,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      computed_at TIMESTAMP""",
      "incident_id, event, state, severity, started_at, run_id, attempt_id"),

  /**
   * The outbox: what is to be told, and each try to tell it. A notice is written before it is sent;
   * tries are written after.
   */
  NOTICES(
      """
      model STRING NOT NULL,
      notice_id STRING NOT NULL,
      incident_id STRING NOT NULL,
      kind STRING NOT NULL,
      status STRING NOT NULL,
      channel STRING,
      at TIMESTAMP NOT NULL,
      answer INT,
      reason STRING,
      notice STRING,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      computed_at TIMESTAMP""",
      "notice_id, incident_id, status, run_id, attempt_id"),

  /**
   * What was done with a model and its versions, one row per act, numbered and chained by hashes;
   * all that is said of versions follows from it. Rows are never changed or deleted.
   */
  AUDIT_LOG(
      """
      model STRING NOT NULL,
      sequence BIGINT NOT NULL,
      event_id STRING NOT NULL,
      act STRING NOT NULL,
      model_version STRING,
      actor STRING NOT NULL,
      reason STRING NOT NULL,
      details STRING NOT NULL,
      code_version STRING NOT NULL,
      occurred_at TIMESTAMP NOT NULL,
      previous_hash STRING NOT NULL,
      hash STRING NOT NULL""",
      "sequence, event_id, act, model_version"),

  /** One row per check of a candidate; it counts if the audit log has its attempt as an event. */
  GATE_CHECKS(
      """
      model STRING NOT NULL,
      model_version STRING NOT NULL,
      check_id STRING NOT NULL,
      check_group STRING NOT NULL,
      metric STRING NOT NULL,
      slice STRING NOT NULL,
      segment STRING NOT NULL,
      attribute STRING,
      scenario STRING,
      n BIGINT,
      n_positive BIGINT,
      candidate DOUBLE,
      champion DOUBLE,
      difference DOUBLE,
      ci_low DOUBLE,
      ci_high DOUBLE,
      `limit` DOUBLE,
      status STRING NOT NULL,
      sentence STRING NOT NULL,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      computed_at TIMESTAMP""",
      "model_version, check_group, metric, status, run_id, attempt_id"),

  /** One row per set of parameters and fold that was tried; counts as {@link #GATE_CHECKS} do. */
  TRIALS(
      """
      model STRING NOT NULL,
      model_version STRING NOT NULL,
      trial INT NOT NULL,
      fold INT NOT NULL,
      parameters STRING NOT NULL,
      metric STRING NOT NULL,
      value DOUBLE,
      millis BIGINT,
      chosen BOOLEAN NOT NULL,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      computed_at TIMESTAMP""",
      "model_version, trial, run_id, attempt_id"),

  /**
   * What a look at a test of two versions saw, one row per day, ramp step, arm and metric; counts
   * as {@link #GATE_CHECKS} do.
   */
  AB_RESULTS(
      """
      model STRING NOT NULL,
      model_version STRING,
      test BIGINT NOT NULL,
      looked_at TIMESTAMP NOT NULL,
      day DATE,
      step INT,
      arm STRING NOT NULL,
      metric STRING NOT NULL,
      role STRING NOT NULL,
      n BIGINT,
      total DOUBLE,
      squares DOUBLE,
      difference DOUBLE,
      std_error DOUBLE,
      least DOUBLE,
      most DOUBLE,
      p_value DOUBLE,
      bar DOUBLE,
      ruling STRING,
      sentence STRING,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      computed_at TIMESTAMP""",
      "model_version, test, looked_at, day, arm, metric, run_id, attempt_id"),

  /**
   * One row per committed run, and per entry of {@code maintain} among them; written by {@link
   * RunLedger} alone, never deleted from.
   */
  RUNS(
      """
      model STRING NOT NULL,
      sequence BIGINT NOT NULL,
      run_id STRING NOT NULL,
      attempt_id STRING NOT NULL,
      command STRING NOT NULL,
      status STRING NOT NULL,
      generation BIGINT NOT NULL,
      config_hash STRING NOT NULL,
      code_version STRING,
      store_format INT NOT NULL,
      predictions_table_id STRING,
      predictions_version BIGINT,
      labels_table_id STRING,
      labels_version BIGINT,
      incremental BOOLEAN,
      bins_id STRING,
      baseline_id STRING,
      started_at TIMESTAMP,
      planned_after BIGINT,
      committed_at TIMESTAMP,
      parts ARRAY<STRUCT<
        model_version: STRING, granularity: STRING, window_start: TIMESTAMP, window_end: TIMESTAMP,
        part: STRING, `rows`: BIGINT, fingerprint: BIGINT,
        predictions_version: BIGINT, labels_version: BIGINT>>,
      summary STRING""",
      "sequence, run_id, attempt_id, command");

  private final String columns;
  private final String filterColumns;

  ResultTable(String columns, String filterColumns) {
    this.columns = columns;
    this.filterColumns = filterColumns;
  }

  /** The name within the root path or schema, for example {@code metrics}. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The columns in table order. */
  public StructType schema() {
    return StructType.fromDDL(columns);
  }

  /** The statement that creates the table under a name that SQL understands. */
  public String ddl(String sqlName) {
    StringJoiner properties = new StringJoiner(",\n  ");
    properties.add("'" + Store.FORMAT_PROPERTY + "' = '" + Store.FORMAT + "'");
    properties.add("'delta.enableDeletionVectors' = 'false'");
    properties.add("'delta.logRetentionDuration' = 'interval 90 days'");
    // Statistics cost a writer's time per column; only what is filtered by gets them. A
    // delta.setTransactionRetentionDuration must never join this list: the ledger leans on
    // transaction numbers being kept for ever.
    properties.add("'delta.dataSkippingStatsColumns' = '" + filterColumns.replace(" ", "") + "'");
    return "CREATE TABLE IF NOT EXISTS "
        + sqlName
        + " (\n"
        + columns.indent(2).stripTrailing()
        + "\n)\nUSING DELTA\nPARTITIONED BY (model)\nTBLPROPERTIES (\n  "
        + properties
        + ")";
  }
}
