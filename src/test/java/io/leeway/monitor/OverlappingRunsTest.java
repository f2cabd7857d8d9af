package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.leeway.config.LeewayConfig;
import io.leeway.domain.Window;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Days 1 and 2 are the reference, days 3 to 8 are to be monitored. What shows in the end is what
 * one run leaves that had the tables to itself.
 */
class OverlappingRunsTest {
  private static final int ROWS = 20;

  private static final SmallModel MODEL =
      new SmallModel(
          "m",
          2,
          """
          features { numeric = [age] }
          windows { base = 1 day, roll-up = [2 days] }
          """);

  private final SparkSession spark = LocalSpark.another();

  @TempDir private Path folder;
  private String table;
  private String store;

  @BeforeEach
  void writePredictions() {
    table = folder.resolve("predictions").toString();
    store = folder.resolve("store").toString();
    append(1, 8);
  }

  private void append(int firstDay, int lastDay) {
    SmallModel.predictions(spark, firstDay, lastDay, ROWS)
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(table);
  }

  private ModelReport run(MonitorRequest request) {
    return MODEL.run(spark, table, store, request);
  }

  private ModelReport run(MonitorRequest request, Progress progress, int windowsAtOnce) {
    LeewayConfig config = MODEL.config(table, store);
    return new Monitor(Store.open(spark, config.store()), progress, windowsAtOnce)
        .run(config.models().get(0), request);
  }

  private static MonitorRequest days(int first, int last) {
    return MonitorRequest.asked(
        Optional.of(SmallModel.start(first)),
        Optional.of(SmallModel.start(last + 1)),
        Instant.parse("2030-01-01T00:00:00Z"));
  }

  private void assertShowsWhatOneRunLeaves() {
    assertThat(run(SmallModel.due()).result()).isEqualTo(Result.NOTHING_DUE);
    String alone = folder.resolve("alone").toString();
    MODEL.run(spark, table, alone, SmallModel.due());
    assertThat(MODEL.showing(spark, store)).isEqualTo(MODEL.showing(spark, alone)).isNotEmpty();
  }

  /** It sleeps after its plan, or after its scan, while its retry does everything. */
  @ParameterizedTest
  @ValueSource(strings = {"scanning", "computing"})
  void attemptThatWakesUpAfterItsRetryLeavesNoTrace(String asleep) {
    List<ModelReport> meanwhile = new ArrayList<>();
    Progress sleep =
        line -> {
          if (line.contains(asleep) && meanwhile.isEmpty()) {
            meanwhile.add(run(SmallModel.due()));
          }
        };
    ModelReport awake = run(SmallModel.due(), sleep, 100);
    assertThat(meanwhile).extracting(ModelReport::result).containsExactly(Result.DONE);
    assertThat(awake.runId()).isEqualTo(meanwhile.get(0).runId());
    assertThat(awake.result()).isEqualTo(Result.ALREADY_DONE);
    assertThat(attempts(ResultTable.METRICS)).as("baseline, sleeper and retry").hasSize(3);
    assertShowsWhatOneRunLeaves();
  }

  /** Its retry reads a newer version, with more rows of day 8, and one day more. */
  @ParameterizedTest
  @ValueSource(strings = {"scanning", "computing"})
  void attemptThatWakesUpToANewerVersionLeavesOutWhatThatHasPublished(String asleep) {
    List<ModelReport> meanwhile = new ArrayList<>();
    Progress sleep =
        line -> {
          if (line.contains(asleep) && meanwhile.isEmpty()) {
            append(8, 9);
            meanwhile.add(run(SmallModel.due()));
          }
        };
    ModelReport awake = run(SmallModel.due(), sleep, 100);
    assertThat(meanwhile).extracting(ModelReport::result).containsExactly(Result.DONE);
    // Two versions of each of 6 days and of 5 pairs of days.
    assertThat(awake.notes()).filteredOn(note -> note.startsWith("Left out")).hasSize(2 * 11);
    assertShowsWhatOneRunLeaves();
  }

  /** Day 8 is scanned from the old version while day 7 is restated from the new one. */
  @Test
  void dayThatIsReplacedWhileTheNextOneIsScannedIsTakenIntoAccountByTheNextRun() {
    run(days(3, 7));
    List<ModelReport> meanwhile = new ArrayList<>();
    Progress overtake =
        line -> {
          if (line.contains("scanning") && meanwhile.isEmpty()) {
            append(7, 7);
            meanwhile.add(run(days(7, 7)));
          }
        };
    assertThat(run(SmallModel.due(), overtake, 100).windows()).hasSize(1);
    assertThat(meanwhile.get(0).result()).isEqualTo(Result.DONE);
    ModelReport next = run(SmallModel.due());
    assertThat(next.plan()).extracting(PlannedWindows::reason).containsExactly("OVERTAKEN");
    assertThat(next.windows())
        .containsExactly(new Window(SmallModel.start(8), SmallModel.start(9)));
    assertShowsWhatOneRunLeaves();
  }

  /** Late rows of days 3 and 7; the process dies when it has done the first of two pieces. */
  @Test
  void deathBetweenTwoPiecesLeavesTheRestDue() {
    run(SmallModel.due());
    append(3, 3);
    append(7, 7);
    List<String> scans = new ArrayList<>();
    Progress death =
        line -> {
          if (line.contains("scanning")) {
            scans.add(line);
            if (scans.size() == 2) {
              throw new IllegalStateException("The process stopped.");
            }
          }
        };
    assertThat(catchThrowable(() -> run(SmallModel.due(), death, 1)))
        .hasMessage("The process stopped.");
    assertThat(incremental())
        .as("baseline, first run, first piece")
        .containsExactly(false, true, false);
    ModelReport rest = run(SmallModel.due(), line -> {}, 1);
    assertThat(rest.plan())
        .extracting(planned -> planned.reason() + " " + planned.stretch().start())
        .containsExactly("LATE_ROWS " + SmallModel.start(7), "FOLLOWS " + SmallModel.start(8));
    assertThat(incremental()).endsWith(true);
    assertShowsWhatOneRunLeaves();
  }

  @Test
  void onlyTheLastPieceMovesThePlaceInTheLog() {
    ModelReport all = run(SmallModel.due(), line -> {}, 2);
    assertThat(all.windows()).hasSize(6);
    assertThat(all.notes()).contains("Done in 3 runs of some 2 windows each.");
    assertThat(incremental()).containsExactly(false, false, false, true);
    assertShowsWhatOneRunLeaves();
  }

  /** What came in between, the plan has not seen; the next one has to look. */
  @Test
  void piecesThatAnotherRunCameBetweenDoNotMoveThePlaceInTheLog() {
    List<String> scans = new ArrayList<>();
    Progress between =
        line -> {
          if (line.contains("scanning")) {
            scans.add(line);
            if (scans.size() == 1) {
              run(days(7, 7));
            }
          }
        };
    run(SmallModel.due(), between, 4);
    assertThat(incremental())
        .as("baseline, day 7, two pieces")
        .containsExactly(false, false, false, false);
    run(SmallModel.due());
    assertShowsWhatOneRunLeaves();
  }

  private List<Boolean> incremental() {
    return runs().sort("sequence").select("incremental").collectAsList().stream()
        .map(row -> row.getBoolean(0))
        .toList();
  }

  private Dataset<Row> runs() {
    return opened(spark).read(ResultTable.RUNS);
  }

  private List<Row> attempts(ResultTable of) {
    return opened(spark).read(of).select("attempt_id").distinct().collectAsList();
  }

  private Store opened(SparkSession session) {
    return Store.open(session, MODEL.config(table, store).store());
  }
}
