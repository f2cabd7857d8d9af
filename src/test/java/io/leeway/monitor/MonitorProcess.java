package io.leeway.monitor;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** A process of its own that makes the baseline and monitors, with two executors. */
final class MonitorProcess {
  /** In one process there is but one Spark, and the tests' own has no executors. */
  private static final String MASTER = "local-cluster[2,1,1024]";

  /** Processes that live for seconds do not earn back what more of the compiler costs. */
  static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  private MonitorProcess() {}

  /**
   * Takes the table, the store and the class path of our own classes.
   *
   * @throws IllegalStateException unless both executors had work
   */
  public static void main(String[] args) {
    Set<String> executors = new ConcurrentSkipListSet<>();
    SparkSession spark =
        SparkSession.builder()
            .master(MASTER)
            .config("spark.executor.extraClassPath", args[2])
            .config("spark.executor.extraJavaOptions", QUICK_START)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
            .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.databricks.delta.snapshotPartitions", "2")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd end) {
                executors.add(end.taskInfo().executorId());
              }
            });
    PartitionsTest.MODEL.run(spark, args[0], args[1], SmallModel.due());
    spark.stop();
    if (executors.size() != 2) {
      throw new IllegalStateException("Executors with work: " + executors + ", not two.");
    }
  }
}
