package io.leeway.retrain;

import io.leeway.config.Algorithm;
import io.leeway.config.TrainingConfig;
import io.leeway.config.TrainingConfig.Calibrate;
import io.leeway.config.TrainingConfig.FoldsBy;
import io.leeway.config.TrainingParameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a test trains: small, and changed in one respect at a time. */
record Training(
    Algorithm algorithm,
    Map<TrainingParameter, List<Double>> parameters,
    boolean weights,
    Calibrate calibrate,
    FoldsBy by,
    Optional<String> entity,
    int maxRows) {
  static Training of(Algorithm algorithm) {
    return new Training(
        algorithm, Map.of(), false, Calibrate.NONE, FoldsBy.ENTITY, Optional.empty(), 1_000_000);
  }

  Training with(Map<TrainingParameter, List<Double>> others) {
    return new Training(algorithm, others, weights, calibrate, by, entity, maxRows);
  }

  Training weighted() {
    return new Training(algorithm, parameters, true, calibrate, by, entity, maxRows);
  }

  Training calibrated(Calibrate way) {
    return new Training(algorithm, parameters, weights, way, by, entity, maxRows);
  }

  Training byTime() {
    return new Training(algorithm, parameters, weights, calibrate, FoldsBy.TIME, entity, maxRows);
  }

  Training together(String column) {
    return new Training(
        algorithm, parameters, weights, calibrate, by, Optional.of(column), maxRows);
  }

  Training atMost(int rows) {
    return new Training(algorithm, parameters, weights, calibrate, by, entity, rows);
  }

  TrainingConfig config() {
    int folds = 2;
    int parallel = 2;
    int partitions = 1;
    int minLabelled = 10;
    return new TrainingConfig(
        algorithm,
        new TreeMap<>(parameters),
        weights,
        calibrate,
        42,
        folds,
        by,
        parallel,
        entity,
        Duration.ofDays(60),
        Duration.ofDays(10),
        maxRows,
        partitions,
        minLabelled);
  }
}
