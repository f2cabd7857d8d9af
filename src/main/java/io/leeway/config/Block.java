package io.leeway.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A block in braces, read key by key; what it lacks is looked up in the block of defaults beneath
 * it. The keys that were asked for are the known ones. A wrong or missing value becomes a problem
 * of the load and is read as a harmless stand-in, so that reading goes on and finds the rest.
 */
final class Block {
  /** Stands in for a required text that is missing. */
  static final String MISSING = "?";

  private static final ConfigObject NOTHING = ConfigFactory.empty().root();

  /** One layer of keys: the block itself, or the defaults beneath it. */
  private record Layer(String path, ConfigObject keys, Place place) {}

  private final Reading reading;
  private final Settings settings;
  private final String setting;
  private final Layer own;
  private final Layer beneath;
  private final Set<String> asked = new LinkedHashSet<>();

  Block(
      Reading reading,
      Settings settings,
      String path,
      String setting,
      ConfigObject keys,
      Place place) {
    this(reading, settings, setting, new Layer(path, keys, place), new Layer(path, NOTHING, place));
  }

  private Block(Reading reading, Settings settings, String setting, Layer own, Layer beneath) {
    this.reading = reading;
    this.settings = settings;
    this.setting = setting;
    this.own = own;
    this.beneath = beneath;
  }

  /** This block over another one's defaults. */
  Block over(Block defaults) {
    return new Block(reading, settings, setting, own, defaults.own);
  }

  /** This block with settings of its own, under keys that start here. */
  Block recordedIn(Settings others) {
    return new Block(reading, others, "", own, beneath);
  }

  /** The path in the file, as in problems. */
  String path() {
    return own.path;
  }

  Reading reading() {
    return reading;
  }

  /** The value of a key; {@code null} in the file takes a default away. */
  Optional<Value> find(String key) {
    asked.add(key);
    Optional<Value> here = in(own, key);
    return here.isPresent() || own.keys.containsKey(key) ? here : in(beneath, key);
  }

