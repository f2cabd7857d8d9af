package io.leeway.config;

import io.leeway.config.TestMetric.Kind;
import io.leeway.stats.experiment.Better;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a challenger is tried on a share of the traffic. What stands here is settled before the
 * test's first look.
 *
 * @param ramp the challenger's shares in turn, in basis points, ascending
 * @param stepDays whole days that a step lasts at least
 * @param unitsPerDay that are planned for, of both arms together
 * @param leastDays whole days with outcomes before the test may say that the challenger is better
 * @param leastSpan days from the first of them to the last, both counted, before it may
 * @param mostDays after which it ends
 * @param labelAge an outcome counts if it came in up to this long after the prediction
 * @param alpha chance of calling a challenger better that is not, in (0, 0.5)
 * @param required whether a version becomes champion only by winning its test
 * @param success what it is meant to improve; empty for the task's own ({@link #successOf})
 * @param guards what must not get worse by more than a margin
 * @param onGuardrail what follows when it surely does
 */
public record TrafficConfig(
    List<Integer> ramp,
    int stepDays,
    long unitsPerDay,
    int leastDays,
    int leastSpan,
    int mostDays,
    Duration labelAge,
    double alpha,
    boolean required,
    List<Success> success,
    List<Guard> guards,
    OnGuardrail onGuardrail) {
  private static final int WHOLE = 10_000;
  private static final List<Integer> RAMP = List.of(100, 500, 1_000, 2_500, 5_000);
  private static final TrafficConfig STANDARD =
      new TrafficConfig(
          RAMP,
          1,
          1_000,
          3,
          7,
          60,
          Duration.ofDays(7),
          0.05,
          true,
          List.of(),
          List.of(),
          OnGuardrail.ROLLBACK);

  /** What follows when a guardrail is surely broken. */
  public enum OnGuardrail {
    /** The challenger goes at once. */
    ROLLBACK,
    /** It is put on record, and people decide. */
    HOLD
  }

  /** One success metric with its share in alpha. */
  public record Success(TestMetric metric, Better better, double weight) {}

  /**
   * One guardrail.
   *
   * @param attribute of fairness: then the gap between its two largest groups is what must not grow
   * @param margin in the metric's own unit, above 0
   */
  public record Guard(TestMetric metric, Better better, Optional<String> attribute, double margin) {
    /** Unlike that of any success metric. */
    public String name() {
      return attribute
          .map(of -> metric.name() + " gap by " + of)
          .orElse(metric.name() + " guardrail");
    }
  }

  public TrafficConfig {
    ramp = List.copyOf(ramp);
    success = List.copyOf(success);
    guards = List.copyOf(guards);
    if (ramp.isEmpty() || !isAscending(ramp) || ramp.get(0) < 1 || last(ramp) >= WHOLE) {
      throw new IllegalArgumentException("A ramp ascends within 1 to 9999, but is " + ramp + ".");
    }
    if (stepDays < 1 || unitsPerDay < 1 || leastDays < 1 || leastSpan < 1) {
      throw new IllegalArgumentException(
          "Days and units are 1 or more, but steps last "
              + stepDays
              + " days with "
              + unitsPerDay
              + " units, and a test "
              + leastDays
              + " days over "
              + leastSpan
              + ".");
    }
    if (mostDays < Math.max(leastDays, leastSpan) || !(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException(
          "A test ends after " + mostDays + " days, and has alpha " + alpha + ".");
    }
  }

  /** 1, 5, 10, 25 and 50 %, a day each; the rest as the configuration's reference tells. */
  public static TrafficConfig defaults() {
    return STANDARD;
  }

  /** What the test is to show: what is written, or the task's own. */
  public List<Success> successOf(Task task) {
    Kind kind = task == Task.MULTICLASS ? Kind.ERROR_RATE : Kind.SQUARED_ERROR;
    return success.isEmpty() ? List.of(new Success(TestMetric.of(kind), Better.LOWER, 1)) : success;
  }

  /** The share after this one; empty at the end of the ramp. */
  public Optional<Integer> shareAfter(int basisPoints) {
    return ramp.stream().filter(share -> share > basisPoints).findFirst();
  }

  /** The same with another ramp. */
  public TrafficConfig withRamp(List<Integer> other) {
    return new TrafficConfig(
        other,
        stepDays,
        unitsPerDay,
        leastDays,
        leastSpan,
        mostDays,
        labelAge,
        alpha,
        required,
        success,
        guards,
        onGuardrail);
  }

  /** The same with other metrics. */
  public TrafficConfig withMetrics(List<Success> successes, List<Guard> guardrails) {
    return new TrafficConfig(
        ramp,
        stepDays,
        unitsPerDay,
        leastDays,
        leastSpan,
        mostDays,
        labelAge,
        alpha,
        required,
        successes,
        guardrails,
        onGuardrail);
  }

  /** The same with another answer to a broken guardrail. */
  public TrafficConfig withOnGuardrail(OnGuardrail other) {
    return new TrafficConfig(
        ramp,
        stepDays,
        unitsPerDay,
        leastDays,
        leastSpan,
        mostDays,
        labelAge,
        alpha,
        required,
        success,
        guards,
        other);
  }

  static TrafficConfig read(Block block) {
    List<Integer> ramp = ramp(block);
    int stepDays = block.integer("step-days", STANDARD.stepDays, 1);
    int unitsPerDay = block.integer("units-per-day", (int) STANDARD.unitsPerDay, 1);
    int leastDays = block.integer("least-days", STANDARD.leastDays, 1);
    int leastSpan = block.integer("least-span", STANDARD.leastSpan, 1);
    int mostDays = block.integer("most-days", STANDARD.mostDays, 1);
    if (mostDays < Math.max(leastDays, leastSpan)) {
      block.wrong(
          "most-days",
          "is less than least-days or least-span, so that no test could be won; raise it");
      mostDays = Math.max(leastDays, leastSpan);
    }
    Duration labelAge = block.value("label-age", STANDARD.labelAge, DurationText::parse);
    double alpha = block.value("alpha", STANDARD.alpha, TrafficConfig::alpha);
    boolean required = block.choice("required", "true", List.of("true", "false")).equals("true");
    List<Success> success = successes(block);
    List<Guard> guards = guards(block);
    String onGuardrail = block.choice("on-guardrail", "rollback", List.of("rollback", "hold"));
    block.refuseUnknownKeys();
    return new TrafficConfig(
        ramp,
        stepDays,
        unitsPerDay,
        leastDays,
        leastSpan,
        mostDays,
        labelAge,
        alpha,
        required,
        success,
        guards,
        onGuardrail.equals("hold") ? OnGuardrail.HOLD : OnGuardrail.ROLLBACK);
  }

  private static List<Integer> ramp(Block block) {
    List<Integer> ramp = new ArrayList<>();
    for (Value element : block.elements("ramp")) {
      element.parse(ShareText::basisPoints).ifPresent(ramp::add);
    }
    block.recordOrder("ramp", ramp.stream().map(ShareText::percent).toList());
    if (!isAscending(ramp)) {
      block.wrong("ramp", "does not go up from step to step; order the shares");
      return RAMP;
    }
    return ramp.isEmpty() ? RAMP : ramp;
  }

  private static boolean isAscending(List<Integer> ramp) {
    for (int step = 1; step < ramp.size(); step++) {
      if (ramp.get(step) <= ramp.get(step - 1)) {
        return false;
      }
    }
    return true;
  }

  private static int last(List<Integer> ramp) {
    return ramp.get(ramp.size() - 1);
  }

  private static List<Success> successes(Block block) {
    List<Success> successes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Value element : block.elements("success")) {
      Optional<Block> found = element.block();
      if (found.isEmpty()) {
        continue;
      }
      Block of = found.get();
      Optional<TestMetric> metric = TestMetric.read(of);
      Optional<Better> better = metric.flatMap(it -> it.readBetter(of));
      double weight = of.value("weight", 1.0, TrafficConfig::above0);
      refuseRest(of, metric);
      if (better.isPresent() && !names.add(metric.get().name())) {
        element.wrong("metric '" + metric.get().name() + "' comes twice; remove one");
      } else if (better.isPresent()) {
        successes.add(new Success(metric.get(), better.get(), weight));
      }
    }
    block.recordOrder("success", successes.stream().map(Object::toString).toList());
    return successes;
  }

  private static List<Guard> guards(Block block) {
    List<Guard> guards = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Value element : block.elements("guardrails")) {
      Optional<Block> found = element.block();
      if (found.isEmpty()) {
        continue;
      }
      Block of = found.get();
      Optional<TestMetric> metric = TestMetric.read(of);
      Optional<String> attribute = of.optionalText("attribute");
      // A gap is better small whatever the metric, so only a guardrail without one has a direction.
      Optional<Better> better =
          attribute.isPresent()
              ? Optional.of(Better.LOWER)
              : metric.flatMap(it -> it.readBetter(of));
      if (attribute.isPresent() && of.find("better").isPresent()) {
        of.wrong("better", "does not go with attribute, for a gap is better small; remove it");
      }
      Optional<Double> margin = of.optional("margin", TrafficConfig::above0);
      if (of.find("margin").isEmpty()) {
        of.missing("margin", "say by how much it may get worse, for example 0.01");
      }
      refuseRest(of, metric);
      if (metric.isPresent() && better.isPresent() && margin.isPresent()) {
        Guard guard = new Guard(metric.get(), better.get(), attribute, margin.get());
        if (names.add(guard.name())) {
          guards.add(guard);
        } else {
          element.wrong("'" + guard.name() + "' comes twice; remove one");
        }
      }
    }
    block.recordOrder("guardrails", guards.stream().map(Object::toString).toList());
    return guards;
  }

  /** Keys that were not asked for because the metric is wrong are not unknown ones. */
  private static void refuseRest(Block block, Optional<TestMetric> metric) {
    if (metric.isPresent()) {
      block.refuseUnknownKeys();
    }
  }

  private static double above0(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Worded below.
    }
    throw new IllegalArgumentException("'" + text + "' is not a number above 0; write one");
  }

  private static double alpha(String text) {
    double alpha = above0(text);
    if (alpha >= 0.5) {
      throw new IllegalArgumentException("'" + text + "' is not below 0.5; write for example 0.05");
    }
    return alpha;
  }
}
