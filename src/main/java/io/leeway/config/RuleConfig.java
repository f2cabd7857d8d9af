package io.leeway.config;

import io.leeway.domain.Slice;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is allowed of one metric.
 *
 * @param metric name in the catalogue
 * @param direction which way is too far
 * @param limit how far is too far: of the value itself for {@code ABOVE} and {@code BELOW}, of its
 *     distance from the reference for {@code FALLS_BY} and {@code RISES_BY}, and then at least 0; a
 *     share of the reference's value only of such a distance, learned not for {@code BELOW}
 * @param persistence in how many of the last windows; where it is not said, the metric decides
 * @param severity {@code investigate}, {@code retrain} or {@code emergency}
 * @param slice the only slice that is judged
 * @param column the only column that is judged
 * @param classLabel the only class that is judged
 * @param granularity the only granularity that is judged
 * @param evidence {@code limit} or {@code change}, where the severity should not decide
 * @param against what a change is measured from: {@code baseline}, {@code previous} for the window
 *     before, {@code last N} for those before together, {@code same-weekday} for the last four of
 *     the same weekday together, or {@code same-month-last-year}
 * @param labels {@code wait} for labels where those that have come mislead, or {@code as-they-are}
 * @param terms when it holds, and what is done about its breaches
 */
public record RuleConfig(
    String metric,
    Direction direction,
    Limit limit,
    Optional<Persistence> persistence,
    String severity,
    Optional<Slice> slice,
    Optional<String> column,
    Optional<String> classLabel,
    Optional<String> granularity,
    Optional<String> evidence,
    String against,
    String labels,
    RuleTerms terms) {
  /** From the least on. */
  static final List<String> SEVERITIES = List.of("investigate", "retrain", "emergency");

  private static final Pattern AGAINST =
      Pattern.compile("baseline|previous|same-weekday|same-month-last-year|last [1-9]\\d{0,2}");
  private static final List<String> LABELS = List.of("wait", "as-they-are");
  private static final Pattern PERSISTENCE = Pattern.compile("(\\d{1,3})\\s+of\\s+(\\d{1,3})");

  /** Which way a value goes too far. */
  public enum Direction {
    ABOVE("above"),
    BELOW("below"),
    FALLS_BY("falls-by"),
    RISES_BY("rises-by");

    private final String key;

    Direction(String key) {
      this.key = key;
    }

    /** As written in the configuration. */
    public String text() {
      return key;
    }

    /** Whether the limit is a distance from the reference. */
    public boolean isChange() {
      return this == FALLS_BY || this == RISES_BY;
    }
  }

  /** In {@code needed} of the last {@code of} windows, the latest among them. */
  public record Persistence(int needed, int of) {
    public Persistence {
      if (needed < 1 || needed > of) {
        throw new IllegalArgumentException(
            "'" + needed + " of " + of + "' can never hold; write for example \"2 of 3\"");
      }
    }

    @Override
    public String toString() {
      return needed + " of " + of;
    }
  }

  public RuleConfig {
    boolean wrongSign = direction.isChange() ? limit.value() < 0 : limit.isShare();
    boolean wrongUnit = direction == Direction.BELOW && limit.isLearned();
    boolean unknown =
        !SEVERITIES.contains(severity)
            || !AGAINST.matcher(against).matches()
            || !LABELS.contains(labels);
    if (wrongSign || wrongUnit || unknown) {
      throw new IllegalArgumentException("The rule for " + metric + " is not well formed.");
    }
  }

  static RuleConfig read(
      Block block, Collection<Slice> slices, Collection<String> granularities, ZoneId zone) {
    String metric = block.required("metric", "name the metric that is judged");
    List<Direction> directions = new ArrayList<>();
    Limit read = Limit.of(0);
    for (Direction direction : Direction.values()) {
      read = block.optional(direction.key, text -> Limit.parse(text, direction)).orElse(read);
      if (block.find(direction.key).isPresent()) {
        directions.add(direction);
      }
    }
    if (directions.size() != 1) {
      block.wrong(
          (directions.isEmpty() ? "has no limit" : "has more than one limit")
              + "; write exactly one of above, below, falls-by, rises-by");
    }
    Direction direction = directions.isEmpty() ? Direction.ABOVE : directions.get(0);
    // Of several limits the last may be one that does not go with the first direction.
    Limit limit = directions.size() == 1 ? read : Limit.of(read.value());
    Optional<Persistence> persistence = block.optional("for", RuleConfig::persistence);
    String severity = block.choice("severity", "investigate", SEVERITIES);
    Optional<Slice> slice = slice(block, slices);
    Optional<String> column = block.optionalText("column");
    Optional<String> classLabel = block.optionalText("class");
    Optional<String> granularity =
        block.optional("granularity", text -> WindowsConfig.granularity(text, granularities));
    Optional<String> evidence =
        block.optional("evidence", text -> Block.oneOf(text, List.of("limit", "change")));
    String against = block.value("against", "baseline", RuleConfig::against);
    String labels = block.choice("labels", "wait", LABELS);
    RuleTerms terms = RuleTerms.read(block, zone, direction, limit);
    block.refuseUnknownKeys();
    return new RuleConfig(
        metric,
        direction,
        limit,
        persistence,
        severity,
        slice,
        column,
        classLabel,
        granularity,
        evidence,
        against,
        labels,
        terms);
  }

  private static String against(String text) {
    String plain = text.trim().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (!AGAINST.matcher(plain).matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not known here; write baseline, previous, same-weekday, same-month-last-year, or"
              + " \"last 7\" for the last seven windows together");
    }
    return plain;
  }

  private static Persistence persistence(String text) {
    Matcher matcher = PERSISTENCE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' does not say in how many windows; write for example \"2 of 3\"");
    }
    return new Persistence(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static Optional<Slice> slice(Block block, Collection<Slice> slices) {
    Optional<Value> found = block.find("slice");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<String> columns = block.texts("slice");
    Optional<Slice> known =
        slices.stream()
            .filter(slice -> new HashSet<>(slice.columns()).equals(new HashSet<>(columns)))
            .findFirst();
    if (known.isEmpty()) {
      found
          .get()
          .wrong("slice " + columns + " is not declared; add it to slices. Known: " + slices);
    }
    return known;
  }
}
