package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.config.NoticesConfig;
import io.leeway.domain.UserException;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.policy.incident.Act;
import io.leeway.policy.incident.Change;
import io.leeway.policy.incident.Incident;
import io.leeway.policy.verdict.Verdict;
import io.leeway.simulate.Event;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.Simulation;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lender whose incomes in one state change on a known day, judged in one go and day by day. */
class JudgeJobTest {
  private static final int CHANGED_FROM = 20;
  private static final int LIVE_FROM = 20;
  private static final int DAYS = 22;

  /** What is not the same whenever the same is judged. */
  private static final List<String> OF_AN_ATTEMPT =
      List.of("run_id", "attempt_id", "computed_at", "incident_id");

  @TempDir private static Path folder;
  private static JudgedLender lender;
  private static JudgeReport atOnce;

  @BeforeAll
  static void judge() {
    lender =
        new JudgedLender(
            folder,
            Simulation.defaults()
                .withDays(DAYS)
                .withRowsPerDay(900)
                .withEvents(new Event.CovariateShift("VIC", "income", -1.0, CHANGED_FROM)),
            "");
    atOnce = lender.watch("at-once", DAYS);
  }

  private static List<Incident> incidents(String store) {
    return new IncidentDesk(lender.store(store)).incidents(LenderConfig.MODEL);
  }

  /** As they show. */
  private static Set<String> verdicts(String store) {
    Views.createTemporary(lender.store(store), 1);
    Set<String> verdicts = new TreeSet<>();
    LocalSpark.session()
        .table("latest_verdicts")
        .drop(OF_AN_ATTEMPT.toArray(String[]::new))
        .select(functions.to_json(functions.struct("*")))
        .collectAsList()
        .forEach(row -> verdicts.add(row.getString(0)));
    return verdicts;
  }

  /** A few of those that only one has: of thousands a message is no help. */
  private static List<String> difference(Set<String> one, Set<String> other) {
    return Stream.concat(
            one.stream().filter(of -> !other.contains(of)),
            other.stream().filter(of -> !one.contains(of)))
        .limit(3)
        .toList();
  }

  @Test
  void theChangeIsOneIncidentWithItsColumnSegmentAndDay() {
    assertThat(atOnce.changes())
        .filteredOn(change -> change.event() == Change.Event.OPENED)
        .hasSize(1);
    Incident incident = incidents("at-once").get(0);
    assertThat(incident.columns()).containsExactly("income");
    assertThat(incident.home()).hasToString("state=VIC");
    assertThat(incident.started())
        .isEqualTo(Simulation.defaults().withDays(DAYS).day(CHANGED_FROM).window().start());
    assertThat(incident.isResolved()).isFalse();
    assertThat(atOnce.verdicts()).containsKeys(Verdict.Kind.OK, Verdict.Kind.BREACH);
  }

  @Test
  void dayByDayIsTheSameAsInOneGo() {
    for (int day = LIVE_FROM; day <= DAYS; day++) {
      lender.watch("day-by-day", day);
    }
    Set<String> judgedAtOnce = verdicts("at-once");
    assertThat(judgedAtOnce).hasSizeGreaterThan(1_000);
    assertThat(difference(verdicts("day-by-day"), judgedAtOnce)).isEmpty();
    assertThat(told(incidents("day-by-day"))).isEqualTo(told(incidents("at-once"))).isNotEmpty();
  }

  @Test
  void aReplayOfThePolicyInForceSaysTheSame() {
    ReplayReport report = replay("");
    assertThat(told(report.inForce().incidents())).isEqualTo(told(incidents("at-once")));
    assertThat(told(report.proposed().incidents())).isEqualTo(told(incidents("at-once")));
    assertThat(report.inForce()).isEqualTo(report.proposed());
    assertThat(report.inForce().rules().stream().mapToLong(ReplayReport.OfRule::alerts).sum())
        .isEqualTo(atOnce.verdicts().get(Verdict.Kind.BREACH));
  }

