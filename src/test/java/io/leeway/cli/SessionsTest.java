package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.LocalSpark;
import org.apache.spark.SparkConf;
import org.apache.spark.executor.Executor;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static SparkConf none() {
    return new SparkConf(false);
  }

  @Test
  void withoutAMasterTheSessionIsLocalAndQuiet() {
    SparkConf local = Sessions.completed(none());

    assertThat(local.get("spark.master")).isEqualTo("local[*]");
    assertThat(local.get("spark.ui.enabled")).isEqualTo("false");
    assertThat(local.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(local.get("spark.databricks.delta.snapshotPartitions")).isEqualTo("2");
    assertThat(local.get("spark.sql.shuffle.partitions"))
        .isEqualTo(Integer.toString(2 * Runtime.getRuntime().availableProcessors()));
  }

  /** By the rule that Spark's executor itself asks before it ends its process. */
  @Test
  void aTaskWithoutMemoryDoesNotEndALocalProcess() {
    String key = "spark.executor.killOnFatalError.depth";
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");

    assertThat(Executor.isFatalError(error, 5)).as("by Spark's default").isTrue();
    assertThat(Executor.isFatalError(error, depth(Sessions.completed(none()).get(key)))).isFalse();
    assertThat(Sessions.completed(none().set("spark.master", "yarn")).contains(key)).isFalse();
  }

  private static int depth(String setting) {
    return Integer.parseInt(setting);
  }

  @Test
  void shuffleFollowsTheThreads() {
    assertThat(
            Sessions.completed(none().set("spark.master", "local[3]"))
                .get("spark.sql.shuffle.partitions"))
        .isEqualTo("6");
    assertThat(
            Sessions.completed(none().set("spark.master", "local"))
                .get("spark.sql.shuffle.partitions"))
        .isEqualTo("2");
  }

  @Test
  void whatIsSetStays() {
    SparkConf given =
        none()
            .set("spark.sql.shuffle.partitions", "7")
            .set("spark.sql.extensions", "com.example.Other");

    SparkConf completed = Sessions.completed(given);

    assertThat(completed.get("spark.sql.shuffle.partitions")).isEqualTo("7");
    assertThat(completed.get("spark.sql.extensions"))
        .isEqualTo("com.example.Other,io.delta.sql.DeltaSparkSessionExtension");
    assertThat(given.contains("spark.master")).isFalse();
  }

  @Test
  void theTimeZoneIsAlwaysUtc() {
    assertThat(
            Sessions.completed(none().set("spark.sql.session.timeZone", "Asia/Tokyo"))
                .get("spark.sql.session.timeZone"))
        .isEqualTo("UTC");
  }

  @Test
  void aClusterKeepsItsOwnSettings() {
    SparkConf cluster = Sessions.completed(none().set("spark.master", "yarn"));

    assertThat(cluster.contains("spark.ui.enabled")).isFalse();
    assertThat(cluster.contains("spark.sql.shuffle.partitions")).isFalse();
    assertThat(cluster.contains("spark.driver.bindAddress")).isFalse();
    assertThat(cluster.get("spark.sql.extensions")).contains("Delta");
  }

  @Test
  void whatIsBeingDoneIsShownBesideTheStages() {
    Sessions.by(none()).describe("Spark is not started for it");
    Sessions sessions = Sessions.running(LocalSpark.session());

    sessions.describe("Model m: scanning 3 windows");

    assertThat(LocalSpark.session().sparkContext().getLocalProperty("spark.job.description"))
        .isEqualTo("Model m: scanning 3 windows");
    LocalSpark.session().sparkContext().setJobDescription(null);
  }

  @Test
  void aDriverOnTheClusterIsTold() {
    assertThat(Sessions.by(none()).isClusterDriver()).isFalse();
    assertThat(Sessions.by(none().set("spark.submit.deployMode", "cluster")).isClusterDriver())
        .isTrue();
    assertThat(Sessions.by(none().set("spark.master", "spark://host:7077")).isLocal()).isFalse();
    assertThat(Sessions.by(none()).isLocal()).isTrue();
  }
}
