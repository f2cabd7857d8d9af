package io.leeway.stats.performance;

/**
 * One cell of the matrix of true and predicted classes.
 *
 * @param trueClass its index, &ge; 0
 * @param predictedClass its index, &ge; 0
 * @param rows &ge; 0
 */
public record ClassPair(int trueClass, int predictedClass, long rows) {
  public ClassPair {
    if (trueClass < 0 || predictedClass < 0 || rows < 0) {
      throw new IllegalArgumentException(
          "Classes are counted from 0, rows are not negative, but got "
              + rows
              + " rows of the classes "
              + trueClass
              + " and "
              + predictedClass
              + ".");
    }
  }

  boolean hit() {
    return trueClass == predictedClass;
  }
}
