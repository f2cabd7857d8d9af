package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.cli.Leeway;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands in processes of their own, all at one time, over one store: four monitors of overlapping
 * ranges, a backfill and {@code maintain}, while this process reads by SQL.
 */
class SideBySideTest {
  private static final SmallModel MODEL =
      new SmallModel(
          "m",
          2,
          """
          features { numeric = [age] }
          windows { base = 1 day, roll-up = [2 days] }
          """);

  private static final String OF_A_PART =
      "SELECT attempt_id, model_version, granularity, window_start, count(*) AS n FROM %s"
          + " WHERE granularity <> 'reference'"
          + " GROUP BY attempt_id, model_version, granularity, window_start";

  /** A command that is at work, and where what it prints goes. */
  private record Running(List<String> command, Process process, Path output) {}

  private final SparkSession spark = LocalSpark.another();
  private final List<Running> running = new ArrayList<>();

  @TempDir private Path folder;

  private String table() {
    return folder.resolve("predictions").toString();
  }

  private String store() {
    return folder.resolve("store").toString();
  }

  @AfterEach
  void endProcesses() {
    running.forEach(of -> of.process().destroyForcibly());
  }

  /** Days 1 and 2 are the reference, day 3 is there already, with rows of an attempt that died. */
  @Test
  void leaveWhatOneRunLeavesAndReadersSeeWholePartsAllTheTime() throws Exception {
    SmallModel.predictions(spark, 1, 8, 20).coalesce(1).write().format("delta").save(table());
    MODEL.run(spark, table(), store(), dayThree());
    leaveRowsOfADeadAttempt();
    Path configuration =
        Files.writeString(folder.resolve("leeway.conf"), MODEL.text(table(), store()));

    start("monitor", configuration);
    start("monitor", configuration, "--from", "2026-01-03", "--until", "2026-01-06");
    start("monitor", configuration, "--from", "2026-01-05", "--until", "2026-01-08");
    start("monitor", configuration, "--from", "2026-01-06", "--until", "2026-01-09");
    start("monitor", configuration, "--from", "2026-01-04", "--until", "2026-01-06", "--force");
    start("maintain", configuration, "--abandoned-after", "1 day");
    List<Map<String, Row>> seen = new ArrayList<>();
    SparkSession reader = LocalSpark.another();
    while (running.stream().anyMatch(of -> of.process().isAlive())) {
      seen.add(whatShows(reader));
    }

    for (Running of : running) {
      assertThat(of.process().exitValue())
          .as("%s: %s", of.command(), Files.readString(of.output()))
          .isZero();
    }
    MODEL.run(spark, table(), store(), SmallModel.due());
    assertThat(attempts()).doesNotContain("dead");
    assertWholeParts(seen);
    assertShowsWhatOneRunLeaves();
  }

  private static MonitorRequest dayThree() {
    return MonitorRequest.asked(
        Optional.of(SmallModel.start(3)),
        Optional.of(SmallModel.start(4)),
        Instant.parse("2030-01-01T00:00:00Z"));
  }

  private void leaveRowsOfADeadAttempt() {
    String metrics = "delta.`" + store() + "/metrics`";
    spark.sql(
        "INSERT INTO %s SELECT * EXCEPT (attempt_id, computed_at), 'dead', now() - INTERVAL 9 DAYS FROM %s"
            .formatted(metrics, metrics));
  }

  private void start(String command, Path configuration, String... more) throws IOException {
    List<String> arguments =
        Stream.concat(Stream.of(command, "--config", configuration.toString()), Stream.of(more))
            .toList();
    Path output = folder.resolve("output-" + running.size());
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jobs", "spark.javaopts").toAbsolutePath(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=256m",
                "-XX:+UseSerialGC",
                "-Dspark.master=local[1]",
                "-cp",
                System.getProperty("java.class.path"),
                Leeway.class.getName()));
    line.addAll(arguments);
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    running.add(new Running(arguments, process, output));
  }

  private Map<String, Row> whatShows(SparkSession reader) {
    Views.createTemporary(opened(reader), 1);
    Map<String, Row> shown = new HashMap<>();
    for (Row row : reader.sql(OF_A_PART.formatted("latest_metrics")).collectAsList()) {
      assertThat(shown.put(part(row), row)).as("another attempt at " + row).isNull();
    }
    return shown;
  }

  private static String part(Row row) {
    return " " + row.get(1) + " " + row.get(2) + " " + row.get(3);
  }

  private Store opened(SparkSession session) {
    return Store.open(session, MODEL.config(table(), store()).store());
  }

  private List<String> attempts() {
    return opened(spark)
        .read(ResultTable.METRICS)
        .select("attempt_id")
        .distinct()
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList();
  }

  private void assertWholeParts(List<Map<String, Row>> seen) {
    Map<String, Long> written = new HashMap<>();
    opened(spark).read(ResultTable.METRICS).createOrReplaceTempView("all_metrics");
    for (Row row : spark.sql(OF_A_PART.formatted("all_metrics")).collectAsList()) {
      written.put(row.getString(0) + part(row), row.getLong(4));
    }
    Map<String, Row> before = Map.of();
    for (Map<String, Row> shown : seen) {
      assertThat(shown.keySet()).as("what showed once stays").containsAll(before.keySet());
      shown.forEach(
          (part, row) ->
              assertThat(row.getLong(4))
                  .as("rows of %s", part)
                  .isEqualTo(written.get(row.getString(0) + part)));
      before = shown;
    }
    assertThat(seen.stream().map(Map::size).distinct()).hasSizeGreaterThan(1);
  }

  private void assertShowsWhatOneRunLeaves() {
    assertThat(MODEL.run(spark, table(), store(), SmallModel.due()).result())
        .isEqualTo(Result.NOTHING_DUE);
    String alone = folder.resolve("alone").toString();
    MODEL.run(spark, table(), alone, SmallModel.due());
    assertThat(MODEL.showing(spark, store())).isEqualTo(MODEL.showing(spark, alone)).isNotEmpty();
  }
}
