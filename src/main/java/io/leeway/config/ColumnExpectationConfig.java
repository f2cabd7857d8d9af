package io.leeway.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a user expects of one column of a training batch; the rest is inferred from the reference.
 *
 * @param maxNullRate share of the rows, in [0, 1]
 * @param min least value, finite
 * @param max greatest value, finite, not below {@code min}
 * @param type SQL type in upper case, such as {@code DOUBLE}
 * @param categories all expected values, ascending; none told if empty
 * @param maxNewShare share of the values that may be others, in [0, 1]
 */
public record ColumnExpectationConfig(
    Optional<Double> maxNullRate,
    Optional<Double> min,
    Optional<Double> max,
    Optional<String> type,
    List<String> categories,
    Optional<Double> maxNewShare) {
  /** Nothing but what the reference tells. */
  public static final ColumnExpectationConfig NONE =
      new ColumnExpectationConfig(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty());

  private static final List<String> TYPES =
      List.of(
          "boolean",
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "float",
          "double",
          "decimal",
          "string",
          "date",
          "timestamp",
          "timestamp_ntz");
  private static final Pattern DECIMAL =
      Pattern.compile("DECIMAL\\(\\s*\\d{1,2}\\s*,\\s*\\d{1,2}\\s*\\)");

  public ColumnExpectationConfig {
    Objects.requireNonNull(type, "type");
    categories = List.copyOf(new TreeSet<>(categories));
    requireShare(maxNullRate);
    requireShare(maxNewShare);
    if (!min.map(Double::isFinite).orElse(true) || !max.map(Double::isFinite).orElse(true)) {
      throw new IllegalArgumentException("Bounds are finite, but are " + min + ", " + max + ".");
    }
    if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
      throw new IllegalArgumentException("The least is " + min + ", the greatest " + max + ".");
    }
  }

  private static void requireShare(Optional<Double> share) {
    if (share.isPresent() && !(share.get() >= 0 && share.get() <= 1)) {
      throw new IllegalArgumentException("A share is in [0, 1], but is " + share.get() + ".");
    }
  }

  /** Whether it speaks of numbers. */
  public boolean isOfNumbers() {
    return min.isPresent() || max.isPresent();
  }

  /** Whether it speaks of categories. */
  public boolean isOfCategories() {
    return !categories.isEmpty() || maxNewShare.isPresent();
  }

  static ColumnExpectationConfig read(Block block) {
    Optional<Double> maxNullRate = block.optional("max-null-rate", ExpectationsConfig::share);
    Optional<Double> min = block.optional("min", ExpectationsConfig::number);
    Optional<Double> max = block.optional("max", ExpectationsConfig::number);
    Optional<String> type = block.optional("type", ColumnExpectationConfig::type);
    Set<String> categories = new TreeSet<>(block.texts("categories"));
    Optional<Double> maxNewShare = block.optional("max-new-share", ExpectationsConfig::share);
    block.refuseUnknownKeys();
    if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
      block.wrong("max", "is " + max.get() + ", below min, " + min.get() + "; swap the two");
      max = Optional.empty();
    }
    if ((min.isPresent() || max.isPresent())
        && (!categories.isEmpty() || maxNewShare.isPresent())) {
      block.wrong(
          "expects bounds of numbers and categories; keep min and max, or categories and"
              + " max-new-share");
    }
    return new ColumnExpectationConfig(
        maxNullRate, min, max, type, List.copyOf(categories), maxNewShare);
  }

  private static String type(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return DECIMAL.matcher(upper).matches()
        ? upper.replaceAll("\\s", "")
        : Block.oneOf(text, TYPES).toUpperCase(Locale.ROOT);
  }
}
