package io.leeway.policy;

import io.leeway.config.ModelConfig;
import io.leeway.monitor.Remeasured;
import io.leeway.monitor.Unwritten;
import io.leeway.store.CommittedRun;
import io.leeway.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * What a replay computes from profiles since it is not stored, kept by Spark on its own disks until
 * the replay is over.
 *
 * @param rows of {@code metrics}; empty where nothing is missing
 * @param told of it
 */
record Completion(Optional<Dataset<Row>> rows, Optional<ReplayReport.FromProfiles> told)
    implements AutoCloseable {

  /** Computes what is missing. */
  static Completion of(
      Store store, ModelConfig proposed, List<CommittedRun> committed, Unwritten missing) {
    if (missing.metrics().isEmpty()) {
      return new Completion(Optional.empty(), Optional.empty());
    }
    Instant began = Instant.now();
    Remeasured measured = Remeasured.of(store, proposed, committed, missing);
    Dataset<Row> rows = measured.rows().persist(StorageLevel.DISK_ONLY());
    rows.count();
    return new Completion(
        Optional.of(rows),
        Optional.of(
            new ReplayReport.FromProfiles(
                missing.metrics(), Duration.between(began, Instant.now()), measured.cut())));
  }

  @Override
  public void close() {
    rows.ifPresent(Dataset::unpersist);
  }
}
