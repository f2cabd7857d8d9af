package io.leeway.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.policy.incident.Change;
import io.leeway.policy.incident.Course;
import io.leeway.policy.incident.Home;
import io.leeway.policy.incident.Incident;
import io.leeway.policy.incident.Sign;
import io.leeway.policy.verdict.Family;
import io.leeway.policy.verdict.Severity;
import io.leeway.store.Stamp;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What happened to incidents, as rows of {@code incidents}, and incidents back from them. */
final class IncidentRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private IncidentRows() {}

  /**
   * A row with the schema of {@link io.leeway.store.ResultTable#INCIDENTS}.
   *
   * @param number of the event within the run
   * @param actor who did it
   */
  static Row row(String model, int number, Change change, String actor, Instant at, Stamp stamp) {
    Incident incident = change.incident();
    Incident.Moments moments = incident.moments();
    return RowFactory.create(
        model,
        incident.id(),
        number,
        change.event().text(),
        Timestamp.from(at),
        actor,
        change.reason(),
        incident.state().text(),
        incident.severity().text(),
        incident.headline(),
        texts(incident.home().texts()),
        texts(incident.columns()),
        texts(incident.metrics()),
        texts(incident.families().stream().map(Family::text).toList()),
        texts(incident.rules()),
        incident.breaches(),
        Timestamp.from(incident.started()),
        Timestamp.from(incident.course().lastBad()),
        Timestamp.from(moments.detected()),
        timestamp(moments.acknowledged()),
        timestamp(moments.mitigated()),
        timestamp(moments.resolved()),
        incident.owner().orElse(null),
        incident.runbook().orElse(null),
        details(incident),
        stamp.runId(),
        stamp.attemptId(),
        Timestamp.from(stamp.computedAt()));
  }

  private static Timestamp timestamp(Optional<Instant> at) {
    return at.map(Timestamp::from).orElse(null);
  }

  private static String[] texts(Collection<String> of) {
    return new TreeSet<>(of).toArray(String[]::new);
  }

  /** What the columns do not tell, and what only the next judging asks for. */
  private static String details(Incident incident) {
    ObjectNode json = JSON.createObjectNode();
    json.put("sentence", incident.sentence());
    json.put("cooldown", incident.cooldown().toString());
    json.put("peak", incident.course().peak());
    ArrayNode signs = json.putArray("signs");
    new TreeSet<>(incident.signs()).forEach(of -> signs.add(of.text()));
    json.put("opening", incident.course().opening().toString());
    ArrayNode home = json.putArray("home");
    for (Segment segment : incident.home().segments()) {
      ObjectNode cells = home.addObject();
      segment.valuesByColumn().forEach(cells::put);
    }
    ObjectNode bad = json.putObject("bad");
    incident
        .course()
        .bad()
        .forEach(
            (granularity, window) ->
                bad.putArray(granularity)
                    .add(window.start().toString())
                    .add(window.end().toString()));
    ObjectNode quiet = json.putObject("quiet");
    incident
        .course()
        .quiet()
        .forEach(
            (granularity, ends) -> {
              ArrayNode of = quiet.putArray(granularity);
              ends.forEach(end -> of.add(end.toString()));
            });
    return json.toString();
  }

  /** The incident as it was after an event. */
  static Incident incident(Row row) {
    JsonNode details = parse(row.getAs("details"));
    Map<String, Window> bad = new TreeMap<>();
    details
        .path("bad")
        .properties()
        .forEach(
            of ->
                bad.put(
                    of.getKey(),
                    new Window(
                        Instant.parse(of.getValue().get(0).asText()),
                        Instant.parse(of.getValue().get(1).asText()))));
    Map<String, NavigableSet<Instant>> quiet = new TreeMap<>();
    details
        .path("quiet")
        .properties()
        .forEach(
            of -> {
              NavigableSet<Instant> ends = new TreeSet<>();
              of.getValue().forEach(end -> ends.add(Instant.parse(end.asText())));
              quiet.put(of.getKey(), ends);
            });
    return new Incident(
        row.getAs("incident_id"),
        Incident.State.valueOf(row.<String>getAs("state").toUpperCase(Locale.ROOT)),
        Severity.valueOf(row.<String>getAs("severity").toUpperCase(Locale.ROOT)),
        home(details.path("home")),
        signs(details.path("signs")),
        set(row, "metrics"),
        set(row, "families").stream()
            .map(of -> Family.valueOf(of.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet()),
        set(row, "rules"),
        details.path("sentence").asText(),
        at(row, "started_at").orElseThrow(),
        row.<Long>getAs("n_breaches"),
        new Course(
            bad,
            quiet,
            Instant.parse(details.path("opening").asText()),
            details.path("peak").asInt()),
        new Incident.Moments(
            at(row, "detected_at").orElseThrow(),
            at(row, "acknowledged_at"),
            at(row, "mitigated_at"),
            at(row, "resolved_at")),
        Duration.parse(details.path("cooldown").asText()),
        Optional.ofNullable(row.getAs("owner")),
        Optional.ofNullable(row.getAs("runbook")));
  }

  private static Set<Sign> signs(JsonNode texts) {
    Set<Sign> signs = new TreeSet<>();
    texts.forEach(of -> signs.add(Sign.parse(of.asText())));
    return signs;
  }

  private static Home home(JsonNode segments) {
    List<Segment> home = new ArrayList<>();
    for (JsonNode cells : segments) {
      List<String> columns = new ArrayList<>();
      List<String> values = new ArrayList<>();
      cells
          .properties()
          .forEach(
              cell -> {
                columns.add(cell.getKey());
                values.add(cell.getValue().isNull() ? null : cell.getValue().asText());
              });
      home.add(columns.isEmpty() ? Segment.ALL : new Segment(new Slice(columns), values));
    }
    return new Home(home);
  }

  private static Set<String> set(Row row, String column) {
    return new TreeSet<>(row.<String>getList(row.fieldIndex(column)));
  }

  private static Optional<Instant> at(Row row, String column) {
    Object cell = row.get(row.fieldIndex(column));
    return Optional.ofNullable(cell)
        .map(of -> of instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) of);
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("An incident's details are no JSON: " + text, e);
    }
  }
}
