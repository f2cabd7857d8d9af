package io.leeway.policy;

import io.leeway.policy.incident.Change;
import io.leeway.policy.incident.Incident;
import io.leeway.policy.notice.Attempt;
import io.leeway.policy.notice.Delivery;
import io.leeway.policy.notice.Notice;
import io.leeway.store.Stamp;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Notices and what came of them, as rows of {@code notices}, and back. */
final class NoticeRows {
  private static final String PENDING = "pending";

  private NoticeRows() {}

  /**
   * Whether people are told: that an incident begins or goes on, while its last bad window is
   * young; that it is over, always, for the outbox keeps ends from those who heard of no beginning.
   */
  static boolean isNews(Change change, Predicate<Instant> isYoung) {
    return change.event() == Change.Event.RESOLVED
        || isYoung.test(change.incident().course().lastBad());
  }

  /** What people are to be told of a change; empty if nothing. */
  static Optional<Notice> notice(String model, Change change, Instant at) {
    Incident incident = change.incident();
    Optional<Notice.Kind> kind =
        switch (change.event()) {
          case OPENED -> Optional.of(Notice.Kind.OPENED);
          case ESCALATED -> Optional.of(Notice.Kind.ESCALATED);
          case REOPENED -> Optional.of(Notice.Kind.REOPENED);
          case RESOLVED -> Optional.of(Notice.Kind.RESOLVED);
          case UPDATED, ACKNOWLEDGED, MITIGATED -> Optional.empty();
        };
    return kind.map(
        of ->
            new Notice(
                Notice.idOf(model, incident.id(), of.name(), incident.course().end().toString()),
                model,
                incident.id(),
                of,
                incident.severity().text(),
                model + ": " + incident.headline(),
                change.reason(),
                incident.started(),
                at,
                details(incident),
                incident.owner(),
                incident.runbook()));
  }

  private static Map<String, String> details(Incident incident) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("rows", incident.home().toString());
    if (!incident.columns().isEmpty()) {
      details.put("columns", String.join(", ", new TreeSet<>(incident.columns())));
    }
    details.put("metrics", String.join(", ", new TreeSet<>(incident.metrics())));
    details.put("breaches", Long.toString(incident.breaches()));
    details.put("last seen before", incident.course().lastBad().toString());
    return details;
  }

  /**
   * A notice that is to be sent, with the schema of {@link io.leeway.store.ResultTable#NOTICES}.
   */
  static Row row(Notice notice, Stamp stamp) {
    return RowFactory.create(
        notice.model(),
        notice.id(),
        notice.incidentId(),
        notice.kind().text(),
        PENDING,
        null,
        Timestamp.from(notice.at()),
        null,
        null,
        notice.toJson(),
        stamp.runId(),
        stamp.attemptId(),
        Timestamp.from(stamp.computedAt()));
  }

  /** What came of one. */
  static Row row(String model, Attempt attempt, Stamp stamp) {
    Delivery delivery = attempt.delivery();
    return RowFactory.create(
        model,
        attempt.noticeId(),
        attempt.incidentId(),
        attempt.kind().text(),
        delivery.outcome().name().toLowerCase(Locale.ROOT),
        attempt.channel(),
        Timestamp.from(attempt.at()),
        delivery.status().isPresent() ? (Integer) delivery.status().getAsInt() : null,
        delivery.reason(),
        null,
        stamp.runId(),
        stamp.attemptId(),
        Timestamp.from(stamp.computedAt()));
  }

  static boolean isNotice(Row row) {
    return row.<String>getAs("status").equals(PENDING);
  }

  static Notice notice(Row row) {
    return Notice.ofJson(row.getAs("notice"));
  }

  static Attempt attempt(Row row) {
    Integer answer = row.getAs("answer");
    return new Attempt(
        row.getAs("notice_id"),
        row.getAs("incident_id"),
        Notice.Kind.valueOf(row.<String>getAs("kind").toUpperCase(Locale.ROOT)),
        row.getAs("channel"),
        row.<Timestamp>getAs("at").toInstant(),
        new Delivery(
            Delivery.Outcome.valueOf(row.<String>getAs("status").toUpperCase(Locale.ROOT)),
            answer == null ? OptionalInt.empty() : OptionalInt.of(answer),
            row.getAs("reason")));
  }
}
