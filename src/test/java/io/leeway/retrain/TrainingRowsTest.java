package io.leeway.retrain;

import static io.leeway.retrain.Applicants.application;
import static io.leeway.retrain.Applicants.day;
import static io.leeway.retrain.Applicants.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Algorithm;
import io.leeway.config.ModelConfig;
import io.leeway.config.TrainingConfig;
import io.leeway.config.TrainingConfig.Calibrate;
import io.leeway.domain.UserException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRowsTest {
  /** Predictions of days 0 to 29, the last ten held out; labels known by day 40. */
  private static final TrainingPeriod PERIOD =
      new TrainingPeriod(day(0), day(20), day(30), day(40));

  private static final Training FOREST = Training.of(Algorithm.RANDOM_FOREST);

  @TempDir private Path folder;
  private Applicants applicants;

  @BeforeEach
  void here() {
    applicants = new Applicants(folder);
  }

  private TrainingRows read(Training training, String... lines) {
    return read(applicants.model(lines), training.config(), PERIOD);
  }

  private TrainingRows read(ModelConfig model, TrainingConfig config, TrainingPeriod period) {
    return TrainingRows.read(
        model, config, applicants.source("predictions"), applicants.source("labels"), period);
  }

  /** Labels by identifier. */
  private static Map<String, Double> labels(TrainingRows rows) {
    Map<String, Double> labels = new TreeMap<>();
    for (Row row : rows.all().collectAsList()) {
      labels.put(row.getAs(TrainingRows.ID), row.getAs(TrainingRows.LABEL));
    }
    return labels;
  }

  @Test
  void theLatestLabelThatWasKnownInTimeCounts() {
    applicants.predictions(
        List.of(
            application("corrected", day(1), "a"),
            application("tie", day(1), "a"),
            application("too late", day(1), "a"),
            application("corrected too late", day(1), "a"),
            application("outside", day(1), "a"),
            application("taken back", day(1), "a"),
            application("never", day(1), "a")),
        1);
    applicants.labels(
        List.of(
            ended("corrected", "1", day(5)),
            ended("corrected", "0", day(6)),
            ended("tie", "0", day(5)),
            ended("tie", "1", day(5)),
            ended("too late", "1", day(41)),
            ended("corrected too late", "0", day(40)),
            ended("corrected too late", "1", day(40).plusMillis(1)),
            ended("outside", "maybe", day(5)),
            ended("taken back", "1", day(5)),
            ended("taken back", null, day(6)),
            ended("stranger", "1", day(5))),
        1);

    try (TrainingRows rows = read(FOREST)) {
      assertThat(labels(rows))
          .isEqualTo(Map.of("corrected", 0.0, "tie", 1.0, "corrected too late", 0.0));
      assertThat(rows.facts().rowsByClass()).isEqualTo(Map.of("0", 2L, "1", 1L));
    }
  }

  @Test
  void aPredictionWithoutALabelIsNegativeOnceItIsOldEnoughWhereSoConfigured() {
    applicants.predictions(
        List.of(application("old", day(1), "a"), application("young", day(29), "a")), 1);
    applicants.labels(List.of(ended("other", "1", day(5))), 1);

    try (TrainingRows rows =
        read(FOREST, "labels { mature-after = 20 days, unlabelled-after-maturity = negative }")) {
      assertThat(labels(rows)).isEqualTo(Map.of("old", 0.0));
    }
  }

  @Test
  void aLabelBeyondTheHorizonDoesNotCount() {
    applicants.predictions(
        List.of(application("near", day(1), "a"), application("far", day(1), "a")), 1);
    applicants.labels(
        List.of(ended("near", "1", day(13)), ended("far", "1", day(13).plusMillis(1))), 1);

    try (TrainingRows rows = read(FOREST, "labels.horizon = 12 days")) {
      assertThat(labels(rows)).isEqualTo(Map.of("near", 1.0));
    }
  }

  @Test
  void predictionsOfThePeriodCountOnceTheEarliestOfOneIdentifier() {
    applicants.predictions(
        List.of(
            application("before", day(0).minusMillis(1), "a"),
            application("first", day(0), "a"),
            application("twice", day(2), "late"),
            application("twice", day(1), "early"),
            application("last", day(30).minusMillis(1), "a"),
            application("after", day(30), "a"),
            application(null, day(3), "a")),
        2);
    List<Row> labels = new ArrayList<>();
    for (String id : List.of("before", "first", "twice", "last", "after")) {
      labels.add(ended(id, "1", day(35)));
    }
    applicants.labels(labels, 1);

    try (TrainingRows rows = read(FOREST)) {
      assertThat(rows.all().select("leeway_id", "customer", "leeway_part").collectAsList())
          .extracting(Row::toString)
          .containsExactly("[first,a,fit]", "[last,a,holdout]", "[twice,early,fit]");
    }
  }

  @Test
  void equalTablesGiveEqualRowsInEqualOrderHoweverTheirFilesLie() {
    applicants.apply(300, 1, 1);
    List<String> expected;
    TrainingFacts facts;
    try (TrainingRows rows = read(FOREST.calibrated(Calibrate.AUTO))) {
      expected = texts(rows);
      facts = rows.facts();
      assertThat(rows.all().javaRDD().getNumPartitions()).isEqualTo(1);
    }
    assertThat(facts.rows()).isEqualTo(300);
    applicants.apply(300, 1, 3);
    try (TrainingRows rows = read(FOREST.calibrated(Calibrate.AUTO))) {
      assertThat(texts(rows)).isEqualTo(expected);
      assertThat(rows.facts()).isEqualTo(facts);
    }
    applicants.apply(300, 2, 1);
    try (TrainingRows rows = read(FOREST.calibrated(Calibrate.AUTO))) {
      assertThat(rows.facts().contentHash()).isNotEqualTo(facts.contentHash());
    }
  }

  private static List<String> texts(TrainingRows rows) {
    return rows.all().collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void ofTooManyRowsTheSameOnesStayWhateverTheLimit() {
    applicants.apply(300, 1, 2);
    Set<String> some;
    try (TrainingRows rows = read(FOREST.atMost(100))) {
      some = labels(rows).keySet();
      assertThat(rows.facts().labelled()).isEqualTo(300);
      assertThat(rows.facts().rows()).isEqualTo(100);
    }
    try (TrainingRows rows = read(FOREST.atMost(150))) {
      assertThat(labels(rows).keySet()).hasSize(150).containsAll(some);
    }
  }

  @Test
  void anEntityIsInOnePartAndOneFoldAndAShareIsSetAsideToCalibrateBy() {
    applicants.apply(360, 1, 2);
    Map<String, Set<String>> places = new TreeMap<>();
    try (TrainingRows rows = read(FOREST.calibrated(Calibrate.AUTO).together("customer"))) {
      for (Row row : rows.all().collectAsList()) {
        String part = row.getAs(TrainingRows.PART);
        boolean late = !row.<Timestamp>getAs("at").toInstant().isBefore(day(20));
        assertThat(part.equals(TrainingRows.HOLDOUT)).isEqualTo(late);
        if (!late) {
          places
              .computeIfAbsent(row.getAs("customer"), customer -> new HashSet<>())
              .add(part + row.getAs(TrainingRows.FOLD));
        }
      }
      TrainingFacts facts = rows.facts();
      // 240 rows of the first 20 days, in some 133 customers: 15 % within 4 standard deviations.
      assertThat(facts.trainingRows()).isEqualTo(240);
      assertThat(facts.rowsByPart().get(TrainingRows.CALIBRATION) / 240.0)
          .isCloseTo(0.15, within(0.16));
      assertThat(facts.rowsByPart().get(TrainingRows.CALIBRATION)).isPositive();
    }
    assertThat(places.values()).allSatisfy(where -> assertThat(where).hasSize(1));
    assertThat(places.values().stream().flatMap(Set::stream).distinct())
        .containsExactlyInAnyOrder("fit0", "fit1", "calibration0", "calibration1");
  }

  /** A row a day, from nine days before the period to a day after it. */
  @Test
  void rowsOfAScenariosPeriodAreReadWheneverItWasAndNeverTrainedOn() {
    List<Row> predictions = new ArrayList<>();
    List<Row> labels = new ArrayList<>();
    for (int day = -9; day < 31; day++) {
      predictions.add(application("id" + day, day(day), "a"));
      labels.add(ended("id" + day, day % 2 == 0 ? "1" : "0", day(day).plusSeconds(60)));
    }
    applicants.predictions(predictions, 1);
    applicants.labels(labels, 1);
    String scenarios =
        """
        retrain { algorithm = random-forest, gate.scenarios {
          before { from = "2025-12-24T00:00:00Z", until = "2025-12-26T00:00:00Z" }
          across { from = "2026-01-19T00:00:00Z", until = "2026-01-23T00:00:00Z" }
          late { from = "2026-01-30T00:00:00Z", until = "2026-02-08T00:00:00Z" }
          young { where = "age < 25" }
        } }""";

    try (TrainingRows rows = read(FOREST.calibrated(Calibrate.AUTO).byTime(), scenarios)) {
      // Days -8 and -7, then 18 and 19; the others of the second one are held out.
      assertThat(ids(rows.part(TrainingRows.SCENARIO)))
          .containsExactlyInAnyOrder("id-8", "id-7", "id18", "id19");
      assertThat(ids(rows.part(TrainingRows.HOLDOUT)))
          .containsExactlyInAnyOrder(
              "id20", "id21", "id22", "id23", "id24", "id25", "id26", "id27", "id28", "id29");
      assertThat(ids(rows.part(TrainingRows.FIT, TrainingRows.CALIBRATION))).hasSize(18);
      assertThat(rows.facts().trainingRows()).isEqualTo(18);
      assertThat(rows.facts().rowsByPart())
          .containsEntry("scenario", 4L)
          .containsEntry("holdout", 10L);
      assertThat(rows.facts().rows()).isEqualTo(32);
      assertThat(rows.facts().labelled()).isEqualTo(32);
      assertThat(rows.facts().labelledOfPeriod()).isEqualTo(28);
      // Three stretches of the 18 days that are trained on, none of them before the period.
      assertThat(
              rows.part(TrainingRows.FIT)
                  .where("leeway_time < TIMESTAMP '2026-01-06T00:00:00Z'")
                  .select("leeway_fold")
                  .distinct()
                  .collectAsList())
          .extracting(row -> row.getInt(0))
          .containsExactly(0);
    }
    // As many as are allowed of the period, whatever the scenarios before it have.
    try (TrainingRows rows = read(FOREST.atMost(20), scenarios)) {
      assertThat(rows.facts().rows()).isEqualTo(22);
      assertThat(rows.facts().labelledOfPeriod()).isEqualTo(28);
      assertThat(ids(rows.part(TrainingRows.SCENARIO))).contains("id-8", "id-7");
    }
  }

  private static List<String> ids(Dataset<Row> rows) {
    return rows.select(TrainingRows.ID).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void foldsOfTimeAreStretchesOfEqualLengthOneMoreThanFolds() {
    // Two folds, so three stretches of a third of 9 days and a microsecond, so that the last row is
    // in the last one: day 3 is still in the first and day 6 in the second.
    List<Row> predictions = new ArrayList<>();
    List<Row> labels = new ArrayList<>();
    for (int day = 0; day < 10; day++) {
      predictions.add(application("id-" + day, day(day), "a"));
      labels.add(ended("id-" + day, "1", day(35)));
    }
    applicants.predictions(predictions, 1);
    applicants.labels(labels, 1);

    try (TrainingRows rows = read(FOREST.byTime())) {
      assertThat(rows.all().select("leeway_fold").collectAsList())
          .extracting(row -> row.getInt(0))
          .containsExactly(0, 0, 0, 0, 1, 1, 1, 2, 2, 2);
    }
  }

  @Test
  void ofSeveralClassesALabelIsItsPlace() {
    applicants.predictions(
        List.of(application("x", day(1), "a"), application("y", day(1), "a")), 1);
    applicants.labels(List.of(ended("x", "2.5", day(5)), ended("y", "low", day(5))), 1);

    String task =
        "task = multiclass, predictions { score = null, scores { high = p, low = age }, decision = purpose }";
    try (TrainingRows rows = read(FOREST, task)) {
      assertThat(labels(rows)).isEqualTo(Map.of("y", 1.0));
    }
  }

  @Test
  void ofARegressionALabelIsTheNumber() {
    applicants.predictions(
        List.of(
            RowFactory.create("x", Timestamp.from(day(1)), "a", 2.5, 1, "", true, 0.5),
            RowFactory.create("y", Timestamp.from(day(1)), "a", Double.NaN, 1, "", true, 0.5),
            RowFactory.create("z", Timestamp.from(day(1)), "a", null, 1, "", true, 0.5)),
        1);
    ModelConfig model = applicants.model("task = regression, labels { label = income, time = at }");

    try (TrainingRows rows =
        TrainingRows.read(
            model,
            FOREST.config(),
            applicants.source("predictions"),
            applicants.source("predictions"),
            PERIOD)) {
      assertThat(labels(rows)).isEqualTo(Map.of("x", 2.5));
      assertThat(rows.facts().rowsByClass()).isEmpty();
    }
  }

  @Test
  void saysThatNothingIsLabelled() {
    applicants.predictions(List.of(application("x", day(1), "a")), 1);
    applicants.labels(List.of(ended("y", "1", day(5))), 1);

    assertThatThrownBy(() -> read(FOREST))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'm': no prediction from 2026-01-01T00:00:00Z until 2026-01-31T00:00:00Z has a label known by 2026-02-10T00:00:00Z, so there is nothing to learn from. Check that labels have come and that labels.id matches predictions.id.");
  }

  @Test
  void thePeriodEndsWhereLabelsHaveMatured() {
    TrainingPeriod period = TrainingPeriod.before(day(100), Duration.ofDays(10), FOREST.config());
    assertThat(period).isEqualTo(new TrainingPeriod(day(30), day(80), day(90), day(100)));
  }
}
