package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionTimeTest {
  @TempDir private Path folder;

  private ModelConfig model(String zone) {
    return ConfigLoader.load(
            """
            leeway {
              store.path = "results"
              models.m {
                task = binary
                predictions { table = "predictions/", id = id, time = at, score = p }
                windows.zone = "%s"
                reference.table = "%s/reference"
              }
            }"""
                .formatted(zone, folder),
            folder)
        .model("m");
  }

  private Optional<String> wrong(DataType type, String zone) {
    ModelConfig model = model(zone);
    return PredictionTime.withoutZone(model, model.predictions().table(), type);
  }

  @Test
  void timesWithoutAZoneAreInstantsInUtcAlone() {
    assertThat(wrong(DataTypes.TimestampNTZType, "UTC")).isEmpty();
    assertThat(wrong(DataTypes.DateType, "Etc/UTC")).isEmpty();
    assertThat(wrong(DataTypes.TimestampType, "Australia/Sydney")).isEmpty();
    assertThat(wrong(DataTypes.TimestampNTZType, "Australia/Sydney").orElseThrow())
        .contains("column 'at'", "timestamp_ntz", "no zone", "windows.zone is Australia/Sydney")
        .contains("to_utc_timestamp(at, 'Australia/Sydney')");
    assertThat(wrong(DataTypes.DateType, "Australia/Sydney")).isPresent();
  }

  @Test
  void aReferenceWithSuchTimesIsRefused() {
    LocalSpark.session()
        .sql("SELECT 1 AS id, TIMESTAMP_NTZ'2026-01-01 07:00:00' AS at, 0.5D AS p")
        .write()
        .format("delta")
        .save(folder.resolve("reference").toString());

    assertThatThrownBy(() -> ReferenceRows.open(LocalSpark.session(), model("Australia/Sydney")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Model 'm', predictions.time: column 'at' of table '")
        .hasMessageContaining("reference' is of type timestamp_ntz, which has no zone");
    assertThat(ReferenceRows.open(LocalSpark.session(), model("UTC")).windows()).hasSize(1);
  }
}
