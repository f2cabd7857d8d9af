package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.store.SourceTable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From what a version was trained, so that it can be trained again, or shown that it cannot any
 * more.
 *
 * @param predictions as read, at one version
 * @param labels as read, at one version
 * @param from prediction times of the rows: from here
 * @param holdoutFrom the last of them, from here on, were held out
 * @param until the end of both
 * @param rows that were trained on, held out or in a scenario of the gate, which may lie before
 *     from, labelled
 * @param contentHash of those rows, whatever their order
 */
record Lineage(
    ModelConfig model,
    SourceTable predictions,
    SourceTable labels,
    Instant from,
    Instant holdoutFrom,
    Instant until,
    Instant readAt,
    long rows,
    String contentHash) {

  /** Until when Delta is bound to give both tables' versions; after a change of the tables only. */
  Instant reproducibleUntil() {
    Instant ofPredictions = readAt.plus(predictions.readableFor());
    Instant ofLabels = readAt.plus(labels.readableFor());
    return ofPredictions.isBefore(ofLabels) ? ofPredictions : ofLabels;
  }

  /** For the audit log, with the scenarios whose periods were left out of the training. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("predictions", of(predictions, model.predictions().where().orElse(null)));
    facts.put("labels", of(labels, null));
    facts.put("from", from.toString());
    facts.put("holdout_from", holdoutFrom.toString());
    facts.put("until", until.toString());
    facts.put("left_out", PeriodScenarios.of(model).facts());
    facts.put("rows", rows);
    facts.put("content_hash", contentHash);
    facts.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    facts.put("delta", io.delta.package$.MODULE$.VERSION());
    facts.put("java", Runtime.version().toString());
    return facts;
  }

  private static Map<String, Object> of(SourceTable table, String filter) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("table", table.address().toString());
    facts.put("table_id", table.id());
    facts.put("version", table.version());
    facts.put("filter", filter);
    facts.put("columns", List.of(table.schema().fieldNames()));
    return facts;
  }
}
