package io.leeway.monitor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.LocalSpark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On two executors, processes of their own, in another zone and language than this one's. */
class TwoExecutorsTest {
  private static final long PATIENCE_SECONDS = 300;

  private final SparkSession spark = LocalSpark.compiling().newSession();

  @TempDir private Path folder;

  @Test
  void twoExecutorsPublishWhatOneProcessPublishes() throws Exception {
    String table = folder.resolve("predictions").toString();
    SmallModel.predictions(spark, 1, 6, 150).repartition(4).write().format("delta").save(table);
    String here = folder.resolve("here").toString();
    String there = folder.resolve("there").toString();

    PartitionsTest.MODEL.run(spark, table, here, SmallModel.due());
    runOnTwoExecutors(table, there);

    List<String> expected = published(here);
    List<String> found = published(there);
    Set<String> known = Set.copyOf(expected);
    assertThat(found).filteredOn(row -> !known.contains(row)).isEmpty();
    assertThat(found).isEqualTo(expected).isNotEmpty();
  }

  private List<String> published(String store) {
    return PartitionsTest.MODEL.published(spark, store, SmallModel.OF_AN_ATTEMPT);
  }

  private void runOnTwoExecutors(String table, String store) throws Exception {
    Path home = sparkHome();
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jobs", "spark.javaopts").toAbsolutePath(),
                "-Xmx1g",
                MonitorProcess.QUICK_START,
                "-Duser.timezone=America/New_York",
                "-Duser.language=en",
                "-cp",
                ours() + File.pathSeparator + home.resolve("jars") + "/*",
                MonitorProcess.class.getName(),
                table,
                store,
                ours())
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", home.toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1",
                "SPARK_LOCAL_HOSTNAME", "127.0.0.1",
                "JAVA_HOME", System.getProperty("java.home")));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  /** What a Spark installation is to its executors: a folder of jars, and a file that says so. */
  private Path sparkHome() throws IOException {
    Path home = folder.resolve("spark");
    Path jars = Files.createDirectories(home.resolve("jars"));
    Files.createFile(home.resolve("RELEASE"));
    int number = 0;
    for (Path jar : classPath().filter(Files::isRegularFile).toList()) {
      Files.createSymbolicLink(jars.resolve(number++ + "-" + jar.getFileName()), jar);
    }
    return home;
  }

  /** The folders of classes, which no folder of jars can hold. */
  private static String ours() {
    return classPath()
        .filter(Files::isDirectory)
        .map(Path::toString)
        .collect(joining(File.pathSeparator));
  }

  private static Stream<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(Files::exists);
  }
}
