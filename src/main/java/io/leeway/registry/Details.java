package io.leeway.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What an entry says besides its kind: named texts, numbers, lists and blocks, as canonical JSON:
 * keys in order, no spaces, so that the same details have the same hash. Values that are {@code
 * null} are left out.
 *
 * @param json a JSON object in canonical form
 */
public record Details(String json) {
  /** Nothing besides. */
  public static final Details NONE = new Details("{}");

  private static final TypeReference<Map<String, Object>> NAMED = new TypeReference<>() {};
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** Names and values in turn; instants as ISO 8601. */
  public static Details of(Object... namesAndValues) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      named.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return of(named);
  }

  /** Of texts, numbers, booleans, instants, lists and maps of them. */
  public static Details of(Map<String, ?> named) {
    return new Details(canonical(plain(named)));
  }

  /** These and more; a name that is there gets the new value. */
  public Details and(Object... namesAndValues) {
    Map<String, Object> all = new TreeMap<>(JSON.convertValue(node(), NAMED));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return of(all);
  }

  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach(
          (name, of) -> {
            if (of != null) {
              sorted.put((String) name, plain(of));
            }
          });
      return sorted;
    } else if (value instanceof List<?> list) {
      return list.stream().map(Details::plain).toList();
    }
    return value instanceof Instant instant ? instant.toString() : value;
  }

  private static String canonical(Object plain) {
    try {
      return JSON.writeValueAsString(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Details cannot be written: " + plain, e);
    }
  }

  /** As a tree; empty where the stored text is no JSON. */
  public JsonNode node() {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(node().get(name)).map(JsonNode::asText);
  }

  public OptionalInt integer(String name) {
    JsonNode found = node().get(name);
    return found == null || !found.canConvertToInt()
        ? OptionalInt.empty()
        : OptionalInt.of(found.asInt());
  }

  public OptionalLong number(String name) {
    JsonNode found = node().get(name);
    return found == null || !found.canConvertToLong()
        ? OptionalLong.empty()
        : OptionalLong.of(found.asLong());
  }

  public Optional<Instant> instant(String name) {
    return text(name).map(Instant::parse);
  }

  public boolean flag(String name) {
    return Optional.ofNullable(node().get(name)).map(JsonNode::asBoolean).orElse(false);
  }

  @Override
  public String toString() {
    return json;
  }
}
