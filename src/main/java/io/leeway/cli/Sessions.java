package io.leeway.cli;

import io.leeway.store.LocalCommits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of a process. It is started when a command first needs it, so that help and a
 * wrong option answer at once, and stopped at the end if it was started here.
 *
 * <p>Without {@code spark.master} the session runs on this machine. What {@code spark-submit} or
 * the caller sets wins over all defaults here but two: the session's time zone is UTC, so that no
 * table depends on where a job ran, and objects travel in Java's own form, since Kryo knows no
 * records.
 */
final class Sessions implements AutoCloseable {
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String DELTA = "io.delta.sql.DeltaSparkSessionExtension";
  private static final String LOCAL = "local[*]";
  private static final Pattern THREADS = Pattern.compile("local\\[(\\d+).*");

  private final SparkConf settings;
  private final boolean startsHere;
  private SparkSession session;
  private Path warehouse;

  private Sessions(SparkConf settings, SparkSession running) {
    this.settings = settings;
    this.startsHere = running == null;
    this.session = running;
  }

  /** By the settings of this process: Java's properties that start with {@code spark.}. */
  static Sessions ofThisProcess() {
    return by(new SparkConf());
  }

  static Sessions by(SparkConf settings) {
    return new Sessions(settings, null);
  }

  /** A session that somebody else starts and stops. */
  static Sessions running(SparkSession session) {
    return new Sessions(session.sparkContext().getConf(), session);
  }

  /** Whether Spark's work is done on this machine, where a relative path means the same to all. */
  boolean isLocal() {
    return settings.get("spark.master", LOCAL).startsWith("local");
  }

  /** Whether the driver runs somewhere on a cluster, where an exit code reaches nobody. */
  boolean isClusterDriver() {
    return settings.get("spark.submit.deployMode", "client").equals("cluster");
  }

  /** What is set of Spark by a name; empty where nothing is. */
  String setting(String name) {
    return settings.get(name, "");
  }

  /** Addresses of the files that were sent along, with commas between. */
  String sentFiles() {
    return setting("spark.files");
  }

  SparkSession session() {
    if (session == null) {
      Platform.found().require();
      if (isLocal() && !settings.contains("spark.sql.warehouse.dir")) {
        warehouse = temporaryFolder();
        settings.set("spark.sql.warehouse.dir", warehouse.toUri().toString());
      }
      session = SparkSession.builder().config(completed(settings)).getOrCreate();
    }
    return session;
  }

  /** What the jobs that follow in this thread are for; nothing before Spark is started. */
  void describe(String what) {
    if (session != null) {
      session.sparkContext().setJobDescription(what);
    }
  }

  /** How file systems are found; does not start Spark. */
  Configuration hadoop() {
    return session == null
        ? SparkHadoopUtil.get().newConfiguration(settings)
        : ((org.apache.spark.sql.classic.SparkSession) session).sessionState().newHadoopConf();
  }

  /**
   * Adds what is not set. Tasks of a local master run in this very process, which Spark would end
   * when one runs out of memory; with a depth of 0 that task fails like any other.
   */
  static SparkConf completed(SparkConf given) {
    SparkConf settings = given.clone();
    settings.setIfMissing("spark.app.name", "leeway");
    settings.setIfMissing("spark.master", LOCAL);
    String extensions = settings.get(EXTENSIONS, "");
    if (!extensions.contains(DELTA)) {
      settings.set(EXTENSIONS, extensions.isEmpty() ? DELTA : extensions + "," + DELTA);
    }
    settings.setIfMissing(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    if (!settings.contains("spark.delta.logStore.class")) {
      settings.setIfMissing(LocalCommits.SETTING, LocalCommits.class.getName());
    }
    // A run writes of one model or a few, so rows need no sorting by model before they are written.
    settings.setIfMissing("spark.sql.maxConcurrentOutputFileWriters", "8");
    settings.set("spark.sql.session.timeZone", "UTC");
    settings.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    String master = settings.get("spark.master");
    if (master.startsWith("local")) {
      settings.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      settings.setIfMissing("spark.driver.host", "127.0.0.1");
      settings.setIfMissing("spark.executor.killOnFatalError.depth", "0");
      settings.setIfMissing("spark.ui.enabled", "false");
      settings.setIfMissing("spark.ui.showConsoleProgress", "false");
      settings.setIfMissing("spark.databricks.delta.snapshotPartitions", "2");
      // VACUUM lists folders in as many tasks, each of which costs its start.
      settings.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", "8");
      settings.setIfMissing(
          "spark.sql.shuffle.partitions", String.format(Locale.ROOT, "%d", 2 * threads(master)));
    }
    return settings;
  }

  private static int threads(String master) {
    Matcher matcher = THREADS.matcher(master);
    if (matcher.matches()) {
      return Integer.parseInt(matcher.group(1));
    }
    return master.equals("local") ? 1 : Runtime.getRuntime().availableProcessors();
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("leeway-warehouse");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (startsHere && session != null) {
      session.stop();
      session = null;
    }
    if (warehouse != null) {
      try {
        Files.deleteIfExists(warehouse);
      } catch (IOException e) {
        // Somebody put a table there; it is theirs.
        warehouse = null;
      }
    }
  }
}
