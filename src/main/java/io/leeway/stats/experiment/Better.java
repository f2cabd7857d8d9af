package io.leeway.stats.experiment;

/** Which way a metric is better. */
public enum Better {
  HIGHER,
  LOWER;

  /** Turned so that more is better. */
  Effect gain(Effect of) {
    return this == HIGHER ? of : of.negated();
  }
}
