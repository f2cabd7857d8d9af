package io.leeway.serving.ab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.TestMetric;
import io.leeway.config.TestMetric.Kind;
import io.leeway.config.TrafficConfig;
import io.leeway.config.TrafficConfig.Guard;
import io.leeway.config.TrafficConfig.OnGuardrail;
import io.leeway.config.TrafficConfig.Success;
import io.leeway.domain.UserException;
import io.leeway.registry.ActKind;
import io.leeway.registry.Challenge;
import io.leeway.serving.Ramp;
import io.leeway.serving.ServedModel;
import io.leeway.stats.experiment.Arm;
import io.leeway.stats.experiment.Better;
import io.leeway.stats.experiment.Ruling;
import io.leeway.store.ResultTable;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestJobTest {
  private static final StructType PREDICTIONS =
      StructType.fromDDL(
          "pid STRING, customer STRING, at TIMESTAMP, v STRING, p DOUBLE, d STRING, ms DOUBLE");
  private static final StructType OUTCOMES =
      StructType.fromDDL("pid STRING, bad INT, seen_at TIMESTAMP");
  private static final Duration LABEL_AGE = Duration.ofDays(7);
  private static final TestMetric SQUARES = TestMetric.of(Kind.SQUARED_ERROR);

  private static final Guard LATENCY =
      new Guard(TestMetric.of(Kind.LATENCY), Better.LOWER, Optional.empty(), 1_000);

  /** One answer with the labels that come for it. */
  private record Answer(String pid, String customer, Instant at, Arm arm, double p, double ms) {
    double squaredError(int outcome) {
      return (p - outcome) * (p - outcome);
    }
  }

  private record Label(String pid, int bad, Instant seen) {}

  @TempDir private Path directory;
  private final SparkSession spark = LocalSpark.session();
  private ServedModel model;
  private Challenge challenge;
  private Ramp ramp;
  private final List<Answer> answers = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();

  @BeforeEach
  void aTestOfTwoVersions() {
    model = new ServedModel(directory);
    model.crowns();
    model.challenges(4_000, "credit-2");
    challenge = model.state().challenge().orElseThrow();
    ramp = Ramp.of(model.state(), model.registry().chain(ServedModel.NAME)).orElseThrow();
  }

  private TestReport look(TrafficConfig traffic, Instant now) {
    return new TestJob(model.store(), model.registry())
        .run(model.config(), model.scoring(), traffic, now, "leeway", "run-1");
  }

  private static TrafficConfig traffic(int units) {
    return new TrafficConfig(
            List.of(4_000, 5_000),
            5,
            units,
            3,
            7,
            20,
            LABEL_AGE,
            0.05,
            true,
            List.of(),
            List.of(),
            OnGuardrail.ROLLBACK)
        .withMetrics(
            List.of(new Success(SQUARES, Better.LOWER, 1)),
            List.of(LATENCY, new Guard(SQUARES, Better.LOWER, Optional.empty(), 0.02)));
  }

  /**
   * Units on each of twelve days; what happens has a chance of its own, which the champion knows up
   * to an error, and the challenger up to another one.
   */
  private void units(int perDay, double championError, double challengerError, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Instant start = challenge.since().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    for (int i = 0; i < 12 * perDay; i++) {
      Instant at = start.plus(Duration.ofMinutes((long) (i / (double) perDay * 24 * 60)));
      String customer = "c" + i;
      double chance = random.nextDouble(0.2, 0.8);
      answer("p" + i, customer, at, chance, championError, challengerError, random);
      if (random.nextInt(10) == 0) {
        Instant again = at.plus(Duration.ofHours(30));
        answer("q" + i, customer, again, chance, championError, challengerError, random);
      }
    }
    write();
  }

  private void answer(
      String pid,
      String customer,
      Instant at,
      double chance,
      double championError,
      double challengerError,
      SplittableRandom random) {
    Arm arm = ramp.arm(customer, at);
    double error = arm == Arm.CHAMPION ? championError : challengerError;
    double p = Math.min(1, Math.max(0, chance + (random.nextBoolean() ? error : -error)));
    answers.add(new Answer(pid, customer, at, arm, p, 20 + random.nextInt(10)));
    int outcome = random.nextDouble() < chance ? 1 : 0;
    switch (random.nextInt(10)) {
      case 0 -> {} // Never comes.
      case 1 -> labels.add(new Label(pid, outcome, at.plus(LABEL_AGE).plusSeconds(1)));
      case 2 -> {
        labels.add(new Label(pid, 1 - outcome, at.plus(Duration.ofDays(1))));
        labels.add(new Label(pid, outcome, at.plus(Duration.ofDays(2))));
        labels.add(new Label(pid, 1 - outcome, at.plus(Duration.ofDays(8))));
      }
      case 3 -> labels.add(new Label(pid, outcome, at.plus(LABEL_AGE)));
      default -> labels.add(new Label(pid, outcome, at.plus(Duration.ofDays(3))));
    }
  }

  private void write() {
    List<Row> rows = new ArrayList<>();
    for (Answer of : answers) {
      String version = of.arm() == Arm.CHAMPION ? "1" : "2";
      rows.add(
          RowFactory.create(
              of.pid(),
              of.customer(),
              Timestamp.from(of.at()),
              version,
              of.p(),
              of.p() >= 0.5 ? "1" : "0",
              of.ms()));
    }
    model.append("predictions", spark.createDataFrame(rows, PREDICTIONS));
    List<Row> known = new ArrayList<>();
    for (Label of : labels) {
      known.add(RowFactory.create(of.pid(), of.bad(), Timestamp.from(of.seen())));
    }
    model.append("outcomes", spark.createDataFrame(known, OUTCOMES));
  }

  private Instant after(int days) {
    return challenge.since().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(days));
  }

  /** The same sums, row by row in Java: n, total and squares by day, arm and metric. */
  private Map<String, double[]> bruteForce(Instant now) {
    Map<String, Answer> first = new HashMap<>();
    answers.stream()
        .sorted(Comparator.comparing(Answer::at).thenComparing(Answer::pid))
        .forEach(of -> first.putIfAbsent(of.customer(), of));
    Map<String, double[]> sums = new TreeMap<>();
    for (Answer of : first.values()) {
      LocalDate day = LocalDate.ofInstant(of.at(), ZoneOffset.UTC);
      String cell = day + " " + of.arm().name().toLowerCase(java.util.Locale.ROOT) + " ";
      Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      if (!end.isAfter(now)) {
        add(sums, cell + "latency guardrail", of.ms());
      }
      if (!end.plus(LABEL_AGE).isAfter(now)) {
        labels.stream()
            .filter(label -> label.pid().equals(of.pid()))
            .filter(label -> !label.seen().isAfter(of.at().plus(LABEL_AGE)))
            .max(Comparator.comparing(Label::seen))
            .ifPresent(label -> add(sums, cell + "squared_error", of.squaredError(label.bad())));
      }
    }
    return sums;
  }

  private static void add(Map<String, double[]> sums, String key, double number) {
    double[] of = sums.computeIfAbsent(key, any -> new double[3]);
    of[0]++;
    of[1] += number;
    of[2] += number * number;
  }

  @Test
  void theSumsAreThoseOfARowByRowCountAndTheSameLookIsPutDownOnce() {
    units(60, 0.1, 0.1, 5);
    // Nobody's: a fallback, a unit without identifier, and one from before the test.
    model.append(
        "predictions",
        spark.createDataFrame(
            List.of(
                RowFactory.create("f1", null, Timestamp.from(after(2)), "2", 0.5, "1", 5.0),
                RowFactory.create(
                    "b1",
                    "c0",
                    Timestamp.from(challenge.since().minusSeconds(9)),
                    "1",
                    0.5,
                    "1",
                    5.0)),
            PREDICTIONS));
    Instant now = after(11).plus(Duration.ofHours(5));

    TestReport report = look(traffic(60).withRamp(List.of(4_000)), now);
    TestReport again = look(traffic(60).withRamp(List.of(4_000)), now);

    Map<String, double[]> found = new TreeMap<>();
    for (Row row :
        model
            .store()
            .read(ResultTable.AB_RESULTS)
            .where("day IS NOT NULL AND metric IN ('squared_error', 'latency guardrail')")
            .select("day", "arm", "metric", "n", "total", "squares")
            .collectAsList()) {
      found.put(
          row.get(0) + " " + row.getString(1) + " " + row.getString(2),
          new double[] {row.getLong(3), row.getDouble(4), row.getDouble(5)});
    }
    Map<String, double[]> expected = bruteForce(now);
    assertThat(expected).hasSizeGreaterThan(20);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, sums) -> assertThat(found.get(key)).as(key).containsExactly(sums, within(1e-9)));
    assertThat(report.ruling()).isEqualTo(Ruling.CONTINUE);
    assertThat(report.notes()).isEmpty();
    assertThat(report.recorded()).isPresent();
    assertThat(again.recorded()).isEmpty();
    assertThat(model.store().read(ResultTable.AB_RESULTS).select("attempt_id").distinct().count())
        .isEqualTo(1);
    assertThat(
            model
                .store()
                .read(ResultTable.AB_RESULTS)
                .where("attempt_id = '" + report.recorded().orElseThrow().eventId() + "'")
                .where("ruling = 'CONTINUE'")
                .count())
        .isEqualTo(1);
    // Its step of five days is over, so the next one begins, where there is one.
    TestReport ramped = look(traffic(60), now);
    assertThat(ramped.recorded()).isEmpty();
    assertThat(report.acted()).isEmpty();
    assertThat(ramped.acted().orElseThrow().act().kind()).isEqualTo(ActKind.RAMPED);
    assertThat(model.state().challenge().orElseThrow().basisPoints()).isEqualTo(5_000);
  }

  @Test
  void aBetterChallengerShipsAndNobodyIsPromoted() {
    units(120, 0.3, 0.0, 7);

    TrafficConfig errors =
        traffic(120)
            .withMetrics(
                List.of(new Success(SQUARES, Better.LOWER, 1)),
                List.of(new Guard(SQUARES, Better.LOWER, Optional.empty(), 0.02)));
    TestReport report = look(errors, after(21));
    TestReport later = look(errors, after(22));

    assertThat(report.ruling()).as(report.because()).isEqualTo(Ruling.SHIP);
    assertThat(report.acted()).isEmpty();
    assertThat(model.state().champion().orElseThrow().number()).isEqualTo(1);
    assertThat(model.state().version(2).ruling()).contains("SHIP");
    assertThat(later.recorded()).isEmpty();
    assertThat(later.notes())
        .singleElement()
        .asString()
        .startsWith("The test was over before: SHIP");
  }

  @Test
  void aHarmfulChallengerGoesUnlessTheConfigurationHolds() {
    units(120, 0.0, 0.4, 11);

    TestReport held = look(traffic(120).withOnGuardrail(OnGuardrail.HOLD), after(21));
    assertThat(held.ruling()).as(held.because()).isEqualTo(Ruling.ROLL_BACK);
    assertThat(held.acted()).isEmpty();
    assertThat(model.state().challenge()).isPresent();

    // The look that said so died before it acted: another one acts, whatever it sees itself.
    TestReport gone =
        look(
            traffic(120)
                .withMetrics(List.of(new Success(SQUARES, Better.LOWER, 1)), List.of(LATENCY)),
            after(21));
    assertThat(gone.ruling()).isNotEqualTo(Ruling.ROLL_BACK);
    assertThat(gone.acted().orElseThrow().act().kind()).isEqualTo(ActKind.WITHDRAWN);
    assertThat(model.state().challenge()).isEmpty();
    assertThatThrownBy(() -> look(traffic(120), after(21)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no challenger with traffic");
  }
}
