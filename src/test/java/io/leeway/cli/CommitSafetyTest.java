package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitSafetyTest {
  private static LeewayConfig config(String store, String predictions) {
    return ConfigLoader.load(
        """
        leeway {
          store.path = "%s"
          models.m {
            task = binary
            predictions {
              table = "%s", id = id, time = at, score = p, decision = d, version = v
            }
            reference.where = "true"
            labels { table = "s3a://bucket/labels", id = id, label = y, time = at, mature-after = 1 day }
            retrain { algorithm = gbt, window = 9 days, holdout = 2 days, scoring.table = "s3a://bucket/in" }
          }
        }
        """
            .formatted(store, predictions),
        Path.of(""));
  }

  private static List<String> warnings(LeewayConfig config, Map<String, String> settings) {
    return CommitSafety.warnings(config, name -> settings.getOrDefault(name, ""));
  }

  @Test
  void tablesOnS3WantALockThatDriversShare() {
    LeewayConfig results = config("s3a://bucket/results", "/data/answers");

    assertThat(warnings(results, Map.of()))
        .singleElement()
        .asString()
        .contains("tables on s3a://")
        .contains("spark.delta.logStore.s3a.impl");
    assertThat(
            warnings(
                results,
                Map.of("spark.delta.logStore.s3a.impl", "io.delta.storage.S3SingleDriverLogStore")))
        .hasSize(1);
    assertThat(
            warnings(
                results,
                Map.of("spark.delta.logStore.s3a.impl", "io.delta.storage.S3DynamoDBLogStore")))
        .isEmpty();
  }

  @Test
  void whatIsOnlyReadThereWantsNothing() {
    assertThat(warnings(config("hdfs://nn/results", "/data/answers"), Map.of())).isEmpty();
    assertThat(warnings(config("/data/results", "s3://bucket/answers"), Map.of()))
        .singleElement()
        .asString()
        .contains("s3://");
  }
}
