package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ModelConfig;
import io.leeway.domain.PublishedPart;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.RunLedger;
import io.leeway.testing.LocalSpark;
import io.leeway.testing.SparkJobs;
import io.leeway.testing.StoppingFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;

/**
 * What a plan makes of what happens to a source. Days 1 to 4 are the reference; days 5 to 12 are
 * published, in one file with the others, 30 rows a day, so that the first of day 6 is 1,000,150.
 * Every test finds the table as it was then.
 */
class ChangedWindowsTest {
  private static final int ROWS = 30;
  private static final String COLUMNS =
      "'v1' AS version, pmod(hash(id, 'p'), 1009) / 1009.0D AS p, pmod(hash(id, 'x'), 997) / 10.0D AS x";
  private static final String[] LINES = {
    "features { numeric = [x], categorical = [] }",
    "windows { base = 1 day }",
    "reference { from = 2026-01-01, until = 2026-01-05 }"
  };

  @TempDir private static Path folder;
  private static MonitoredTable table;

  /** Of the tables of results, as they were. */
  private static long commits;

  @BeforeAll
  static void publish() throws IOException {
    table = new MonitoredTable(folder);
    table.append(1, 12, ROWS, COLUMNS);
    table.monitor(table.model(LINES));
    copy(folder.resolve("predictions"), folder.resolve("kept"));
    copy(folder.resolve("results"), folder.resolve("kept-results"));
    commits = StoppingFileSystem.commits(folder.resolve("results"));
  }

  /** Most tests only plan: then the results, and what Delta has read of them, stay. */
  @BeforeEach
  void putBack() throws IOException {
    replace("predictions", "kept");
    if (StoppingFileSystem.commits(folder.resolve("results")) > commits) {
      replace("results", "kept-results");
      DeltaLog.clearCache();
    }
    DeltaLog.invalidateCache(
        LocalSpark.session(), new org.apache.hadoop.fs.Path(table.predictions()));
  }

  private static void replace(String name, String by) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    copy(folder.resolve(by), folder.resolve(name));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void sql(String statement) {
    LocalSpark.session()
        .sql(statement.replace("PREDICTIONS", "delta.`" + table.predictions() + "`"));
  }

  private static ModelReport plan(String... more) {
    MonitorRequest due = MonitorRequest.due(Instant.now());
    MonitorRequest dry =
        new MonitorRequest(
            due.from(),
            due.until(),
            Optional.empty(),
            due.sourceVersion(),
            false,
            true,
            Instant.now());
    return new Monitor(table.store(), line -> {}).run(model(more), dry);
  }

  private static ModelReport monitor(ModelConfig model, List<String> said) {
    return new Monitor(table.store(), said::add).run(model, MonitorRequest.due(Instant.now()));
  }

  private static ModelConfig model(String... more) {
    return table.model(Stream.concat(Stream.of(LINES), Stream.of(more)).toArray(String[]::new));
  }

  /** Reasons by day of January; a stretch of several days counts for its first. */
  private static Map<Integer, String> reasons(ModelReport report) {
    Map<Integer, String> reasons = new TreeMap<>();
    for (PlannedWindows planned : report.plan()) {
      Instant first = Instant.parse("2026-01-01T00:00:00Z");
      long days = Duration.between(first, planned.stretch().start()).toDays();
      for (int i = 0; i < planned.windows(); i++) {
        reasons.put((int) days + 1 + i, planned.reason());
      }
    }
    return reasons;
  }

  @Test
  void nothingNewIsNothingDue() {
    assertThat(plan().plan()).isEmpty();
    assertThat(plan().result()).isEqualTo(ModelReport.Result.NOTHING_DUE);
  }

  /** What the table spans, the run that read this version has told. */
  @Test
  void nothingNewIsFoundWithoutAQuery() throws Exception {
    assertThat(SparkJobs.during(() -> monitor(model(), new ArrayList<>()))).isZero();
  }

  @Test
  void newDayIsDueAlone() {
    table.append(13, 13, ROWS, COLUMNS);
    assertThat(reasons(plan())).isEqualTo(Map.of(13, "NEW_ROWS"));
  }

