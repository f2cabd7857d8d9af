package io.leeway.scan;

import java.io.Serializable;

/**
 * How many distinct segments are told as one.
 *
 * @param segments 0 where a segment stands for itself
 * @param stdError 0 where the number is exact
 */
public record FoldedCount(long segments, double stdError) implements Serializable {
  static final FoldedCount NONE = new FoldedCount(0, 0);

  public boolean isExact() {
    return stdError == 0;
  }
}
