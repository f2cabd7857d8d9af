package io.leeway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The features that a candidate learns from, in their order.
 *
 * @param features none: those of the monitored model, missing numbers replaced by the median, each
 *     category a column of its own
 */
public record PipelineConfig(List<Feature> features) {
  /** As the monitored model has them. */
  public static final PipelineConfig AUTO = new PipelineConfig(List.of());

  /** What stands for a missing number. */
  public enum Impute {
    MEDIAN,
    MEAN
  }

  /** How numbers are brought to one size. */
  public enum Scale {
    /** To mean 0 and standard deviation 1. */
    STANDARD,
    /** To the range from 0 to 1. */
    MIN_MAX
  }

  /** How categories become numbers. */
  public enum Encode {
    /** A column for each, 1 where it is the one. */
    ONE_HOT,
    /** Its rank by frequency, which only trees make sense of. */
    INDEX
  }

  /** A number in a time, told in the zone of the model's windows. */
  public enum DatePart {
    YEAR,
    QUARTER,
    /** From 1. */
    MONTH,
    DAY,
    /** From 1 for Monday. */
    DAY_OF_WEEK,
    HOUR;

    /** As written in the configuration. */
    public String text() {
      return Words.text(this);
    }
  }

  /**
   * One feature; what is empty is up to the type of the column.
   *
   * @param name the column's, or one of its own
   * @param column of the predictions, or the dotted path of a nested one
   * @param sql expression over the predictions, where there is no column
   * @param impute numbers only
   * @param scale numbers only; none if empty
   * @param encode categories only
   * @param buckets ascending bounds that cut a number into categories; each belongs to what is
   *     above it, and one more category takes what is missing
   * @param dateParts what is taken of a time
   */
  public record Feature(
      String name,
      Optional<String> column,
      Optional<String> sql,
      Optional<Impute> impute,
      Optional<Scale> scale,
      Optional<Encode> encode,
      List<Double> buckets,
      List<DatePart> dateParts) {
    public Feature {
      Objects.requireNonNull(name, "name");
      buckets = List.copyOf(buckets);
      dateParts = List.copyOf(dateParts);
      if (column.isPresent() == sql.isPresent()) {
        throw new IllegalArgumentException("Feature " + name + " is a column or an expression.");
      }
      long kinds =
          Stream.of(
                  impute.isPresent() || scale.isPresent(),
                  encode.isPresent(),
                  !buckets.isEmpty(),
                  !dateParts.isEmpty())
              .filter(is -> is)
              .count();
      if (kinds > 1) {
        throw new IllegalArgumentException("Feature " + name + " is of several kinds.");
      }
    }

    /** A column as its type suggests. */
    public static Feature ofColumn(String column) {
      return new Feature(
          column,
          Optional.of(column),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());
    }
  }

  public PipelineConfig {
    features = List.copyOf(features);
    if (features.stream().map(Feature::name).distinct().count() < features.size()) {
      throw new IllegalArgumentException("Two features have one name: " + features + ".");
    }
  }

  /** Whether the features are those of the monitored model. */
  public boolean isAuto() {
    return features.isEmpty();
  }

  /** Reads the key {@code features} of a {@code retrain} block. */
  static PipelineConfig read(Block retrain) {
    Optional<Value> found = retrain.find("features");
    if (found.isEmpty() || !found.get().isList()) {
      retrain.value("features", "auto", PipelineConfig::auto);
      return AUTO;
    }
    List<Feature> features = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Value element : found.get().elements()) {
      Optional<Feature> feature =
          element.isObject() ? element.block().flatMap(PipelineConfig::feature) : named(element);
      if (feature.isPresent() && !names.add(feature.get().name())) {
        element.wrong("feature '" + feature.get().name() + "' is listed twice; give it a name");
      } else {
        feature.ifPresent(features::add);
      }
    }
    if (found.get().elements().isEmpty()) {
      found.get().wrong("lists no feature; name some, or write auto");
    }
    retrain.recordOrder("features", features.stream().map(Feature::toString).toList());
    return new PipelineConfig(features);
  }

  private static String auto(String text) {
    if (!text.equals("auto")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a choice of features; write auto or a list: [" + text + "]");
    }
    return text;
  }

  /** A column's name alone. */
  private static Optional<Feature> named(Value element) {
    return element.text().map(Feature::ofColumn);
  }

  private static Optional<Feature> feature(Block block) {
    int before = block.reading().problemCount();
    Optional<String> column = block.optionalText("column");
    Optional<String> sql = block.optionalText("sql");
    Optional<String> name = block.optionalText("name").or(() -> column);
    Optional<Impute> impute = word(block, "impute", Impute.class);
    Optional<Scale> scale = word(block, "scale", Scale.class);
    Optional<Encode> encode = word(block, "encode", Encode.class);
    List<Double> buckets = each(block, "buckets", PipelineConfig::bound);
    List<DatePart> parts =
        each(block, "date-parts", text -> Words.parse(text, DatePart.class)).stream()
            .distinct()
            .toList();
    block.refuseUnknownKeys();
    if (column.isPresent() == sql.isPresent()) {
      block.wrong(
          column.isPresent()
              ? "has a column and an expression; remove column or sql"
              : "names nothing; write column = NAME or sql = \"EXPRESSION\"");
    } else if (name.isEmpty()) {
      block.missing("name", "an expression needs one");
    }
    List<String> kinds =
        Stream.of("impute", "scale", "encode", "buckets", "date-parts")
            .filter(key -> block.find(key).isPresent())
            .toList();
    boolean number = Set.of("impute", "scale").containsAll(kinds);
    if (kinds.size() > 1 && !number) {
      block.wrong(
          "treats the column in several ways: %s; keep one, and list the column again under a name for another"
              .formatted(String.join(", ", kinds)));
    }
    for (int i = 1; i < buckets.size(); i++) {
      if (buckets.get(i) <= buckets.get(i - 1)) {
        block.wrong(
            "buckets",
            String.format(
                Locale.ROOT,
                "%s is not above %s; bounds must strictly rise",
                buckets.get(i),
                buckets.get(i - 1)));
      }
    }
    if (block.reading().problemCount() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Feature(name.orElseThrow(), column, sql, impute, scale, encode, buckets, parts));
  }

  private static <E extends Enum<E>> Optional<E> word(Block block, String key, Class<E> type) {
    return block.optional(key, text -> Words.parse(text, type));
  }

  private static <T> List<T> each(Block block, String key, Function<String, T> parser) {
    List<Value> elements = block.elements(key);
    if (elements.isEmpty() && block.find(key).filter(Value::isList).isPresent()) {
      block.wrong(key, "is empty; write a value or leave the key out");
    }
    return elements.stream().flatMap(element -> element.parse(parser).stream()).toList();
  }

  private static double bound(String text) {
    try {
      double bound = Double.parseDouble(text);
      if (Double.isFinite(bound)) {
        return bound;
      }
    } catch (NumberFormatException e) {
      // Worded below, as is a number without end.
    }
    throw new IllegalArgumentException("'" + text + "' is not a finite number; write one");
  }
}