  /** A file with rows of days 6 and 10: the days between lie in its span, but have no row of it. */
  @Test
  void lateRowsTouchTheDaysThatTheyAreOf() {
    sql(
        "INSERT INTO PREDICTIONS SELECT /*+ COALESCE(1) */ id + 7, at, version, p, x FROM PREDICTIONS"
            + " WHERE day(at) IN (6, 10) AND pmod(id, 10) = 0");
    assertThat(reasons(plan()).toString())
        .isEqualTo("{6=LATE_ROWS, 7=FOLLOWS, 10=LATE_ROWS, 11=FOLLOWS}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPTIMIZE PREDICTIONS",
        "OPTIMIZE PREDICTIONS ZORDER BY (x)",
        "VACUUM PREDICTIONS",
        "INSERT OVERWRITE PREDICTIONS SELECT * FROM PREDICTIONS",
        "UPDATE PREDICTIONS SET x = x WHERE day(at) = 6",
        "DELETE FROM PREDICTIONS WHERE day(at) = 2",
        "ALTER TABLE PREDICTIONS ADD COLUMN unknown STRING"
      })
  void sameRowsAreNotScannedAgain(String statement) {
    sql(statement);
    assertThat(plan().plan()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM PREDICTIONS WHERE id = 1000150",
        "UPDATE PREDICTIONS SET x = x + 1 WHERE id = 1000150",
        "MERGE INTO PREDICTIONS t USING (SELECT 1000150 AS id) s"
            + " ON t.id = s.id WHEN MATCHED THEN UPDATE SET p = 1 - p",
        "INSERT OVERWRITE PREDICTIONS SELECT id, at, version, p, IF(day(at) = 6, x + 1, x) AS x"
            + " FROM PREDICTIONS"
      })
  void rowsThatAreOthersNowAreFoundByTheirFingerprint(String statement) {
    sql(statement);
    assertThat(reasons(plan()).toString()).isEqualTo("{6=REWRITTEN, 7=FOLLOWS}");
  }

  @Test
  void rowsMarkedAsDeletedAreFoundToo() {
    sql("ALTER TABLE PREDICTIONS SET TBLPROPERTIES ('delta.enableDeletionVectors' = true)");
    sql("DELETE FROM PREDICTIONS WHERE day(at) = 6 AND pmod(id, 10) = 0");
    assertThat(reasons(plan()).toString()).isEqualTo("{6=REWRITTEN, 7=FOLLOWS}");
  }

  @Test
  void restoredRowsAreTheSameAgain() {
    sql("DELETE FROM PREDICTIONS WHERE day(at) = 6 AND pmod(id, 10) = 0");
    sql("RESTORE PREDICTIONS TO VERSION AS OF 0");
    assertThat(plan().plan()).isEmpty();
  }

