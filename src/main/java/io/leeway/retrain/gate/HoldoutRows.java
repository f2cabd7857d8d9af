package io.leeway.retrain.gate;

import io.leeway.config.Task;
import io.leeway.domain.Slice;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The labelled rows that a candidate was not trained on, as the candidate and the champion score
 * them, and what they are cut by. Named scenarios have rows of their own, from within the holdout
 * or from elsewhere.
 */
public final class HoldoutRows {
  private final Task task;
  private final int classes;
  private final double[] labels;
  private final Scores candidate;
  private final Optional<Scores> champion;
  private final Optional<String> championIsOut;
  private final Optional<int[]> entities;
  private final int favourable;
  private final Map<Slice, Groups> slices;
  private final Map<String, Groups> attributes;
  private final Map<String, HoldoutRows> scenarios;

  private HoldoutRows(Builder from) {
    this.task = from.task;
    this.classes = from.classes;
    this.labels = from.labels;
    this.candidate = from.candidate;
    this.champion = Optional.ofNullable(from.champion);
    this.championIsOut = Optional.ofNullable(from.championIsOut);
    this.entities = Optional.ofNullable(from.entities);
    this.favourable = from.favourable;
    this.slices = Map.copyOf(from.slices);
    this.attributes = Map.copyOf(from.attributes);
    this.scenarios = Map.copyOf(from.scenarios);
  }

  /**
   * Of two classes.
   *
   * @param labels 0 or 1, 1 the positive class and the favourable outcome
   */
  public static Builder binary(int[] labels) {
    return new Builder(Task.BINARY, 2, Arrays.stream(labels).asDoubleStream().toArray())
        .favourable(1);
  }

  /**
   * Of several classes.
   *
   * @param classes how many, at least 2
   * @param labels from 0 on
   */
  public static Builder multiclass(int classes, int[] labels) {
    return new Builder(Task.MULTICLASS, classes, Arrays.stream(labels).asDoubleStream().toArray());
  }

  /** Of finite numbers. */
  public static Builder regression(double[] labels) {
    return new Builder(Task.REGRESSION, 0, labels.clone());
  }

  Task task() {
    return task;
  }

  int n() {
    return labels.length;
  }

  /** 0 of a regression. */
  int classes() {
    return classes;
  }

  double label(int row) {
    return labels[row];
  }

  int labelClass(int row) {
    return (int) labels[row];
  }

  Scores candidate() {
    return candidate;
  }

  Optional<Scores> champion() {
    return champion;
  }

  /** Why there is no champion here, where there is one elsewhere. */
  Optional<String> championIsOut() {
    return championIsOut;
  }

  /** The class whose prediction is the favourable outcome. */
  int favourable() {
    return favourable;
  }

  Optional<Groups> slice(Slice slice) {
    return Optional.ofNullable(slices.get(slice));
  }

  Optional<Groups> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** The rows of a scenario, whether they are among these or not; empty where it is not known. */
  Optional<HoldoutRows> scenario(String name) {
    return Optional.ofNullable(scenarios.get(name));
  }

  int[] all() {
    return IntStream.range(0, n()).toArray();
  }

  /** For each of the rows the code of what goes together with others; of itself where nothing. */
  int[] entities(int[] rows) {
    return entities.map(codes -> Arrays.stream(rows).map(row -> codes[row]).toArray()).orElse(rows);
  }

  boolean hasEntities() {
    return entities.isPresent();
  }

  /** Rows of each class among these. */
  long[] classCounts(int[] rows) {
    long[] counts = new long[classes];
    for (int row : rows) {
      counts[labelClass(row)]++;
    }
    return counts;
  }

  /** Takes the rows together; arrays are copied. */
  public static final class Builder {
    private final Task task;
    private final int classes;
    private final double[] labels;
    private Scores candidate;
    private Scores champion;
    private String championIsOut;
    private int[] entities;
    private int favourable;
    private final Map<Slice, Groups> slices = new LinkedHashMap<>();
    private final Map<String, Groups> attributes = new LinkedHashMap<>();
    private final Map<String, HoldoutRows> scenarios = new LinkedHashMap<>();

    private Builder(Task task, int classes, double[] labels) {
      this.task = task;
      this.classes = classes;
      this.labels = labels;
    }

    public Builder candidate(Scores scores) {
      this.candidate = scores;
      return this;
    }

    /** Left out where there is no champion yet. */
    public Builder champion(Scores scores) {
      this.champion = scores;
      return this;
    }

    /**
     * Where there is a champion, but it cannot be compared with on these rows.
     *
     * @param why a clause that ends in a full stop
     */
    public Builder withoutChampion(String why) {
      this.championIsOut = why;
      return this;
    }

    /** A code for each row; rows of equal codes, such as those of one customer, go together. */
    public Builder entities(int[] codes) {
      this.entities = codes.clone();
      return this;
    }

    /** The class whose prediction is the favourable outcome; else 1 of two, 0 of several. */
    public Builder favourable(int ofClass) {
      this.favourable = ofClass;
      return this;
    }

    public Builder slice(Slice slice, Groups segments) {
      slices.put(slice, segments);
      return this;
    }

    public Builder attribute(String name, Groups groups) {
      attributes.put(name, groups);
      return this;
    }

    /** All rows that are in a scenario; without any, where none of them has a label any more. */
    public Builder scenario(String name, HoldoutRows rows) {
      scenarios.put(name, rows);
      return this;
    }

    /**
     * All of it.
     *
     * @throws IllegalArgumentException if something does not have one value a row, or a label or a
     *     decision is none
     */
    public HoldoutRows build() {
      requireLabels();
      requireScores("candidate", Objects.requireNonNull(candidate, "candidate"));
      if (champion != null) {
        requireScores("champion", champion);
        require(championIsOut == null, "The champion is here, and " + championIsOut);
      }
      if (entities != null) {
        requireRows("the entities", entities.length);
      }
      slices.forEach((slice, groups) -> requireRows("slice " + slice, groups.rows()));
      attributes.forEach((name, groups) -> requireRows("attribute " + name, groups.rows()));
      scenarios.forEach(
          (name, rows) ->
              require(
                  rows.task == task && rows.classes == classes,
                  "Scenario " + name + " is of task " + rows.task.text() + " or other classes."));
      require(
          task == Task.REGRESSION || (favourable >= 0 && favourable < classes),
          "The favourable class is " + favourable + " of " + classes + ".");
      return new HoldoutRows(this);
    }

    private void requireLabels() {
      require(task == Task.REGRESSION || classes >= 2, "There are " + classes + " classes.");
      for (double label : labels) {
        require(
            task == Task.REGRESSION ? Double.isFinite(label) : label >= 0 && label < classes,
            "A label is " + label + ".");
      }
    }

    private void requireScores(String of, Scores scores) {
      requireRows("the " + of, scores.rows());
      require(
          scores.width() == (task == Task.MULTICLASS ? classes : 1),
          "The " + of + " has " + scores.width() + " scores a row.");
      if (task == Task.REGRESSION) {
        return;
      }
      require(
          scores.decisions() == labels.length,
          "The " + of + " has " + scores.decisions() + " decisions.");
      for (int row = 0; row < labels.length; row++) {
        int decision = scores.decision(row);
        require(decision >= 0 && decision < classes, "A decision is " + decision + ".");
      }
    }

    private void requireRows(String of, int rows) {
      require(
          rows == labels.length,
          "There are " + labels.length + " labels, but " + rows + " rows of " + of + ".");
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException(otherwise);
      }
    }
  }
}
