package io.leeway.retrain;

import io.leeway.config.PipelineConfig.Encode;
import io.leeway.config.PipelineConfig.Impute;
import io.leeway.config.PipelineConfig.Scale;
import java.util.List;
import java.util.Optional;

/**
 * One column that a feature becomes before it is a vector's part.
 *
 * @param name for people
 * @param sql of its raw value: a number without NaN and infinities, or a text
 * @param scale of a number
 * @param encode of a text
 * @param buckets bounds that cut a number into categories; none if empty
 * @param found by itself, so that it may be left out by the look of its rows
 */
record FeatureColumn(
    String name,
    String sql,
    Kind kind,
    Impute impute,
    Optional<Scale> scale,
    Encode encode,
    List<Double> buckets,
    boolean found) {
  /** What happens to it. */
  enum Kind {
    NUMBER,
    CATEGORY,
    BUCKETS
  }

  FeatureColumn {
    buckets = List.copyOf(buckets);
    if ((kind == Kind.BUCKETS) == buckets.isEmpty()) {
      throw new IllegalArgumentException("Feature " + name + " with buckets " + buckets + ".");
    }
  }

  static FeatureColumn number(
      String name, String sql, Impute impute, Optional<Scale> scale, boolean found) {
    return new FeatureColumn(
        name, finite(sql), Kind.NUMBER, impute, scale, Encode.ONE_HOT, List.of(), found);
  }

  static FeatureColumn category(String name, String sql, Encode encode, boolean found) {
    return new FeatureColumn(
        name,
        "CAST(" + sql + " AS STRING)",
        Kind.CATEGORY,
        Impute.MEDIAN,
        Optional.empty(),
        encode,
        List.of(),
        found);
  }

  static FeatureColumn buckets(String name, String sql, List<Double> bounds) {
    return new FeatureColumn(
        name,
        // What is missing has a bucket of its own, which MLlib gives to NaN and not to NULL.
        "coalesce(" + finite(sql) + ", double('NaN'))",
        Kind.BUCKETS,
        Impute.MEDIAN,
        Optional.empty(),
        Encode.ONE_HOT,
        bounds,
        false);
  }

  private static String finite(String sql) {
    String number = "try_cast(" + sql + " AS DOUBLE)";
    return "CASE WHEN %s BETWEEN -1.7976931348623157E308D AND 1.7976931348623157E308D THEN %s END"
        .formatted(number, number);
  }

  /** All that makes it what it is, in one line. */
  String text() {
    return String.join(
        " | ",
        name,
        sql,
        kind.name(),
        impute.name(),
        scale.map(Enum::name).orElse("-"),
        encode.name(),
        buckets.toString());
  }
}
