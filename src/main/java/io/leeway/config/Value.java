package io.leeway.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One value of the file with its path and place. What it cannot be read as is a problem of the
 * load, and then the answer is empty.
 */
final class Value {
  private final Reading reading;
  private final Settings settings;
  private final String path;
  private final String setting;
  private final ConfigValue value;
  private final Place place;

  Value(
      Reading reading,
      Settings settings,
      String path,
      String setting,
      ConfigValue value,
      Place enclosing) {
    this.reading = reading;
    this.settings = settings;
    this.path = path;
    this.setting = setting;
    this.value = value;
    this.place = Place.of(value.origin(), enclosing);
  }

  /** The path in the file, as in problems. */
  String path() {
    return path;
  }

  Place place() {
    return place;
  }

  Reading reading() {
    return reading;
  }

  Settings settings() {
    return settings;
  }

  /** The path within the model. */
  String setting() {
    return setting;
  }

  void wrong(String text) {
    reading.problem(place, path, text);
  }

  /** Whether an environment variable is in it; such a value is never shown. */
  boolean fromEnvironment() {
    return fromEnvironment(value);
  }

  private static boolean fromEnvironment(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return object.values().stream().anyMatch(Value::fromEnvironment);
    }
    if (value instanceof ConfigList list) {
      return list.stream().anyMatch(Value::fromEnvironment);
    }
    return value.origin().description().contains("env var");
  }

  /** A text of this value in quotes, for a problem. */
  String shown(String text) {
    return fromEnvironment() ? Settings.MASK : "'" + text + "'";
  }

  boolean isObject() {
    return value.valueType() == ConfigValueType.OBJECT;
  }

  boolean isList() {
    return value.valueType() == ConfigValueType.LIST;
  }

  /** The text as written, of a number or a boolean, too. */
  Optional<String> text() {
    ConfigValueType type = value.valueType();
    if (type == ConfigValueType.OBJECT
        || type == ConfigValueType.LIST
        || type == ConfigValueType.NULL) {
      wrong("must be one value, but is " + described(type) + "; write a text or a number");
      return Optional.empty();
    }
    String text = value.atKey("it").getString("it");
    if (text.isBlank()) {
      wrong("is empty; write a value or leave the key out");
      return Optional.empty();
    }
    return Optional.of(text.trim());
  }

  /**
   * The text, read by a parser that says in an IllegalArgumentException what is wrong and what to
   * do.
   */
  <T> Optional<T> parse(Function<String, T> parser) {
    Optional<String> text = text();
    try {
      return text.map(parser);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      wrong(fromEnvironment() ? message.replace(text.orElseThrow(), Settings.MASK) : message);
      return Optional.empty();
    }
  }

  /** The elements of a list, named {@code path[0]}, {@code path[1]} and so on. */
  List<Value> elements() {
    if (!(value instanceof ConfigList list)) {
      wrong(
          "must be a list, but is "
              + described(value.valueType())
              + "; write it in brackets: [...]");
      return List.of();
    }
    List<Value> elements = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String at = "[" + i + "]";
      elements.add(new Value(reading, settings, path + at, setting + at, list.get(i), place));
    }
    return elements;
  }

  List<String> texts() {
    return elements().stream().flatMap(element -> element.text().stream()).toList();
  }

  Optional<ConfigObject> object() {
    if (value instanceof ConfigObject object) {
      return Optional.of(object);
    }
    wrong(
        "must be a block, but is " + described(value.valueType()) + "; write it in braces: {...}");
    return Optional.empty();
  }

  /** A block without defaults elsewhere. */
  Optional<Block> block() {
    return object().map(object -> new Block(reading, settings, path, setting, object, place));
  }

  /** Plain Java lists, maps, texts, numbers and booleans. */
  Object plain() {
    return value.unwrapped();
  }

  /** In one normal form, whatever the order and layout in the file. */
  String normal() {
    return value.render(ConfigRenderOptions.concise());
  }

  private static String described(ConfigValueType type) {
    return switch (type) {
      case OBJECT -> "a block";
      case LIST -> "a list";
      default -> "a " + type.name().toLowerCase(Locale.ROOT);
    };
  }
}
