package io.leeway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a candidate is trained.
 *
 * @param parameters of the algorithm, each with the values to be tried; what is not named has
 *     MLlib's default
 * @param classWeights whether rare classes weigh more in training
 * @param seed of everything that is drawn
 * @param folds parts of the training rows that trials are measured on in turn
 * @param foldsBy what keeps rows together in a fold
 * @param parallel trials that run at once
 * @param entity column whose rows stay together in folds and parts; the prediction id if empty
 * @param window age of the oldest prediction to learn from
 * @param holdout length of the last stretch of predictions, which only the gate looks at
 * @param maxRows rows that are taken at most
 * @param partitions of the training frame; with one, equal rows give equal models bit for bit
 * @param minLabelled rows below which nothing is trained
 */
public record TrainingConfig(
    Algorithm algorithm,
    SortedMap<TrainingParameter, List<Double>> parameters,
    boolean classWeights,
    Calibrate calibrate,
    long seed,
    int folds,
    FoldsBy foldsBy,
    int parallel,
    Optional<String> entity,
    Duration window,
    Duration holdout,
    int maxRows,
    int partitions,
    int minLabelled) {
  /** More trials than anybody waits for. */
  private static final int MOST_POINTS = 100;

  private static final Duration WINDOW = Duration.ofDays(180);
  private static final Duration HOLDOUT = Duration.ofDays(28);

  /** How scores become probabilities; binary only. */
  public enum Calibrate {
    /** Whichever of the others has the least log loss on rows held back for it. */
    AUTO,
    /** Not at all. */
    NONE,
    /** By a logistic curve of the score. */
    PLATT,
    /** By a rising step function of the score. */
    ISOTONIC;

    /** As written in the configuration. */
    public String text() {
      return Words.text(this);
    }
  }

  /** What a fold is. */
  public enum FoldsBy {
    /** A share of the entities, by their hash. */
    ENTITY,
    /** A stretch of time, measured with a model of what came before it. */
    TIME
  }

  public TrainingConfig {
    TreeMap<TrainingParameter, List<Double>> copy = new TreeMap<>();
    parameters.forEach((of, values) -> copy.put(of, List.copyOf(values)));
    parameters = Collections.unmodifiableSortedMap(copy);
    if (!algorithm.parameters().containsAll(parameters.keySet())) {
      throw new IllegalArgumentException(algorithm + " does not have all of " + parameters + ".");
    }
    parameters.forEach(
        (of, values) -> {
          if (values.isEmpty() || !values.stream().allMatch(of::allows)) {
            throw new IllegalArgumentException(of + " cannot be one of " + values + ".");
          }
        });
    if (folds < 2 || parallel < 1 || maxRows < 1 || partitions < 1 || minLabelled < 1) {
      throw new IllegalArgumentException(
          "Folds %d, parallel %d, rows %d, partitions %d, labelled %d: one is too few."
              .formatted(folds, parallel, maxRows, partitions, minLabelled));
    }
    if (holdout.isNegative() || holdout.isZero() || window.compareTo(holdout) <= 0) {
      throw new IllegalArgumentException(
          "A window of " + window + " does not hold more than a holdout of " + holdout + ".");
    }
  }

  /**
   * Every combination of the values to be tried: the first parameter's values change slowest. One
   * point without any setting where none is named.
   */
  public List<SortedMap<TrainingParameter, Double>> grid() {
    List<SortedMap<TrainingParameter, Double>> points = List.of(new TreeMap<>());
    for (Map.Entry<TrainingParameter, List<Double>> of : parameters.entrySet()) {
      List<SortedMap<TrainingParameter, Double>> longer = new ArrayList<>();
      for (SortedMap<TrainingParameter, Double> point : points) {
        for (Double value : of.getValue()) {
          TreeMap<TrainingParameter, Double> more = new TreeMap<>(point);
          more.put(of.getKey(), value);
          longer.add(more);
        }
      }
      points = longer;
    }
    return points.stream().map(Collections::unmodifiableSortedMap).toList();
  }

  /** Reads the keys of a {@code retrain} block that say how to train; others stay unread. */
  static TrainingConfig read(Block block, Task task) {
    Optional<Algorithm> known = block.optional("algorithm", text -> algorithm(text, task));
    if (block.find("algorithm").isEmpty()) {
      block.missing("algorithm", "write one of " + String.join(", ", Algorithm.texts(task)));
    }
    Algorithm algorithm = known.orElse(Algorithm.RANDOM_FOREST);
    SortedMap<TrainingParameter, List<Double>> parameters = new TreeMap<>();
    if (known.isPresent()) {
      block.block("parameters").ifPresent(in -> parameters.putAll(parameters(in, algorithm)));
    } else {
      block.find("parameters");
    }
    boolean weights = Words.yesNo(block, "class-weights", false);
    if (weights && task == Task.REGRESSION) {
      block.wrong("class-weights", "a regression has no classes; remove it");
    }
    Calibrate calibrate = Words.choice(block, "calibrate", Calibrate.AUTO, Calibrate.class);
    if (task != Task.BINARY && calibrate != Calibrate.AUTO && calibrate != Calibrate.NONE) {
      block.wrong("calibrate", "only a binary task is calibrated; remove it");
    }
    long seed = block.value("seed", 42L, TrainingConfig::seed);
    Block trials = block.blockOrEmpty("trials");
    int folds = trials.integer("folds", 3, 2);
    FoldsBy by = Words.choice(trials, "by", FoldsBy.ENTITY, FoldsBy.class);
    int parallel = trials.integer("parallel", 2, 1);
    trials.refuseUnknownKeys();
    Optional<String> entity = block.optionalText("entity");
    Duration window = block.value("window", WINDOW, RetentionConfig::length);
    Duration holdout = block.value("holdout", HOLDOUT, RetentionConfig::length);
    if (window.compareTo(holdout) <= 0) {
      block.wrong(
          "holdout",
          "is not shorter than window, %s against %s; nothing would be left to learn from"
              .formatted(DurationText.format(holdout), DurationText.format(window)));
      window = holdout.plus(WINDOW);
    }
    return new TrainingConfig(
        algorithm,
        parameters,
        weights,
        calibrate,
        seed,
        folds,
        by,
        parallel,
        entity,
        window,
        holdout,
        block.integer("max-rows", 1_000_000, 100),
        block.integer("partitions", 1, 1),
        block.integer("min-labelled", 1_000, 100));
  }

  private static Algorithm algorithm(String text, Task task) {
    Algorithm algorithm = Algorithm.parse(text);
    if (!algorithm.learns(task)) {
      throw new IllegalArgumentException(
          "'%s' cannot learn task = %s; write one of %s"
              .formatted(text, task.text(), String.join(", ", Algorithm.texts(task))));
    }
    return algorithm;
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a whole number; write for example 42", e);
    }
  }

  private static Map<TrainingParameter, List<Double>> parameters(Block block, Algorithm algorithm) {
    Map<TrainingParameter, List<Double>> parameters = new TreeMap<>();
    int points = 1;
    for (TrainingParameter of : algorithm.parameters()) {
      Optional<Value> found = block.find(of.text());
      if (found.isEmpty()) {
        continue;
      }
      List<Value> written = found.get().isList() ? found.get().elements() : List.of(found.get());
      List<Double> values = new ArrayList<>();
      for (Value one : written) {
        Optional<Double> value = one.parse(of::parse);
        if (value.isPresent() && values.contains(value.get())) {
          one.wrong("'" + of.text(value.get()) + "' is listed twice; remove one");
        } else {
          value.ifPresent(values::add);
        }
      }
      if (written.isEmpty()) {
        found.get().wrong("lists no value; write one or leave the key out");
      }
      if (!values.isEmpty()) {
        parameters.put(of, values);
        block.recordOrder(of.text(), values.stream().map(of::text).toList());
        points *= values.size();
      }
    }
    block.refuseUnknownKeys();
    if (points > MOST_POINTS) {
      block.wrong(
          "make %d combinations, more than %d; list fewer values".formatted(points, MOST_POINTS));
      return Map.of();
    }
    return parameters;
  }
}
