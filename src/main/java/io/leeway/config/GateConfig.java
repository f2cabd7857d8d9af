package io.leeway.config;

import io.leeway.domain.Slice;
import io.leeway.domain.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a candidate must show on the holdout before people are asked to approve it. A gate is never
 * without checks: where none are written, the defaults of the task count ({@link #checksFor}).
 *
 * @param minRows rows of the holdout below which no number is believed, at least 1
 * @param minOfEachClass rows of each class below which none is, at least 1
 * @param checks in place of the defaults; empty where none are written
 * @param scenarios named rows
 * @param confidence of the two-sided intervals, in [0.5, 1)
 */
public record GateConfig(
    int minRows,
    int minOfEachClass,
    List<GateRule> checks,
    Map<String, GateScenario> scenarios,
    double confidence) {
  private static final int MIN_ROWS = 500;
  private static final int MIN_OF_EACH_CLASS = 30;
  private static final double CONFIDENCE = 0.95;

  public GateConfig {
    checks = List.copyOf(checks);
    scenarios = Collections.unmodifiableMap(new LinkedHashMap<>(scenarios));
    if (minRows < 1 || minOfEachClass < 1 || !(confidence >= 0.5 && confidence < 1)) {
      throw new IllegalArgumentException("The floors or the confidence are out of range.");
    }
    for (GateRule check : checks) {
      if (check.scenario().isPresent() && !scenarios.containsKey(check.scenario().get())) {
        throw new IllegalArgumentException("There is no scenario " + check.scenario().get() + ".");
      }
    }
  }

  /** 500 rows, 30 of each class, the task's checks, 95 %. */
  public static GateConfig defaults() {
    return new GateConfig(MIN_ROWS, MIN_OF_EACH_CLASS, List.of(), Map.of(), CONFIDENCE);
  }

  /** Of the block {@code retrain.gate}, which may be empty. */
  static GateConfig read(Block block) {
    int minRows = block.integer("min-rows", MIN_ROWS, 1);
    int minOfEachClass = block.integer("min-of-each-class", MIN_OF_EACH_CLASS, 1);
    Map<String, GateScenario> scenarios =
        block.block("scenarios").map(GateScenario::readAll).orElse(Map.of());
    List<GateRule> checks = new ArrayList<>();
    List<Value> written = block.elements("checks");
    Set<String> ids = new HashSet<>();
    for (Value element : written) {
      Optional<GateRule> read = element.block().flatMap(GateRule::read);
      read.ifPresent(
          check -> {
            if (!ids.add(check.id())) {
              element.wrong("is there twice; remove one");
            } else if (check.scenario().filter(name -> !scenarios.containsKey(name)).isPresent()) {
              element.wrong(
                  "scenario '"
                      + check.scenario().get()
                      + "' is not declared; add it to scenarios. Known: "
                      + scenarios.keySet());
            } else {
              checks.add(check);
            }
          });
    }
    if (written.isEmpty() && block.find("checks").filter(Value::isList).isPresent()) {
      block.wrong("checks", "is empty, but a gate needs checks; leave it out for the usual ones");
    }
    double confidence = block.value("confidence", CONFIDENCE, GateConfig::confidence);
    block.refuseUnknownKeys();
    return new GateConfig(minRows, minOfEachClass, checks, scenarios, confidence);
  }

  private static double confidence(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number >= 0.5 && number < 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Worded below, as is a number out of range.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a number from 0.5 to below 1; write for example 0.95");
  }

  /**
   * What is checked of a model.
   *
   * @param task of the model, which has predictions
   * @param slices declared for the model, the overall one apart
   * @param attributes whose groups are compared
   * @return at least one check
   * @throws UserException with one line for each written check that does not go with the model
   */
  public List<GateRule> checksFor(Task task, List<Slice> slices, List<String> attributes) {
    if (checks.isEmpty()) {
      return GateDefaults.of(
          task, slices.stream().filter(s -> !s.isOverall()).toList(), attributes);
    }
    List<GateRule> resolved = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (GateRule check : checks) {
      problem(check, task, slices, attributes)
          .ifPresentOrElse(
              text -> problems.add("retrain.gate.checks: '" + check.id() + "': " + text),
              () ->
                  resolved.add(
                      check.over(
                          check.slices().stream()
                              .map(slice -> declared(slice, slices).orElseThrow())
                              .toList())));
    }
    if (!problems.isEmpty()) {
      throw new UserException(String.join("\n", problems));
    }
    return List.copyOf(resolved);
  }

  /** The slice of the same columns, in whatever order. */
  private static Optional<Slice> declared(Slice slice, List<Slice> slices) {
    return slices.stream()
        .filter(known -> new HashSet<>(known.columns()).equals(new HashSet<>(slice.columns())))
        .findFirst();
  }

  private static Optional<String> problem(
      GateRule check, Task task, List<Slice> slices, List<String> attributes) {
    if (!check.metric().fits(task)) {
      return Optional.of(
          "a model of task "
              + task.text()
              + " has no such metric; name one of "
              + String.join(", ", GateMetric.texts(task)));
    }
    Optional<Slice> unknown =
        check.slices().stream().filter(slice -> declared(slice, slices).isEmpty()).findFirst();
    if (unknown.isPresent()) {
      return Optional.of(
          "slice " + unknown.get() + " is not declared; add it to slices. Known: " + slices);
    }
    return check
        .attribute()
        .filter(name -> !attributes.contains(name))
        .map(
            name ->
                "'"
                    + name
                    + "' is no attribute of fairness; add it to fairness.attributes. Known: "
                    + attributes);
  }
}
