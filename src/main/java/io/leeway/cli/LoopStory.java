package io.leeway.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.Window;
import io.leeway.monitor.BaselineJob;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.monitor.Progress;
import io.leeway.policy.JudgeJob;
import io.leeway.registry.Approval;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.Challenge;
import io.leeway.registry.Contest;
import io.leeway.registry.ModelState;
import io.leeway.registry.NewEntry;
import io.leeway.registry.Promotion;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.retrain.RetrainDesk;
import io.leeway.retrain.RetrainJob;
import io.leeway.retrain.RetrainReport;
import io.leeway.retrain.RetrainRequest;
import io.leeway.serving.ab.TestReport;
import io.leeway.simulate.LoopConfig;
import io.leeway.simulate.Simulation;
import io.leeway.stats.experiment.Assignment;
import io.leeway.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * The second act of the quickstart: a recession comes, the model is found to be wrong, another one
 * is trained, let out, tried and promoted; then a bad one is tried and taken back. The people in it
 * are played, under names that say so, and its clock is that of the story.
 */
final class LoopStory {
  private static final int REFERENCE_DAYS = 20;
  private static final int RECESSION = 31;
  private static final int HISTORY = 72;
  private static final int TEST_DAYS = 10;
  private static final int LABEL_DAYS = 29;
  private static final int ROWS_A_DAY = 2_000;
  private static final int TEST_ROWS_A_DAY = 4_000;
  private static final double HARDER_TIMES = 1.5;

  private static final String TRAINER = "tess (demo)";
  private static final String OWNER = "olga (demo)";
  private static final List<String> APPROVERS = List.of("anna (demo)", "bert (demo)");

  /** Learns from next to nothing, so that it answers nearly the same to everybody. */
  private static final String BAD =
      """
      leeway.models.credit-line.retrain.features = [{ column = term_months, impute = median }]
      """;

  private final SparkSession spark;
  private final LoopFolder folder;
  private final Simulation world;
  private final Progress progress;
  private final List<String> words = new ArrayList<>();
  private Instant now;
  private LeewayConfig config;
  private ModelConfig model;
  private Store store;
  private Registry registry;

  LoopStory(SparkSession spark, LoopFolder folder, Progress progress) {
    this.spark = spark;
    this.folder = folder;
    this.progress = progress;
    this.world =
        Simulation.defaults()
            .withRowsPerDay(ROWS_A_DAY)
            .withDays(HISTORY + 2 * (TEST_DAYS + LABEL_DAYS))
            .withEvents()
            .withRecession(HARDER_TIMES, RECESSION);
  }

  /** Plays it, and tells it. */
  List<String> run() {
    config = folder.configured(world, REFERENCE_DAYS, "");
    model = config.model(LoopConfig.MODEL);
    store = Store.open(spark, config.store());
    registry = new Registry(store, (InstantSource) () -> now);
    now = end(HISTORY);

    tell("1", "A recession: from day " + RECESSION + " on, applicants default more often.");
    breach();
    int better = trained(model, RetrainRequest.due(TRAINER, now));
    approve(better);
    tried(better, HISTORY + 1);
    act(state -> Promotion.promote(state, better, true, OWNER, "It won its test."));
    tell("8", "Version " + better + " promoted by " + OWNER + ": one entry in the audit log.");

    progress.say("A bad version is let out in spite of the gate.");
    tell("9", "A drill: a version that knows next to nothing is let out in spite of the gate.");
    ModelConfig careless =
        ConfigLoader.load(folder.text() + BAD, folder.configuration().toAbsolutePath().getParent())
            .model(LoopConfig.MODEL);
    int bad =
        trained(careless, RetrainRequest.forced(TRAINER, "a drill: does the guardrail hold?", now));
    waive(bad);
    approve(bad);
    tried(bad, HISTORY + TEST_DAYS + LABEL_DAYS + 1);
    story();
    return List.copyOf(words);
  }

  private void breach() {
    progress.say("A second, smaller model: " + HISTORY + " days, with a recession.");
    folder.predicted(world, 1, HISTORY, lit(true));
    folder.knownBy(world, HISTORY);
    new BaselineJob(store, line -> {}).run(model, false);
    new Monitor(store, line -> {}).run(model, MonitorRequest.due(now));
    new JudgeJob(store, line -> {}).run(model, now).words().forEach(this::more);
    new RetrainDesk(store, registry)
        .decide(model, RetrainNeed.of(model))
        .ifPresent(of -> tell("2", "Decision " + of.outcome() + ": " + of.sentence()));
  }

