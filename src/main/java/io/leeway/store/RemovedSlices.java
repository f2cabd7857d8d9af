package io.leeway.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.Map;

/**
 * Up to when a model's profiles may lack slices, since they were kept long enough. Of base windows
 * that end no later, whoever adds profiles up must take what is there for a part of the rows.
 *
 * @param crosses of slices of more than one column
 * @param slices of slices of one column
 */
public record RemovedSlices(Instant crosses, Instant slices) {
  /** Nothing was ever removed. */
  public static final RemovedSlices NONE = new RemovedSlices(Instant.MIN, Instant.MIN);

  /**
   * The columns of the longest slices of a base window that are all there; 0 is the overall one.
   */
  public int columnsOf(Window base) {
    if (!base.end().isAfter(slices)) {
      return 0;
    }
    return base.end().isAfter(crosses) ? Integer.MAX_VALUE : 1;
  }

  /** Whatever either of them says is removed. */
  RemovedSlices and(RemovedSlices other) {
    return new RemovedSlices(
        crosses.isAfter(other.crosses) ? crosses : other.crosses,
        slices.isAfter(other.slices) ? slices : other.slices);
  }

  String json() {
    try {
      return new ObjectMapper()
          .writeValueAsString(
              Map.of("crosses_until", crosses.toString(), "slices_until", slices.toString()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts always have a JSON form.", e);
    }
  }

  static RemovedSlices parse(String json) {
    try {
      JsonNode told = new ObjectMapper().readTree(json);
      return new RemovedSlices(
          Instant.parse(told.get("crosses_until").asText()),
          Instant.parse(told.get("slices_until").asText()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The ledger says of removed slices: " + json, e);
    }
  }
}