  /** In a copy of the store, for others look at what is open. */
  @Test
  void ofTwoWhoResolveAtOnceOneIsToldOfTheOther() throws Exception {
    copy("at-once", "acted");
    IncidentDesk desk = new IncidentDesk(lender.store("acted"));
    String id = desk.incidents(LenderConfig.MODEL).get(0).id();
    desk.act(LenderConfig.MODEL, id, Act.ACKNOWLEDGE, "ann", "looking", Instant.now());
    ExecutorService both = Executors.newFixedThreadPool(2);
    List<Future<String>> said = new ArrayList<>();
    for (String who : List.of("bob", "cid")) {
      said.add(both.submit(() -> resolved(id, who)));
    }
    List<String> answers = List.of(said.get(0).get(), said.get(1).get());
    both.shutdown();
    assertThat(answers).filteredOn("done"::equals).hasSize(1);
    assertThat(answers)
        .filteredOn(of -> !of.equals("done"))
        .allMatch(
            of ->
                of.matches("Incident " + id + " is resolved already \\(resolved by (bob|cid) .*"));
    assertThat(desk.events(LenderConfig.MODEL, id))
        .extracting(IncidentDesk.Event::event)
        .endsWith("acknowledged", "resolved")
        .containsOnlyOnce("resolved");
    assertThatThrownBy(
            () -> desk.act(LenderConfig.MODEL, "none", Act.RESOLVE, "ann", "?", Instant.now()))
        .isInstanceOf(UserException.class)
        .hasMessage("Model 'credit-risk' has no incident 'none'. Its incidents: " + id + ".");
  }

  private static String resolved(String id, String who) {
    try {
      new IncidentDesk(lender.store("acted"))
          .act(LenderConfig.MODEL, id, Act.RESOLVE, who, "mended", Instant.now());
      return "done";
    } catch (UserException e) {
      return e.getMessage();
    }
  }