  private int trained(ModelConfig by, RetrainRequest request) {
    progress.say("Retraining.");
    RetrainReport report =
        new RetrainJob(store, registry, modelsRoot(), line -> {}).run(by, request);
    tell("3", "Retrained by " + TRAINER + ".");
    report.words().forEach(this::more);
    return report.version().orElseThrow();
  }

  private void approve(int version) {
    for (String approver : APPROVERS) {
      act(
          state ->
              Approval.approve(state, version, approver, "I have read what the gate found.", now));
    }
    tell("4", "Version " + version + " approved by " + String.join(" and ", APPROVERS) + ".");
  }

  private void waive(int version) {
    act(
        state ->
            Approval.waive(
                state, version, OWNER, "A drill, announced to all.", now, Duration.ofHours(1)));
    more("What the gate found is waived by " + OWNER + ", which is on record.");
  }

  /** Ten days of applications, a tenth of them answered by the challenger; then their outcomes. */
  private void tried(int version, int fromDay) {
    int share = RetrainNeed.of(model).traffic().ramp().get(0);
    act(
        state ->
            Contest.begin(
                state,
                version,
                share,
                "test-of-version-" + version,
                OWNER,
                "Approved; let it show what it can."));
    tell(
        "5",
        String.format(Locale.ROOT, "Version %d challenges on %.0f %%.", version, share / 100.0));
    progress.say("Ten days of applications are scored.");
    int lastDay = fromDay + TEST_DAYS - 1;
    Simulation busy = world.withRowsPerDay(TEST_ROWS_A_DAY);
    folder.applied(busy, fromDay, lastDay);
    now = end(lastDay);
    ServingDesk desk = new ServingDesk(store, registry, modelsRoot());
    tell("6", "leeway score:");
    ScoreCommand.words(desk.score(model, now).report()).forEach(this::more);
    if (registry.state(model.name()).champion().isEmpty()) {
      folder.predicted(busy, fromDay, lastDay, notAssigned());
      more("The lender's own service answered the others, as current.json told it to.");
    }
    folder.turnedOut(busy, fromDay, lastDay);
    now = end(lastDay + LABEL_DAYS);
    progress.say("Their outcomes are in; the test is read.");
    TestReport report = desk.test(model, now);
    tell("7", "leeway ab:");
    AbCommand.words(report).forEach(this::more);
    new CurrentState(spark.sparkContext().hadoopConfiguration(), config.store(), registry)
        .publish(model)
        .ifPresent(this::more);
  }

  /** Applications that are not the challenger's. */
  private Column notAssigned() {
    Challenge challenge = registry.state(model.name()).challenge().orElseThrow();
    Assignment assignment = new Assignment(challenge.salt(), challenge.basisPoints());
    return expr(assignment.bucketSql("prediction_id"))
        .geq(challenge.basisPoints())
        .and(col("prediction_id").isNotNull());
  }

  private void story() {
    words.add("");
    words.add(
        "What is on record of it ("
            + Launcher.command()
            + " audit show --config "
            + folder.configuration()
            + "):");
    for (AuditEntry entry : registry.chain(model.name()).entries()) {
      words.add(
          String.format(
              Locale.ROOT,
              "  %2d  %s  %-16s %s%s",
              entry.sequence(),
              entry.at().atZone(model.windows().zone()).toLocalDate(),
              entry.act().kind().text(),
              entry.act().version().isPresent()
                  ? "version " + entry.act().version().getAsInt() + " "
                  : "",
              "by " + entry.act().actor()));
    }
    words.add(
        registry.faults(model.name()).isEmpty()
            ? "The record is whole; version "
                + registry.state(model.name()).champion().map(Version::text).orElse("?")
                + " serves."
            : "The record is damaged.");
  }

  private void act(Function<ModelState, NewEntry> what) {
    registry.act(model.name(), what);
  }

  private Instant end(int day) {
    Window window = world.day(day).window();
    return window.end();
  }

  private String modelsRoot() {
    return RetrainNeed.of(model).modelsRoot(config.store());
  }

  private void tell(String number, String sentence) {
    words.add(number + ". " + sentence);
  }

  private void more(String line) {
    words.add("   " + line);
  }
}