  private Optional<Value> in(Layer layer, String key) {
    ConfigValue value = layer.keys.get(key);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      return Optional.empty();
    }
    String path = join(layer.path, key);
    return Optional.of(new Value(reading, settings, path, join(setting, key), value, layer.place));
  }

  private static String join(String path, String key) {
    String last = ConfigUtil.joinPath(key);
    return path.isEmpty() ? last : path + "." + last;
  }

  /** A block within; its own defaults are the block of the same name in the defaults. */
  Optional<Block> block(String key) {
    Optional<Block> found = find(key).flatMap(Value::block);
    Optional<Block> defaults = in(beneath, key).filter(Value::isObject).flatMap(Value::block);
    return defaults.isPresent() ? found.map(block -> block.over(defaults.get())) : found;
  }

  /** The block, or an empty one in its place. */
  Block blockOrEmpty(String key) {
    return block(key)
        .orElseGet(
            () ->
                new Block(
                    reading,
                    settings,
                    join(own.path, key),
                    join(setting, key),
                    NOTHING,
                    own.place));
  }

  /** The keys in this block and its defaults, as they stand in the file, without their paths. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>(own.keys.keySet());
    keys.addAll(beneath.keys.keySet());
    return keys;
  }

  void missing(String key, String advice) {
    asked.add(key);
    reading.problem(own.place, join(own.path, key), "is missing; " + advice);
  }

  /** A problem of a key that is there, or else of the block. */
  void wrong(String key, String text) {
    find(key)
        .ifPresentOrElse(
            value -> value.wrong(text),
            () -> reading.problem(own.place, join(own.path, key), text));
  }

  /** A problem of the block as a whole. */
  void wrong(String text) {
    reading.problem(own.place, own.path, text);
  }

  <T> Optional<T> optional(String key, Function<String, T> parser) {
    Optional<Value> found = find(key);
    Optional<T> value = found.flatMap(it -> it.parse(parser));
    value.ifPresent(it -> settings.put(join(setting, key), it, found.get().fromEnvironment()));
    return value;
  }

  <T> T value(String key, T standard, Function<String, T> parser) {
    Optional<T> value = optional(key, parser).filter(it -> !it.equals(standard));
    if (value.isEmpty()) {
      settings.putDefault(join(setting, key), standard);
    }
    return value.orElse(standard);
  }

  Optional<String> optionalText(String key) {
    return optional(key, Function.identity());
  }

  String text(String key, String standard) {
    return value(key, standard, Function.identity());
  }

  /** A required text; {@link #MISSING} where there is none. */
  String required(String key, String advice) {
    Optional<String> text = optionalText(key);
    if (find(key).isEmpty()) {
      missing(key, advice);
    }
    return text.orElse(MISSING);
  }

  int integer(String key, int standard, int least) {
    return value(
        key,
        standard,
        text -> {
          try {
            int number = Integer.parseInt(text);
            if (number >= least) {
              return number;
            }
          } catch (NumberFormatException e) {
            // Worded below, as is a number out of range.
          }
          throw new IllegalArgumentException(
              "'"
                  + text
                  + "' is not a whole number from "
                  + least
                  + " on; write for example "
                  + standard);
        });
  }

  /** One of a few words. */
  String choice(String key, String standard, List<String> words) {
    return value(key, standard, text -> oneOf(text, words));
  }

  static String oneOf(String text, Collection<String> words) {
    String word = text.toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not known here; did you mean '"
              + Nearest.first(text, words).get(0)
              + "'? Known: "
              + String.join(", ", words));
    }
    return word;
  }

  /** A list of texts, none twice; empty where the key is missing. */
  List<String> texts(String key) {
    Optional<Value> found = find(key);
    if (found.isEmpty()) {
      return List.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    for (Value element : found.get().elements()) {
      Optional<String> text = element.text();
      if (text.isPresent() && !texts.add(text.get())) {
        element.wrong(element.shown(text.get()) + " is listed twice; remove one");
      }
    }
    recordSet(key, texts);
    return List.copyOf(texts);
  }

  /** The elements of a list; none where the key is missing. */
  List<Value> elements(String key) {
    return find(key).map(Value::elements).orElse(List.of());
  }

  /** Takes a list whose order means nothing into the settings; an empty one is the default. */
  void recordSet(String key, Collection<?> values) {
    if (values.isEmpty()) {
      settings.putDefault(join(setting, key), values);
    } else {
      List<?> sorted = values.stream().sorted(Comparator.comparing(Object::toString)).toList();
      boolean secret = find(key).filter(Value::fromEnvironment).isPresent();
      settings.put(join(setting, key), sorted, secret);
    }
  }

  /** Takes the order of a block's names, where it counts, into the settings. */
  void recordOrder(String key, Collection<String> names) {
    if (!names.isEmpty()) {
      settings.put(join(setting, key), List.copyOf(names), false);
    }
  }

  /** Names of the user's choice with a text each, by line, then by name. */
  Map<String, String> textMap(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    block(key).ifPresent(block -> texts.putAll(block.textMap()));
    return texts;
  }

  private Map<String, String> textMap() {
    Map<String, String> texts = new LinkedHashMap<>();
    names().forEach(key -> optionalText(key).ifPresent(text -> texts.put(key, text)));
    return texts;
  }

  /** The keys where they are names of the user's choice, by line, then by name. */
  List<String> names() {
    List<Map.Entry<String, Value>> named =
        keys().stream()
            .flatMap(key -> find(key).map(value -> Map.entry(key, value)).stream())
            .sorted(Comparator.comparing(entry -> entry.getValue().place()))
            .toList();
    named.stream()
        .filter(entry -> entry.getKey().isBlank())
        .forEach(entry -> entry.getValue().wrong("has an empty name; write one"));
    return named.stream().map(Map.Entry::getKey).toList();
  }

  /** Whether a key holds a block in braces. */
  boolean isBlock(String key) {
    return find(key).filter(Value::isObject).isPresent();
  }

  /**
   * Whether this is no model but the first part of a name with a dot, which HOCON splits unless it
   * stands in quotes; if so, that is a problem.
   */
  boolean looksLikeASplitName() {
    if (own.keys.size() != 1) {
      return false;
    }
    Map.Entry<String, ConfigValue> only = own.keys.entrySet().iterator().next();
    boolean split =
        only.getValue() instanceof ConfigObject within
            && (within.containsKey("task") || within.containsKey("predictions"));
    if (split) {
      wrong("holds only '" + only.getKey() + "'; write a name with a dot in double quotes");
    }
    return split;
  }

  /** To be called when all known keys have been asked for. */
  void refuseUnknownKeys() {
    for (Layer layer : List.of(own, beneath)) {
      for (Map.Entry<String, ConfigValue> entry : layer.keys.entrySet()) {
        String key = entry.getKey();
        if (!asked.contains(key)) {
          reading.problem(
              Place.of(entry.getValue().origin(), layer.place),
              join(layer.path, key),
              "unknown key; did you mean '"
                  + Nearest.first(key, asked).get(0)
                  + "'? Known here: "
                  + String.join(", ", asked));
        }
      }
    }
  }
}
