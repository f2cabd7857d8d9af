package io.leeway.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.domain.Window;
import io.leeway.store.CommittedRun;
import io.leeway.store.RunSources;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run of the monitor, or one that makes a baseline, says of itself in the ledger.
 *
 * @param windows base windows that it scanned
 * @param rows of the source in them
 * @param data the stretch of time that its version of the source spans; empty if that has no time
 * @param asOf when it was asked; ages of predictions count from there
 * @param labelsUntil up to when labels counted, if not all of them did
 */
record RunSummary(
    int windows,
    long rows,
    Optional<Window> data,
    Optional<Instant> asOf,
    Optional<Instant> labelsUntil) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FROM = "data_from";
  private static final String UNTIL = "data_until";
  private static final String AS_OF = "as_of";
  private static final String LABELS_UNTIL = "labels_until";

  /**
   * The stretch of time that this very version of the source spans, where an earlier run of the
   * same configuration has told it; looking it up takes a query.
   */
  static Optional<Window> stretch(
      List<CommittedRun> committed, String configHash, String tableId, long version) {
    return committed.stream()
        .filter(run -> run.run().command().equals(Monitor.COMMAND))
        .filter(run -> run.run().configHash().equals(configHash))
        .filter(run -> isOf(run.run().sources(), tableId, version))
        .reduce((earlier, later) -> later)
        .flatMap(run -> parse(run.run().summary()).data());
  }

  private static boolean isOf(RunSources read, String tableId, long version) {
    return tableId.equals(read.predictionsTableId())
        && Long.valueOf(version).equals(read.predictionsVersion());
  }

  String json() {
    ObjectNode json = JSON.createObjectNode().put("windows", windows).put("rows", rows);
    data.ifPresent(
        stretch -> json.put(FROM, stretch.start().toString()).put(UNTIL, stretch.end().toString()));
    asOf.ifPresent(time -> json.put(AS_OF, time.toString()));
    labelsUntil.ifPresent(time -> json.put(LABELS_UNTIL, time.toString()));
    return json.toString();
  }

  /** Without a stretch where a run did not tell it. */
  static RunSummary parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      Optional<Window> data =
          json.has(FROM) && json.has(UNTIL)
              ? Optional.of(
                  new Window(
                      Instant.parse(json.get(FROM).asText()),
                      Instant.parse(json.get(UNTIL).asText())))
              : Optional.empty();
      return new RunSummary(
          json.path("windows").asInt(),
          json.path("rows").asLong(),
          data,
          time(json, AS_OF),
          time(json, LABELS_UNTIL));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A run's summary is no JSON: " + text, e);
    }
  }

  private static Optional<Instant> time(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).map(JsonNode::asText).map(Instant::parse);
  }
}
