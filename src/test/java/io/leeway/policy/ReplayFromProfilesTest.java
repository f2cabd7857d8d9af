package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetentionConfig;
import io.leeway.monitor.Remeasured;
import io.leeway.monitor.Unwritten;
import io.leeway.simulate.Event;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.Simulation;
import io.leeway.store.CommittedRun;
import io.leeway.store.Maintenance;
import io.leeway.store.PublishedParts;
import io.leeway.store.PublishedParts.Winner;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules on metrics that one store holds of crosses and another does not: what the other computes
 * from its profiles is what the first one holds.
 */
class ReplayFromProfilesTest {
  private static final int DAYS = 22;

  /** Monitored are those after the fourteenth. */
  private static final int FIRST_KEPT = 17;

  private static final Set<String> METRICS = Set.of("js_distance", "specificity");
  private static final String PROPOSED =
      "[ { metric = js_distance, above = 0.1, slice = [state, gender], for = \"1 of 1\","
          + " severity = emergency },"
          + " { metric = specificity, falls-by = 0.05 } ]";

  /** What is not the same in every store. */
  private static final String[] OF_A_STORE = {
    "run_id", "attempt_id", "computed_at", "baseline_id", "bins_id"
  };

  @TempDir private static Path folder;
  private static JudgedLender lender;
  private static ModelConfig plain;
  private static ModelConfig storing;

  @BeforeAll
  static void watch() {
    lender =
        new JudgedLender(
            folder,
            Simulation.defaults()
                .withDays(DAYS)
                .withRowsPerDay(2_400)
                .withEvents(new Event.CovariateShift("VIC", "income", -1.0, DAYS - 5)),
            "",
            "[[state], [state, gender]]");
    plain = lender.config("plain").models().get(0);
    storing =
        lender
            .config("storing", "", "store-metrics = [" + String.join(", ", METRICS) + "]")
            .models()
            .get(0);
    lender.watch(plain, "plain", DAYS);
    lender.watch(storing, "storing", DAYS);
  }

  private static ModelConfig proposed(String store, String besides) {
    return lender.config(store, PROPOSED, besides).models().get(0);
  }

  private static List<CommittedRun> committed(String store) {
    return new RunLedger(lender.store(store)).committed(LenderConfig.MODEL);
  }

  private static List<Winner> winners(String store) {
    return List.copyOf(PublishedParts.of(committed(store)).winners());
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows
        .where(functions.col("metric").isInCollection(METRICS))
        .where(functions.col("granularity").notEqual("reference"))
        .where(functions.size(functions.col("segment_values")).gt(1))
        .drop(OF_A_STORE)
        .select(functions.to_json(functions.struct("*")))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void rowsAreThoseThatAStoreWithTheseMetricsHolds() {
    Unwritten missing = Unwritten.of(METRICS, plain, proposed("plain", ""), winners("plain"));
    assertThat(missing.metrics()).isEqualTo(METRICS);
    Remeasured measured =
        Remeasured.of(lender.store("plain"), proposed("plain", ""), committed("plain"), missing);
    assertThat(measured.cut()).isZero();
    assertThat(texts(lender.store("plain").read(ResultTable.METRICS, winners("plain")))).isEmpty();
    List<String> held =
        texts(lender.store("storing").read(ResultTable.METRICS, winners("storing")));
    assertThat(held.size()).isGreaterThan(100);
    assertThat(held.stream().filter(of -> of.contains("specificity")).count()).isPositive();
    assertThat(held.stream().filter(of -> of.contains("7 days")).count()).isPositive();
    List<String> computed = texts(measured.rows());
    assertThat(computed.size()).isEqualTo(held.size());
    for (int i = 0; i < held.size(); i++) {
      assertThat(computed.get(i)).isEqualTo(held.get(i));
    }
  }

  @Test
  void aReplayRaisesTheAlertsThatItRaisesOnAStoreWithTheseMetrics() {
    ReplayReport fromProfiles = replay("plain", plain, proposed("plain", ""));
    ReplayReport stored =
        replay(
            "storing",
            storing,
            proposed("storing", "store-metrics = [" + String.join(", ", METRICS) + "]"));
    assertThat(stored.fromProfiles()).isEmpty();
    assertThat(stored.words().get(0)).endsWith("from stored metrics.");
    assertThat(fromProfiles.fromProfiles().orElseThrow().metrics()).isEqualTo(METRICS);
    assertThat(fromProfiles.words().get(0))
        .contains(
            ", from stored metrics, and of 'js_distance', 'specificity' in crosses from profiles (");
    assertThat(fromProfiles.proposed().rules()).isEqualTo(stored.proposed().rules());
    assertThat(fromProfiles.proposed().rules().get(0).alerts()).isPositive();
    assertThat(fromProfiles.proposed().incidents()).hasSameSizeAs(stored.proposed().incidents());
    assertThat(fromProfiles.inForce().rules()).isEqualTo(stored.inForce().rules());
  }

  /** Of the first days that were monitored the crosses are removed from a copy of the store. */
  @Test
  void windowsWhoseProfilesAreNotKeptAreSaidAndDoNotFail() throws IOException {
    copy("plain", "thinned");
    Instant kept = lender.day(FIRST_KEPT).start();
    new Maintenance(
            lender.store("thinned"),
            RetentionConfig.defaults(),
            kept.plus(RetentionConfig.defaults().crosses()),
            false)
        .run(LenderConfig.MODEL, Duration.ZERO);
    ModelConfig thinned = lender.config("thinned").models().get(0);
    ReplayReport report = replay("thinned", thinned, proposed("thinned", ""));
    ReplayReport whole = replay("plain", plain, proposed("plain", ""));
    assertThat(report.fromProfiles().orElseThrow().cut()).isPositive();
    assertThat(report.words().get(1)).contains("'leeway maintain' has removed the profiles");
    assertThat(report.proposed().rules().get(0).judged())
        .isPositive()
        .isLessThan(whole.proposed().rules().get(0).judged());
  }

  private static void copy(String from, String to) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(from))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(to).resolve(folder.resolve(from).relativize(file)));
      }
    }
  }

  private static ReplayReport replay(String store, ModelConfig inForce, ModelConfig proposed) {
    return new ReplayJob(lender.store(store), line -> {})
        .run(inForce, proposed, Optional.empty(), Optional.empty());
  }
}
