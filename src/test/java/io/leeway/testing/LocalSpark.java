package io.leeway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * One Spark session with Delta for all tests of a run, started when the first test asks for it.
 *
 * <p>Nobody stops it. A test that needs other settings takes {@code session().newSession()}, whose
 * settings and temporary views are its own.
 */
public final class LocalSpark {

  private LocalSpark() {}

  /** The shared session. */
  public static SparkSession session() {
    return Started.SESSION;
  }

  /** Loaded, and with it Spark started, at the first call of {@link #session()}. */
  private static final class Started {
    static final SparkSession SESSION = start();

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
          .config("spark.sql.shuffle.partitions", "2")
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
