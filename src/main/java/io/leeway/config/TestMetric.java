package io.leeway.config;

import io.leeway.stats.experiment.Better;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is measured of each unit of a test.
 *
 * @param kind which number it is
 * @param name of the metric
 * @param sql of the number, over the predictions; of {@link Kind#SQL} only
 */
public record TestMetric(Kind kind, String name, Optional<String> sql) {
  private static final String METRIC = "metric";
  private static final String SQL = "sql";
  private static final String NAME = "name";

  /** The numbers there are. */
  public enum Kind {
    /** Of the score against the outcome; over several classes, summed over them. */
    SQUARED_ERROR(true, Optional.of(Better.LOWER)),
    ABSOLUTE_ERROR(true, Optional.of(Better.LOWER)),
    /** 1 where the decision is not what happened, else 0. */
    ERROR_RATE(true, Optional.of(Better.LOWER)),
    /** Minus the natural logarithm of the probability that was given to what happened. */
    LOG_LOSS(true, Optional.of(Better.LOWER)),
    /** 1 where the decision is the positive one, else 0. */
    POSITIVE_DECISION_RATE(false, Optional.empty()),
    /** 1 where the answer failed, else 0. */
    FAILURE_RATE(false, Optional.of(Better.LOWER)),
    /** How long the answer took, in the unit of its column. */
    LATENCY(false, Optional.of(Better.LOWER)),
    /** An expression of the user's. */
    SQL(false, Optional.empty());

    private final boolean needsLabel;
    private final Optional<Better> usual;

    Kind(boolean needsLabel, Optional<Better> usual) {
      this.needsLabel = needsLabel;
      this.usual = usual;
    }

    /** Whether it is known only once the outcome is. */
    public boolean needsLabel() {
      return needsLabel;
    }

    /** Which way it is better; empty where that depends on the model. */
    public Optional<Better> usual() {
      return usual;
    }

    /** As written in the configuration. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static List<String> texts() {
      return Arrays.stream(values()).filter(kind -> kind != SQL).map(Kind::text).toList();
    }
  }

  public TestMetric {
    if (name.isBlank() || sql.isPresent() != (kind == Kind.SQL)) {
      throw new IllegalArgumentException(
          "Metric '" + name + "' of kind " + kind + " has the expression " + sql + ".");
    }
  }

  /** One of those that need no expression, under its own name. */
  public static TestMetric of(Kind kind) {
    return new TestMetric(kind, kind.text(), Optional.empty());
  }

  /** An expression over the predictions. */
  public static TestMetric sql(String name, String expression) {
    return new TestMetric(Kind.SQL, name, Optional.of(expression));
  }

  /** Of a block with {@code metric}, or with {@code sql} and {@code name}. */
  static Optional<TestMetric> read(Block block) {
    Optional<Kind> kind =
        block.optional(
            METRIC, text -> Kind.valueOf(Block.oneOf(text, Kind.texts()).toUpperCase(Locale.ROOT)));
    Optional<String> sql = block.optionalText(SQL);
    Optional<String> name = block.optionalText(NAME);
    if (block.find(METRIC).isPresent() && block.find(SQL).isPresent()) {
      block.wrong(SQL, "and metric are both there; keep one of them");
      return Optional.empty();
    } else if (sql.isPresent() && name.isEmpty()) {
      block.missing(NAME, "name what the expression measures");
      return Optional.empty();
    } else if (sql.isEmpty() && name.isPresent()) {
      block.wrong(NAME, "is for sql = \"...\"; a metric has its name already, so remove it");
      return Optional.empty();
    } else if (block.find(METRIC).isEmpty() && block.find(SQL).isEmpty()) {
      block.missing(
          METRIC, "write one of " + String.join(", ", Kind.texts()) + ", or sql and name");
      return Optional.empty();
    }
    return sql.map(text -> sql(name.orElseThrow(), text)).or(() -> kind.map(TestMetric::of));
  }

  /** Which way it is better, as written or as usual. */
  Optional<Better> readBetter(Block block) {
    Optional<Better> written =
        block.optional(
            "better",
            text ->
                Better.valueOf(
                    Block.oneOf(text, List.of("lower", "higher")).toUpperCase(Locale.ROOT)));
    if (block.find("better").isEmpty() && kind.usual().isEmpty()) {
      block.missing("better", "write lower or higher");
    } else if (written.isPresent() && kind.usual().filter(of -> of != written.get()).isPresent()) {
      block.wrong("better", "is always lower for " + name + "; write that, or leave it out");
      return Optional.empty();
    }
    return written.or(kind::usual);
  }
}
