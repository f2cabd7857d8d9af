package io.leeway.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When the champion no longer answers by itself, and who does then.
 *
 * @param failureRate share of calls from which on it opens
 * @param nullScores share of calls without a score from which on it opens
 * @param latencyP95 from which on it opens, in the unit of the latency column, if at all
 * @param scorePsi of the scores against the reference, from which on it opens, if at all
 * @param maxAge of the champion, from which on it opens, if at all
 * @param minCalls fewer open nothing
 * @param openFor how long it stays open before the champion is probed
 * @param probe share of the calls that a probe gets, in basis points
 * @param probeWindows good probes in a row that close it
 * @param validFor how long what readings have published may be relied on, well above the time
 *     between two scorings; what people set holds until people change it
 * @param fallback who answers while it is open
 */
public record CircuitConfig(
    double failureRate,
    double nullScores,
    OptionalDouble latencyP95,
    OptionalDouble scorePsi,
    Optional<Duration> maxAge,
    long minCalls,
    Duration openFor,
    int probe,
    int probeWindows,
    Duration validFor,
    Fallback fallback) {
  private static final CircuitConfig STANDARD =
      new CircuitConfig(
          0.5,
          0.2,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          100,
          Duration.ofHours(1),
          100,
          2,
          Duration.ofDays(3),
          Fallback.previousChampion());

  /**
   * Who answers instead of the champion.
   *
   * @param sql of the answer over the features: a score, or of several classes the class; empty for
   *     the last champion that is kept
   * @param decision SQL of the decision over the features, if there is to be one
   */
  public record Fallback(Optional<String> sql, Optional<String> decision) {
    private static final String PREVIOUS = "previous-champion";

    public Fallback {
      if (decision.isPresent() && sql.isEmpty()) {
        throw new IllegalArgumentException("A champion decides by itself, not by " + decision);
      }
    }

    /** The last champion that is kept. */
    public static Fallback previousChampion() {
      return new Fallback(Optional.empty(), Optional.empty());
    }

    /** A rule over the features. */
    public static Fallback sql(String answer) {
      return new Fallback(Optional.of(answer), Optional.empty());
    }

    /** The same score for everyone. */
    public static Fallback constant(double score) {
      return sql("CAST(" + score + " AS DOUBLE)");
    }

    /** For people and for readers of what is published. */
    public String text() {
      return sql.orElse(PREVIOUS);
    }

    private static Fallback read(Block circuit) {
      Optional<Value> value = circuit.find("fallback");
      if (value.isEmpty()) {
        return previousChampion();
      } else if (!value.get().isObject()) {
        circuit.choice("fallback", PREVIOUS, List.of(PREVIOUS));
        return previousChampion();
      }
      Block block = value.get().block().orElseThrow();
      Optional<String> sql = block.optionalText("sql");
      Optional<Fallback> constant = block.optional("constant", Fallback::constantOf);
      Optional<String> decision = block.optionalText("decision");
      block.refuseUnknownKeys();
      if (block.find("sql").isPresent() == block.find("constant").isPresent()) {
        block.wrong("needs either sql or constant; write one of them, or previous-champion");
        return previousChampion();
      }
      Optional<Fallback> rule = sql.map(Fallback::sql).or(() -> constant);
      return rule.map(of -> new Fallback(of.sql(), decision)).orElse(previousChampion());
    }

    private static Fallback constantOf(String text) {
      return constant(number(text));
    }
  }

  public CircuitConfig {
    if (!isShare(failureRate) || !isShare(nullScores) || probe < 1 || probe > 9_999) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Shares lie above 0 and up to 1, but are %s, %s, and a probe has %d basis points.",
              failureRate,
              nullScores,
              probe));
    }
    if (minCalls < 1 || probeWindows < 1 || isNone(openFor) || isNone(validFor)) {
      throw new IllegalArgumentException(
          "Calls, windows and times are above 0, but are "
              + List.of(minCalls, probeWindows, openFor, validFor));
    }
  }

  private static boolean isShare(double share) {
    return share > 0 && share <= 1;
  }

  private static boolean isNone(Duration duration) {
    return duration.isNegative() || duration.isZero();
  }

  /** As the components tell; the fallback is the last champion. */
  public static CircuitConfig defaults() {
    return STANDARD;
  }

  /** The same with another fallback. */
  public CircuitConfig withFallback(Fallback other) {
    return new CircuitConfig(
        failureRate,
        nullScores,
        latencyP95,
        scorePsi,
        maxAge,
        minCalls,
        openFor,
        probe,
        probeWindows,
        validFor,
        other);
  }

  static CircuitConfig read(Block block) {
    double failureRate = block.value("failure-rate", STANDARD.failureRate, ShareText::share);
    double nullScores = block.value("null-scores", STANDARD.nullScores, ShareText::share);
    OptionalDouble latency = limit(block, "latency-p95");
    OptionalDouble psi = limit(block, "score-psi");
    Optional<Duration> maxAge = block.optional("max-age", ScoringConfig::length);
    int minCalls = block.integer("min-calls", (int) STANDARD.minCalls, 1);
    Duration openFor = block.value("open-for", STANDARD.openFor, ScoringConfig::length);
    int probe = block.value("probe", STANDARD.probe, ShareText::basisPoints);
    int probeWindows = block.integer("probe-windows", STANDARD.probeWindows, 1);
    Duration validFor = block.value("valid-for", STANDARD.validFor, ScoringConfig::length);
    Fallback fallback = Fallback.read(block);
    block.refuseUnknownKeys();
    return new CircuitConfig(
        failureRate,
        nullScores,
        latency,
        psi,
        maxAge,
        minCalls,
        openFor,
        probe,
        probeWindows,
        validFor,
        fallback);
  }

  private static OptionalDouble limit(Block block, String key) {
    Optional<Double> limit =
        block.optional(
            key,
            text -> {
              double number = number(text);
              if (!(number > 0)) {
                throw new IllegalArgumentException("'" + text + "' is not above 0; raise it");
              }
              return number;
            });
    return limit.isPresent() ? OptionalDouble.of(limit.get()) : OptionalDouble.empty();
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Worded below.
    }
    throw new IllegalArgumentException("'" + text + "' is not a number; write one");
  }
}
