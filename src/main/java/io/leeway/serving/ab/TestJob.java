package io.leeway.serving.ab;

import io.leeway.config.ModelConfig;
import io.leeway.config.ScoringConfig;
import io.leeway.config.TableRef;
import io.leeway.config.TestMetric;
import io.leeway.config.TrafficConfig;
import io.leeway.config.TrafficConfig.OnGuardrail;
import io.leeway.domain.RunIdentity;
import io.leeway.domain.UserException;
import io.leeway.registry.ActKind;
import io.leeway.registry.AuditChain;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.Challenge;
import io.leeway.registry.Contest;
import io.leeway.registry.Details;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.serving.Ramp;
import io.leeway.stats.experiment.Ruling;
import io.leeway.store.ResultTable;
import io.leeway.store.SourceTable;
import io.leeway.store.StorageErrors;
import io.leeway.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Looks at a running test: what it says goes on record, with the rows that it rests on, and is
 * acted on. Where a guardrail is surely broken the challenger goes at once, unless the
 * configuration says to hold; where the test goes on and its step has lasted long enough, the next
 * step of the ramp begins. Nobody is promoted: that is for people.
 *
 * <p>Only whole days count, by the model's clock. May be run as often as one likes: the same data
 * are put on record once. The first ruling other than CONTINUE ends the test; after it only a
 * broken guardrail is still put on record, for as long as the challenger has traffic.
 */
public final class TestJob {
  private final Store store;
  private final Registry registry;

  public TestJob(Store store, Registry registry) {
    this.store = store;
    this.registry = registry;
  }

  /**
   * Looks.
   *
   * @param by who looks
   * @throws UserException if no challenger has traffic, or tables and configuration do not fit
   * @throws io.leeway.domain.EnvironmentException if the storage does not answer
   */
  public TestReport run(
      ModelConfig model,
      ScoringConfig scoring,
      TrafficConfig traffic,
      Instant now,
      String by,
      String runId) {
    AuditChain chain = registry.chain(model.name());
    ModelState state = ModelState.of(model.name(), chain);
    Challenge challenge =
        state
            .challenge()
            .filter(of -> !of.shadow())
            .orElseThrow(
                () ->
                    new UserException(
                        "Model '"
                            + model.name()
                            + "' has no challenger with traffic, so there is no test to read. Begin one"
                            + " by 'leeway promote --to challenger'."));
    Ramp ramp = Ramp.of(state, chain).orElseThrow();
    Metrics metrics = Metrics.of(model.task(), traffic);
    ZoneId zone = model.windows().zone();
    TestReading.Cut cut =
        new TestReading.Cut(
            LocalDate.ofInstant(now, zone),
            LocalDate.ofInstant(now.minus(traffic.labelAge()), zone),
            traffic.labelAge());
    List<Cell> cells =
        cells(model, scoring, metrics, challenge, ramp, champion(chain, challenge), cut);
    TestReading reading = TestReading.of(metrics, ramp, cells, cut);
    return new Look(model, traffic, state, challenge, lastRuled(chain, challenge), now, by, runId)
        .act(reading);
  }

  /** What the challenger was held against when the test began. */
  private static Optional<String> champion(AuditChain chain, Challenge challenge) {
    return chain.entries().stream()
        .filter(entry -> entry.sequence() == challenge.test())
        .findFirst()
        .flatMap(entry -> entry.act().details().text("champion"));
  }

  private static Optional<AuditEntry> lastRuled(AuditChain chain, Challenge challenge) {
    return chain.entries().stream()
        .filter(entry -> entry.act().kind() == ActKind.RULED)
        .filter(
            entry -> entry.act().details().number("test").equals(OptionalLong.of(challenge.test())))
        .reduce((earlier, later) -> later);
  }

  private List<Cell> cells(
      ModelConfig model,
      ScoringConfig scoring,
      Metrics metrics,
      Challenge challenge,
      Ramp ramp,
      Optional<String> champion,
      TestReading.Cut cut) {
    TableRef address = model.predictions().table();
    SourceTable predictions = SourceTable.open(store.spark(), address, OptionalLong.empty());
    String unit = scoring.unit().orElse(model.predictions().id().orElseThrow());
    if (predictions.schema().getFieldIndex(unit).isEmpty()) {
      throw new UserException(
          "Table '"
              + address
              + "' has no column '"
              + unit
              + "', by which units are told apart (retrain.scoring.unit). Add it to the table.");
    }
    if (model.predictions().version().isEmpty()) {
      throw new UserException(
          "Model '"
              + model.name()
              + "': predictions must say by which version they are. Name the column: "
              + "predictions.version = model_version.");
    }
    Optional<Dataset<Row>> labels =
        metrics.measured().stream().map(TestMetric::kind).anyMatch(TestMetric.Kind::needsLabel)
            ? model.labels().map(of -> open(of.table()).read())
            : Optional.empty();
    Instant until = cut.wholeUntil().atStartOfDay(model.windows().zone()).toInstant();
    Duration labelAge = cut.labelAge();
    try {
      return new UnitCells(
              model, metrics, new MetricSql(model, predictions.schema()), challenge, ramp, champion)
          .of(predictions.read(), labels, unit, until, labelAge);
    } catch (Exception e) {
      throw StorageErrors.explain(e, "Reading the test of model '" + model.name() + "'");
    }
  }

