package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.UserException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetrainConfigTest {
  private static RetrainConfig read(String retrain) {
    return FiveLines.model("labels { table = in/labels, label = y }", "retrain { " + retrain + " }")
        .retrain()
        .orElseThrow();
  }

  @Test
  void needsAnAlgorithmAndNothingElse() {
    RetrainConfig config = read("algorithm = gbt");

    assertThat(config.approval()).isEqualTo(ApprovalConfig.defaults());
    assertThat(config.trigger()).isEqualTo(TriggerConfig.defaults());
    assertThat(config.scoring()).isEmpty();
    assertThat(config.threshold()).isEmpty();
    assertThatThrownBy(() -> read("seed = 1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("retrain.algorithm");
  }

  @Test
  void saysWhoApprovesAndWhenItMayFire() {
    RetrainConfig config =
        read(
            "algorithm = gbt, approval { approvers = 2, expires = 12 hours }, cooldown = 1 day,"
                + " budget { retrainings = 2, within = 7 days }, lease = 1 hour, threshold = 0.3");

    assertThat(config.approval()).isEqualTo(new ApprovalConfig(2, Duration.ofHours(12)));
    assertThat(config.trigger())
        .isEqualTo(
            new TriggerConfig(Duration.ofDays(1), 2, Duration.ofDays(7), Duration.ofHours(1)));
    assertThat(config.threshold()).hasValue(0.3);
    assertThatThrownBy(() -> read("algorithm = gbt, threshold = 1.5"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'1.5' is not a number between 0 and 1");
    assertThatThrownBy(() -> read("algorithm = gbt, lease = 0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no time at all");
  }

  @Test
  void versionsLieBesideTheTablesOrWhereSaid() {
    StoreConfig path = new StoreConfig(Optional.of("/store"), Optional.empty(), Optional.empty());
    StoreConfig catalog =
        new StoreConfig(Optional.empty(), Optional.of("spark_catalog"), Optional.of("monitoring"));

    assertThat(read("algorithm = gbt").modelsRoot(path)).isEqualTo("/store/models");
    assertThat(read("algorithm = gbt, models = \"s3a://b/m\"").modelsRoot(catalog))
        .isEqualTo("s3a://b/m");
    assertThatThrownBy(() -> read("algorithm = gbt").modelsRoot(catalog))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("retrain.models");
  }
}
