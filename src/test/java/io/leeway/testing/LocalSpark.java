package io.leeway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * One Spark session with Delta for all tests of a run, started when the first test asks for it.
 *
 * <p>Nobody stops it. A test that needs other settings takes {@link #another}.
 */
public final class LocalSpark {

  private LocalSpark() {}

  /** The shared session, set to queries of so few rows that compiling one is most of its cost. */
  public static SparkSession session() {
    return Started.SESSION;
  }

  /** The same as users have it: compiles its queries, so that it offers columnar batches. */
  public static SparkSession compiling() {
    return Started.COMPILING;
  }

  /** A session like {@link #session()} with settings and temporary views of its own. */
  public static SparkSession another() {
    SparkSession session = Started.COMPILING.newSession();
    session.conf().set("spark.sql.codegen.wholeStage", "false");
    session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    session.conf().set("spark.sql.adaptive.enabled", "false");
    return session;
  }

  /** Loaded, and with it Spark started, at the first call of {@link #session()}. */
  private static final class Started {
    static final SparkSession COMPILING = start();
    static final SparkSession SESSION = another();

    private static SparkSession start() {
      return SparkSession.builder()
          .master("local[2]")
          .appName("leeway-tests")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.ui.enabled", "false")
          .config("spark.ui.showConsoleProgress", "false")
          .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
          .config(
              "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
          .config("spark.databricks.delta.snapshotPartitions", "2")
          .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.sql.maxConcurrentOutputFileWriters", "8")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.warehouse.dir", warehouse().toUri().toString())
          .getOrCreate();
    }

    private static Path warehouse() {
      try {
        return Files.createTempDirectory("leeway-warehouse");
      } catch (IOException e) {
        throw new UncheckedIOException("No temporary directory for the tests' warehouse", e);
      }
    }
  }
}