  private SourceTable open(TableRef table) {
    return SourceTable.open(store.spark(), table, OptionalLong.empty());
  }

  /** One look, from what it read on. */
  private final class Look {
    private final ModelConfig model;
    private final TrafficConfig traffic;
    private final ModelState state;
    private final Challenge challenge;
    private final Optional<AuditEntry> before;
    private final Instant now;
    private final String by;
    private final String runId;
    private final List<String> notes = new ArrayList<>();

    Look(
        ModelConfig model,
        TrafficConfig traffic,
        ModelState state,
        Challenge challenge,
        Optional<AuditEntry> before,
        Instant now,
        String by,
        String runId) {
      this.model = model;
      this.traffic = traffic;
      this.state = state;
      this.challenge = challenge;
      this.before = before;
      this.now = now;
      this.by = by;
      this.runId = runId;
    }

    TestReport act(TestReading reading) {
      notes.addAll(reading.warnings());
      boolean isOver =
          before
              .map(entry -> entry.act().details().text("ruling").orElse(""))
              .filter(ruling -> !ruling.equals(Ruling.CONTINUE.name()))
              .isPresent();
      Optional<AuditEntry> recorded = Optional.empty();
      Optional<AuditEntry> acted = Optional.empty();
      boolean wasHarmful =
          before
              .flatMap(entry -> entry.act().details().text("ruling"))
              .filter(Ruling.ROLL_BACK.name()::equals)
              .isPresent();
      if (wasHarmful && reading.ruling() != Ruling.ROLL_BACK) {
        // Said, and not followed: the look before died in between, or was told to hold.
        acted = follow(Ruling.ROLL_BACK);
      } else if (isOver && reading.ruling() != Ruling.ROLL_BACK) {
        notes.add(
            "The test was over before: "
                + before.orElseThrow().act().details().text("ruling").orElse("")
                + " since "
                + before.orElseThrow().at()
                + ".");
      } else {
        recorded = record(reading);
        acted = follow(reading.ruling());
      }
      return new TestReport(
          challenge.test(),
          challenge.version(),
          reading.ruling(),
          reading.because(),
          reading.decision(),
          reading.exposures(),
          recorded,
          acted,
          notes);
    }

    /** The rows first: they count once the entry with their attempt is there. */
    private Optional<AuditEntry> record(TestReading reading) {
      String digest = reading.digest();
      boolean isSame =
          before
              .flatMap(entry -> entry.act().details().text("data"))
              .filter(digest::equals)
              .isPresent();
      if (isSame) {
        return Optional.empty();
      }
      String attempt = RunIdentity.attempt();
      List<Row> rows = ResultRows.of(model.name(), challenge, reading, now, runId, attempt);
      store.append(
          ResultTable.AB_RESULTS,
          store.spark().createDataFrame(rows, ResultTable.AB_RESULTS.schema()));
      Details more = Details.of("data", digest, "run_id", runId, "looked_at", now);
      return registry.act(
          model.name(),
          attempt,
          newest ->
              newest.challenge().filter(of -> of.test() == challenge.test()).isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      Contest.ruled(newest, reading.ruling().name(), by, reading.because(), more)));
    }

    private Optional<AuditEntry> follow(Ruling ruling) {
      if (ruling == Ruling.ROLL_BACK && traffic.onGuardrail() == OnGuardrail.HOLD) {
        notes.add(
            "A guardrail is broken, and retrain.traffic.on-guardrail is hold: the challenger keeps its "
                + "share until somebody withdraws it.");
      } else if (ruling == Ruling.ROLL_BACK) {
        return Optional.of(
            registry.actOn(
                state, seen -> Contest.withdraw(seen, by, "A guardrail of its test is broken.")));
      } else if (ruling == Ruling.CONTINUE && isStepDone()) {
        return traffic.shareAfter(challenge.basisPoints()).map(this::ramp);
      }
      return Optional.empty();
    }

    private boolean isStepDone() {
      return !now.isBefore(challenge.stepSince().plus(Duration.ofDays(traffic.stepDays())));
    }

    private AuditEntry ramp(int next) {
      return registry.actOn(
          state,
          seen ->
              Contest.ramp(
                  seen,
                  next,
                  challenge.step() + 1,
                  by,
                  "The step of "
                      + challenge.basisPoints()
                      + " basis points has lasted "
                      + Duration.between(challenge.stepSince(), now).toDays()
                      + " days, and the test goes on."));
    }
  }
}
