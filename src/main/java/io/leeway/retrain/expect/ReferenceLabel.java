package io.leeway.retrain.expect;

import io.leeway.config.Task;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is predicted, and how its classes are distributed in the reference.
 *
 * @param task with predictions
 * @param shares of the labels by class, 0 and 1 or the class's index; empty of a number, or where
 *     the reference has no labels
 */
public record ReferenceLabel(Task task, SortedMap<Integer, Double> shares) {
  public ReferenceLabel {
    Objects.requireNonNull(task, "task");
    if (task == Task.TELEMETRY) {
      throw new IllegalArgumentException("Where nothing is predicted, nothing is trained.");
    }
    if (task == Task.REGRESSION && !shares.isEmpty()) {
      throw new IllegalArgumentException("A number has no classes, but " + shares + ".");
    }
    for (double share : shares.values()) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("A share is in [0, 1], but is " + share + ".");
      }
    }
    shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
  }

  /** Without labels in the reference. */
  public static ReferenceLabel unknown(Task task) {
    return new ReferenceLabel(task, new TreeMap<>());
  }

  boolean hasClasses() {
    return task != Task.REGRESSION;
  }
}