  private static void copy(String from, String to) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(from))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(to).resolve(folder.resolve(from).relativize(file)));
      }
    }
  }

  /** In a copy of the store; a hook of this machine takes what is told. */
  @Test
  void peopleAreToldOnceAndNobodyIsHurtByAHookThatIsDown() throws Exception {
    copy("at-once", "told");
    List<String> taken = Collections.synchronizedList(new ArrayList<>());
    HttpServer hook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/hook",
        exchange -> {
          taken.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hook.start();
    String up = "http://127.0.0.1:" + hook.getAddress().getPort() + "/hook";
    NoticeJob job = new NoticeJob(lender.store("told"), channels("up", up));
    assertThat(job.run(LenderConfig.MODEL, atOnce)).containsExactly("Channel up: delivered 1.");
    assertThat(taken).hasSize(1);
    assertThat(taken.get(0))
        .contains(incidents("told").get(0).id(), "psi of 'income' in state=VIC");
    assertThat(job.run(LenderConfig.MODEL, atOnce)).isEmpty();
    assertThat(taken).hasSize(1);
    hook.stop(0);
    assertThat(
            new NoticeJob(lender.store("told"), channels("down", up))
                .run(LenderConfig.MODEL, atOnce))
        .anyMatch(line -> line.startsWith("Channel down: retry 1"));
  }

  /** In a copy of the store, by a clock that is forty days ahead; there is nobody to hear. */
  @Test
  void whatWasNotSentInTimeIsSaidAndWrittenDownOnce() throws IOException {
    copy("at-once", "late");
    Store store = lender.store("late");
    Clock late = Clock.offset(Clock.systemUTC(), Duration.ofDays(40));
    NoticeJob job = new NoticeJob(store, channels("late", "http://127.0.0.1:1/hook"), late);
    String reason = "given up, as it was written more than 35 days ago";
    assertThat(job.send(LenderConfig.MODEL))
        .containsExactly("Channel late: " + reason + ".", "Channel late: failed 1.");
    assertThat(job.send(LenderConfig.MODEL)).isEmpty();
    List<Row> failed =
        store.few(ResultTable.NOTICES, LenderConfig.MODEL).stream()
            .filter(row -> row.<String>getAs("status").equals("failed"))
            .toList();
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).<String>getAs("channel")).isEqualTo("late");
    assertThat(failed.get(0).<String>getAs("reason")).isEqualTo(reason);
  }

  private static NoticesConfig channels(String name, String url) {
    String text =
        """
        leeway.notices.channels = [ { name = %s, type = webhook, url = "%s" } ]
        leeway.store.path = "nowhere/store"
        leeway.models.m {
          task = binary
          predictions { table = "nowhere/predictions", id = id, time = at, score = score }
          reference { from = 2024-01-01, until = 2025-01-01 }
        }
        """;
    return ConfigLoader.load(text.formatted(name, url), folder).notices();
  }

  /** Nobody minds a PSI of 5; the change is an incident in force alone. */
  @Test
  void aReplayOfAnotherPolicySaysWhatWouldDiffer() {
    ReplayReport report = replay("[ { metric = psi, above = 5 } ]");
    assertThat(report.proposed().incidents()).isEmpty();
    assertThat(report.words())
        .anyMatch(
            line -> line.startsWith("  only in force: ") && line.contains("'income' in state=VIC"));
  }

  private static ReplayReport replay(String policy) {
    return new ReplayJob(lender.store("at-once"), line -> {})
        .run(
            lender.config("at-once").models().get(0),
            lender.withPolicy("at-once", policy).models().get(0),
            Optional.empty(),
            Optional.empty());
  }

  private static List<List<Object>> told(List<Incident> incidents) {
    return incidents.stream().map(JudgeJobTest::withoutClock).toList();
  }

  private static List<Object> withoutClock(Incident of) {
    return List.of(
        of.state(),
        of.severity(),
        of.home(),
        of.columns(),
        of.metrics(),
        of.rules(),
        of.sentence(),
        of.started(),
        of.breaches(),
        of.course());
  }

  @Test
  void whatIsJudgedIsJudgedOnce() {
    JudgeReport again = lender.watch("at-once", DAYS);
    assertThat(again.windows()).isZero();
    assertThat(again.changes()).isEmpty();
    assertThat(again.open()).hasSize(1);
  }

  /** The last days are computed again, with the same values; in a copy of the store. */
  @Test
  void whatIsJudgedAgainIsToldFromWhatIsJudgedFirst() throws IOException {
    copy("at-once", "again");
    ModelConfig model = lender.config("again").models().get(0);
    Store store = lender.store("again");
    Simulation simulation = Simulation.defaults().withDays(DAYS);
    Instant from = simulation.day(CHANGED_FROM).window().start();
    Instant now = simulation.window().end();
    new Monitor(store, line -> {})
        .run(model, MonitorRequest.asked(Optional.of(from), Optional.empty(), now).forced());
    JudgeReport again = new JudgeJob(store, line -> {}).run(model, now);
    assertThat(again.windows()).isGreaterThan(DAYS - CHANGED_FROM);
    assertThat(again.changes()).isEmpty();
    assertThat(told(incidents("again"))).isEqualTo(told(incidents("at-once")));
    Views.createTemporary(store, 1);
    assertThat(
            LocalSpark.session()
                .table("latest_verdicts")
                .where(functions.col("window_start").geq(functions.lit(from)))
                .where("evidence IS NOT NULL")
                .selectExpr("bool_or(is_first)")
                .first()
                .getBoolean(0))
        .isFalse();
  }

  /** A name that is none would be silence for ever. */
  @Test
  void aRuleOnAColumnThatIsNoneSaysSo() throws IOException {
    String rules =
        "[ { metric = psi, above = 0.1, column = incme }, { metric = psi, above = 0.1 } ]";
    ModelConfig model = lender.withPolicy("idle", rules).models().get(0);
    Store store = lender.store("idle");
    Instant now = Simulation.defaults().withDays(16).window().end();
    new Monitor(store, line -> {}).run(model, MonitorRequest.due(now));
    assertThat(new JudgeJob(store, line -> {}).run(model, now).words())
        .contains(
            "Rule 'psi above 0.1' of 'incme' had nothing to judge: nothing is stored of its column"
                + " under that metric. Columns are named as in the results.")
        .noneMatch(line -> line.startsWith("Rule 'psi above 0.1' had"));
  }

  @Test
  void viewsTellWhatIsOpen() {
    Views.createTemporary(lender.store("at-once"), 10);
    Row health =
        LocalSpark.session()
            .sql(
                "SELECT n_open_incidents, worst_open_severity FROM model_health WHERE granularity = '1 day'")
            .first();
    assertThat(health.getLong(0)).isEqualTo(1);
    assertThat(health.getString(1)).isEqualTo("investigate");
    assertThat(Stream.of("latest_verdicts", "incident_events", "open_incidents", "incident_times"))
        .allSatisfy(
            view ->
                assertThat(LocalSpark.session().sql("SELECT * FROM " + view).count()).isPositive());
  }
}
