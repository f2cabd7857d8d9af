package io.leeway.retrain.expect;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels of a batch.
 *
 * @param labelled rows with a label
 * @param classes rows of each class that occurs; empty of a number
 * @param least label; none without any
 * @param greatest label; none without any
 * @param mean of the labels; none without any
 */
public record LabelFacts(
    long labelled,
    SortedMap<Integer, Long> classes,
    Optional<Double> least,
    Optional<Double> greatest,
    Optional<Double> mean) {
  public LabelFacts {
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    boolean some = labelled > 0;
    if (labelled < 0
        || least.isPresent() != some
        || greatest.isPresent() != some
        || mean.isPresent() != some) {
      throw new IllegalArgumentException(
          labelled + " labels reach from " + least + " to " + greatest + ", mean " + mean + ".");
    }
    long counted = classes.values().stream().mapToLong(Long::longValue).sum();
    if (!classes.isEmpty() && counted != labelled) {
      throw new IllegalArgumentException("Of " + labelled + " labels the classes are " + classes);
    }
  }

  /** Share of the labels, in [0, 1]; 0 without labels. */
  double share(int of) {
    return labelled == 0 ? 0 : (double) classes.getOrDefault(of, 0L) / labelled;
  }
}
