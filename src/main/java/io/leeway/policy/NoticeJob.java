package io.leeway.policy;

import io.leeway.config.ChannelConfig;
import io.leeway.config.NoticesConfig;
import io.leeway.policy.notice.Attempt;
import io.leeway.policy.notice.Delivery;
import io.leeway.policy.notice.Notice;
import io.leeway.policy.notice.Outbox;
import io.leeway.policy.notice.Plan;
import io.leeway.policy.notice.PrometheusFile;
import io.leeway.policy.notice.Sender;
import io.leeway.store.CommittedRun;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * Sends what stands in the outbox. A notice is there before it is sent, and each try is written
 * down after; so a death between the two sends it twice, with one and the same key, and never not
 * at all. Whatever goes wrong is said, and stops nothing.
 */
public final class NoticeJob {
  private static final String COMMAND = "notify";

  private final Store store;
  private final NoticesConfig config;
  private final Clock clock;

  public NoticeJob(Store store, NoticesConfig config) {
    this(store, config, Clock.systemUTC());
  }

  NoticeJob(Store store, NoticesConfig config, Clock clock) {
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Sends a model's pending notices, and tells Prometheus how it stands.
   *
   * @return in plain words what was sent, what waits and what failed
   */
  public List<String> run(String model, JudgeReport judged) {
    if (config.channels().isEmpty()) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    try {
      words.addAll(send(model));
    } catch (RuntimeException e) {
      words.add("Notices could not be sent, which the next run will try: " + e.getMessage());
    }
    for (ChannelConfig channel : config.channels()) {
      channel
          .file()
          .map(file -> PrometheusFile.write(Path.of(file), judged.snapshot(model)))
          .filter(of -> of.outcome() != Delivery.Outcome.DELIVERED)
          .ifPresent(of -> words.add("Channel " + channel.name() + ": " + of.reason() + "."));
    }
    return words;
  }

  /**
   * Sends a model's pending notices, and no more than that. What receivers do is no failure.
   *
   * @return in plain words what was sent, what waits and what failed; empty if there is nothing
   * @throws io.leeway.domain.LeewayException if the store cannot be read or written
   */
  public List<String> send(String model) {
    List<CommittedRun> committed = new RunLedger(store).committed(model);
    Set<String> attempts =
        committed.stream().map(run -> run.run().attemptId()).collect(Collectors.toSet());
    List<Row> rows =
        store.few(ResultTable.NOTICES, model).stream()
            .filter(row -> attempts.contains(row.<String>getAs("attempt_id")))
            .toList();
    List<Notice> notices =
        rows.stream().filter(NoticeRows::isNotice).map(NoticeRows::notice).toList();
    if (notices.isEmpty()) {
      return List.of();
    }
    List<Attempt> known =
        rows.stream().filter(row -> !NoticeRows.isNotice(row)).map(NoticeRows::attempt).toList();
    Plan plan = new Outbox(config).plan(notices, known, clock.instant());
    List<Attempt> made = new ArrayList<>(plan.settled());
    made.addAll(new Sender().sendAll(plan.sendings(), clock));
    if (!made.isEmpty()) {
      write(model, made, committed);
    }
    return words(made, plan);
  }

  private void write(String model, List<Attempt> made, List<CommittedRun> committed) {
    PolicyRun run = PolicyRun.once(store, model, COMMAND, committed);
    run.append(
        ResultTable.NOTICES,
        made.stream().map(of -> NoticeRows.row(model, of, run.stamp())).toList());
    run.isCommitted(List.of(), Set.of());
  }

  /** What several failed for is said once; how many they are is counted. */
  static List<String> words(List<Attempt> made, Plan plan) {
    Map<String, Long> counts = new TreeMap<>();
    Set<String> words = new LinkedHashSet<>();
    for (Attempt attempt : made) {
      Delivery delivery = attempt.delivery();
      if (delivery.outcome() != Delivery.Outcome.SKIPPED) {
        String outcome = delivery.outcome().name().toLowerCase(Locale.ROOT);
        counts.merge("Channel " + attempt.channel() + ": " + outcome, 1L, Long::sum);
      }
      if (delivery.outcome() == Delivery.Outcome.FAILED
          || delivery.outcome() == Delivery.Outcome.RETRY) {
        words.add("Channel " + attempt.channel() + ": " + delivery.reason() + ".");
      }
    }
    counts.forEach((what, n) -> words.add(what + " " + n + "."));
    plan.waiting()
        .forEach(
            of ->
                words.add(
                    "Channel "
                        + of.channel()
                        + ": one waits until "
                        + of.until()
                        + " ("
                        + of.reason()
                        + ")."));
    return List.copyOf(words);
  }
}
