package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.registry.Details;
import io.leeway.registry.Version;
import io.leeway.registry.files.SavedModel;
import io.leeway.retrain.gate.CheckStatus;
import io.leeway.retrain.gate.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that the audit log says of a version when it is added. */
final class VersionDetails {
  private VersionDetails() {}

  static Details of(
      ModelConfig model,
      RetrainConfig config,
      TrainingRows rows,
      Trained trained,
      double threshold,
      SavedModel saved,
      Optional<Version> champion,
      Verdict verdict,
      BatchCheck check,
      Lineage lineage,
      String runId,
      String attemptId,
      Instant now) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("run_id", runId);
    facts.put("attempt_id", attemptId);
    facts.put("uri", saved.path());
    facts.put("digest", saved.digest());
    facts.put("manifest", saved.seal());
    facts.put("verdict", verdict.ruling().name());
    facts.put("evidence", verdict.evidenceDigest());
    facts.put("checks", counts(verdict));
    facts.put("champion", champion.map(Version::text).orElse(null));
    facts.put("approvers", config.approval().approvers());
    facts.put("expires", now.plus(config.approval().expires()));
    facts.put("algorithm", config.training().algorithm().text());
    facts.put("parameters", parameters(trained));
    facts.put("seed", config.training().seed());
    facts.put("threshold", threshold);
    facts.put("calibration", trained.calibration().chosen().text());
    facts.put("class_weights", weights(trained));
    facts.put("pipeline_hash", trained.pipelineHash());
    facts.put("expectations", check.version());
    facts.put("anomalies", check.words());
    facts.put("config_hash", model.hash());
    facts.put("rows", rows.facts().rowsByPart());
    facts.put("classes", rows.facts().rowsByClass());
    facts.put("rows_until", rows.period().until());
    facts.put("lineage", lineage.facts());
    facts.put("reproducible_until", lineage.reproducibleUntil());
    facts.put("seconds", trained.seconds());
    return Details.of(facts);
  }

  private static Map<String, Object> counts(Verdict verdict) {
    Map<String, Object> counts = new TreeMap<>();
    for (CheckStatus status : CheckStatus.values()) {
      long n = verdict.checks().stream().filter(of -> of.status() == status).count();
      if (n > 0) {
        counts.put(status.name(), n);
      }
    }
    return counts;
  }

  private static Map<String, Object> parameters(Trained trained) {
    Map<String, Object> parameters = new TreeMap<>();
    trained.parameters().forEach((of, value) -> parameters.put(of.text(), value));
    return parameters;
  }

  private static Map<String, Object> weights(Trained trained) {
    Map<String, Object> weights = new TreeMap<>();
    trained.classWeights().forEach((label, weight) -> weights.put(label.toString(), weight));
    return weights;
  }
}
