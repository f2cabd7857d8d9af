package io.leeway.stats.experiment;

/**
 * What must not get worse by more than a margin.
 *
 * <p>A fairness guardrail is the change of a gap: the effect on one group less that on another
 * ({@link Looks#minus}), with the way in which the gap closes as the better one; or any estimate
 * whose mean is 0 where nothing changes. The largest less the smallest of several groups is none
 * before its noise is taken off: it grows with noise, and the challenger's small arm has more.
 *
 * @param name not blank
 * @param better which way
 * @param margin in the metric's own unit, &gt; 0, finite
 */
public record Guardrail(String name, Better better, double margin) {
  public Guardrail {
    if (name.isBlank() || !(margin > 0 && margin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A guardrail has a name and a positive margin, but is '" + name + "', " + margin + ".");
    }
  }
}