  @Test
  void tableMadeAnewIsLookedThrough() {
    LocalSpark.session()
        .sql(
            "SELECT id, at, version, p, IF(day(at) = 6, x + 1, x) AS x FROM delta.`"
                + table.predictions()
                + "`")
        .localCheckpoint()
        .createOrReplaceTempView("rows_before");
    LocalSpark.session().sql("SELECT * FROM rows_before").count();
    delete(folder.resolve("predictions"));
    DeltaLog.clearCache();
    LocalSpark.session().table("rows_before").write().format("delta").save(table.predictions());
    ModelReport planned = plan();
    assertThat(reasons(planned).toString()).isEqualTo("{6=FALLBACK, 7=FOLLOWS}");
    assertThat(planned.notes()).anyMatch(note -> note.contains("the table was made anew"));
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void timesOutsideTheStatisticsAreLookedFor() {
    sql("ALTER TABLE PREDICTIONS SET TBLPROPERTIES ('delta.dataSkippingStatsColumns' = 'x')");
    table.append(6, 6, 1, COLUMNS.replace("'x'", "'y'"));
    ModelReport planned = plan();
    assertThat(reasons(planned).toString()).isEqualTo("{6=FALLBACK, 7=FOLLOWS}");
    assertThat(planned.notes()).anyMatch(note -> note.contains("no statistics of column 'at'"));
  }

  @Test
  void logThatWasCleanedIsMadeUpForByTheRows() throws IOException {
    table.append(6, 6, 1, COLUMNS);
    table.append(13, 13, ROWS, COLUMNS);
    DeltaLog log = DeltaLog.forTable(LocalSpark.session(), table.predictions());
    log.checkpoint(log.update(false, Option.empty(), Option.empty()), Option.empty());
    Files.delete(folder.resolve("predictions/_delta_log/00000000000000000001.json"));
    DeltaLog.clearCache();
    ModelReport planned = plan();
    assertThat(reasons(planned).toString()).isEqualTo("{6=FALLBACK, 7=FOLLOWS, 13=NEW_ROWS}");
    assertThat(planned.notes()).anyMatch(note -> note.contains("no longer holds all"));
  }

  @Test
  void anotherConfigurationMakesWindowsWithinTheHorizonAgain() {
    ModelReport planned = plan("slices = [[version]]", "restate-horizon = 3 days");
    assertThat(reasons(planned).toString()).isEqualTo("{10=CONFIG, 11=CONFIG, 12=CONFIG}");
    assertThat(planned.notes())
        .anyMatch(note -> note.startsWith("5 windows further back than restate-horizon"));
  }

  /** What is said of a window then has the new slice, and the plan has said why. */
  @Test
  void anotherSliceIsPublishedWithItsReason() {
    List<String> said = new ArrayList<>();
    ModelConfig sliced = model("slices = [[version]]", "restate-horizon = 2 days");
    ModelReport report = monitor(sliced, said);
    assertThat(report.windows()).hasSize(2);
    assertThat(said).anyMatch(line -> line.contains("CONFIG    2 windows [2026-01-11T00:00:00Z"));
    assertThat(table.metrics("metric = 'psi' AND segment = 'version=v1' AND granularity = '1 day'"))
        .extracting(row -> row.getTimestamp(row.fieldIndex("window_start")).toInstant().toString())
        .containsOnly("2026-01-11T00:00:00Z", "2026-01-12T00:00:00Z");
    assertThat(plan("slices = [[version]]", "restate-horizon = 2 days").plan()).isEmpty();
  }

  /** Nothing in the source has changed since its own first run, which must not stand in for it. */
  @Test
  void configurationThatComesBackAtOnceIsMadeAgain() {
    table.monitor(model("exact-values = 8"));
    ModelReport back = table.monitor(model());
    assertThat(back.result()).isEqualTo(ModelReport.Result.DONE);
    assertThat(back.plan()).extracting(PlannedWindows::reason).containsExactly("CONFIG");
    assertThat(plan().plan()).isEmpty();
  }

  /**
   * Days of Melbourne start at 13:00 UTC. The reference ends within the one that starts on day 4,
   * and the last row lies seven minutes after midnight, in the one that starts on day 11.
   */
  @Test
  void windowsOfAnotherZoneAreNew() {
    String[] lines = LINES.clone();
    lines[1] = "windows { base = 1 day, zone = Australia/Melbourne }";
    List<String> said = new ArrayList<>();
    ModelReport report = monitor(table.model(lines), said);
    assertThat(report.plan()).extracting(PlannedWindows::reason).containsOnly("NEW_ROWS");
    assertThat(said).anyMatch(line -> line.contains("NEW_ROWS  8 windows [2026-01-04T13:00:00Z"));
    assertThat(report.windows()).hasSize(8);
    assertThat(report.rows()).isEqualTo(8 * ROWS);
    assertThat(report.windows().get(7).start()).isEqualTo(Instant.parse("2026-01-11T13:00:00Z"));
  }

  /** While the other zone was in force, a row of day 7 came. */
  @Test
  void zoneThatComesBackFindsWhatCameMeanwhile() {
    String[] lines = LINES.clone();
    lines[1] = "windows { base = 1 day, zone = Australia/Melbourne }";
    monitor(table.model(lines), new ArrayList<>());
    table.append(7, 7, 1, COLUMNS.replace("'x'", "'y'"));
    monitor(table.model(lines), new ArrayList<>());
    assertThat(reasons(plan()).toString()).isEqualTo("{7=LATE_ROWS, 8=FOLLOWS}");
  }

  /** Nine daily loads came, and rows of a day long published among them. */
  @Test
  void nineDaysWithoutARunAreMadeUpForInOne() {
    for (int day = 13; day <= 21; day++) {
      table.append(day, day, ROWS, COLUMNS);
      if (day == 17) {
        table.append(8, 8, 1, COLUMNS.replace("'x'", "'y'"));
      }
    }
    List<String> said = new ArrayList<>();
    ModelReport report = monitor(model(), said);
    assertThat(reasons(report).toString())
        .isEqualTo(
            "{8=LATE_ROWS, 9=FOLLOWS, 13=NEW_ROWS, 14=NEW_ROWS, 15=NEW_ROWS, 16=NEW_ROWS,"
                + " 17=NEW_ROWS, 18=NEW_ROWS, 19=NEW_ROWS, 20=NEW_ROWS, 21=NEW_ROWS}");
    assertThat(said)
        .anyMatch(line -> line.contains("LATE_ROWS 1 window  [2026-01-08T00:00:00Z"))
        .anyMatch(line -> line.contains("NEW_ROWS  9 windows [2026-01-13T00:00:00Z"));
    assertThat(report.rows()).isEqualTo(11 * ROWS + 1);
    assertThat(plan().plan()).isEmpty();
  }

  @Test
  void windowsBehindTheHorizonAreCountedAndLeftAlone() {
    sql("DELETE FROM PREDICTIONS WHERE pmod(id, 10) = 0");
    ModelReport planned = plan("restate-horizon = 3 days");
    assertThat(reasons(planned).toString()).isEqualTo("{10=REWRITTEN, 11=REWRITTEN, 12=REWRITTEN}");
    assertThat(planned.notes())
        .anyMatch(note -> note.startsWith("5 windows further back than restate-horizon"));
  }

  @Test
  void windowWithoutAnyRowLeftKeepsItsNumbersUnlessAskedOtherwise() {
    sql("DELETE FROM PREDICTIONS WHERE day(at) = 6");
    ModelReport kept = plan();
    assertThat(kept.plan()).isEmpty();
    assertThat(kept.notes()).anyMatch(note -> note.startsWith("1 windows no longer have any row"));
    assertThat(reasons(plan("source-deletes = restate")).toString())
        .isEqualTo("{6=REWRITTEN, 7=FOLLOWS}");
  }

  /** What a backfill read elsewhere is no reason to overlook late rows. */
  @Test
  void backfillDoesNotMoveThePlaceInTheLog() {
    table.append(6, 6, 1, COLUMNS);
    MonitorRequest asked =
        MonitorRequest.asked(
            Optional.of(Instant.parse("2026-01-11T00:00:00Z")), Optional.empty(), Instant.now());
    new Monitor(table.store(), line -> {}).run(model(), asked);
    assertThat(reasons(plan()).toString()).isEqualTo("{6=LATE_ROWS, 7=FOLLOWS}");
    table.monitor(model());
    assertThat(plan().plan()).isEmpty();
  }

  /** The window had not ended when the log was followed past a commit of its rows. */
  @Test
  void rowsBeforeThePlaceInTheLogAreFoundInAWindowFirstReadFromAnOlderVersion() {
    table.append(13, 13, ROWS, COLUMNS);
    table.append(13, 13, 1, COLUMNS);
    table.append(6, 6, 1, COLUMNS);
    Instant before = Instant.parse("2026-01-13T12:00:00Z");
    Monitor monitor = new Monitor(table.store(), line -> {});
    assertThat(reasons(monitor.run(model(), MonitorRequest.due(before))).toString())
        .isEqualTo("{6=LATE_ROWS, 7=FOLLOWS}");
    MonitorRequest older =
        new MonitorRequest(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.of(1),
            false,
            false,
            Instant.now());
    assertThat(reasons(monitor.run(model(), older)).toString()).isEqualTo("{13=NEW_ROWS}");
    assertThat(reasons(plan()).toString()).isEqualTo("{13=LATE_ROWS}");
    table.monitor(model());
    assertThat(plan().plan()).isEmpty();
  }

  @Test
  void rewrittenWindowIsMadeAgainOnce() {
    sql("UPDATE PREDICTIONS SET x = x + 1 WHERE day(at) = 6");
    assertMadeAgainOnce("{6=REWRITTEN, 7=FOLLOWS}");
  }

  @Test
  void windowThatTheLogDoesNotTellOfIsMadeAgainOnce() {
    sql("ALTER TABLE PREDICTIONS SET TBLPROPERTIES ('delta.dataSkippingStatsColumns' = 'x')");
    table.append(6, 6, 1, COLUMNS.replace("'x'", "'y'"));
    assertMadeAgainOnce("{6=FALLBACK, 7=FOLLOWS}");
  }

  private static void assertMadeAgainOnce(String reasons) {
    ModelReport again = table.monitor(model());
    assertThat(again.result()).isEqualTo(ModelReport.Result.DONE);
    assertThat(reasons(again).toString()).isEqualTo(reasons);
    assertThat(plan().plan()).isEmpty();
  }

  /** Whatever it is due for: the configuration, late rows that are gone again, the day before. */
  @Test
  void windowWithoutAnyRowLeftKeepsItsNumbersWhateverItIsDueFor() {
    table.append(10, 10, 1, COLUMNS);
    sql("DELETE FROM PREDICTIONS WHERE day(at) IN (6, 10)");
    sql("UPDATE PREDICTIONS SET x = x + 1 WHERE day(at) = 5");
    assertThat(reasons(plan("slices = [[version]]")).values()).containsOnly("CONFIG");
    ModelReport again = table.monitor(model("slices = [[version]]"));
    assertThat(again.windows()).hasSize(8);
    assertThat(again.rows()).isEqualTo(6 * ROWS);
    assertThat(again.notes()).anyMatch(note -> note.startsWith("2 windows no longer have any row"));
    for (int day : new int[] {6, 10}) {
      assertThat(shownRows(day)).as("rows of day %d", day).isEqualTo(ROWS);
    }
    assertThat(plan("slices = [[version]]").plan()).isEmpty();
  }

  @Test
  void lateRowsThatAreGoneAgainLeaveTheNumbersOfTheirWindow() {
    table.append(10, 10, 1, COLUMNS);
    sql("DELETE FROM PREDICTIONS WHERE day(at) IN (10, 11)");
    assertThat(reasons(plan()).toString()).isEqualTo("{10=LATE_ROWS}");
    table.monitor(model());
    assertThat(shownRows(10)).isEqualTo(ROWS);
    assertThat(shownRows(11)).isEqualTo(ROWS);
    assertThat(plan().plan()).isEmpty();
  }

  private static long shownRows(int day) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(day - 1));
    List<CommittedRun> runs = new RunLedger(table.store()).committed("m");
    return PublishedParts.of(runs).winners().stream()
        .map(PublishedParts.Winner::part)
        .filter(part -> part.part().granularity().equals("1 day"))
        .filter(part -> part.part().window().start().equals(start))
        .mapToLong(PublishedPart::rows)
        .sum();
  }

  /** Looking through the rows costs something, so it is done once. */
  @Test
  void rowsThatHadNotChangedAreNotLookedAtAgain() {
    sql("INSERT OVERWRITE PREDICTIONS SELECT * FROM PREDICTIONS");
    assertThat(table.monitor(model()).result()).isEqualTo(ModelReport.Result.NOTHING_DUE);
    List<CommittedRun> runs = new RunLedger(table.store()).committed("m");
    assertThat(runs.get(runs.size() - 1).run().parts()).isEmpty();
    assertThat(runs.get(runs.size() - 1).run().incremental()).isTrue();
    assertThat(runs.get(runs.size() - 1).run().sources().predictionsVersion()).isEqualTo(1);
  }
}
