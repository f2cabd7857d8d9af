package io.leeway.cli.bench;

import io.leeway.stats.experiment.Better;

/** What a made-up challenger is like. */
enum AbKind {
  SAME("nothing differs", Better.HIGHER, 1, 1),
  SAME_LOWER("nothing differs, lower is better", Better.LOWER, 1, 1),
  BETTER_BY_TENTH("better by 10 %", Better.HIGHER, 1.1, 1),
  BETTER_BY_FIFTH("better by 20 %", Better.HIGHER, 1.2, 1),
  AT_MARGIN("better by 20 %, guardrail worse by its margin", Better.HIGHER, 1.2, 1.25),
  HARMFUL("better by 20 %, guardrail worse by twice its margin", Better.HIGHER, 1.2, 1.5);

  private final String text;
  private final Better better;
  private final double factor;
  private final double guardrailFactor;

  AbKind(String text, Better better, double factor, double guardrailFactor) {
    this.text = text;
    this.better = better;
    this.factor = factor;
    this.guardrailFactor = guardrailFactor;
  }

  /** For people. */
  String text() {
    return text;
  }

  /** Which way the success metric is better. */
  Better better() {
    return better;
  }

  /** The challenger's success rate over the champion's. */
  double factor() {
    return factor;
  }

  /** The challenger's rate of the guardrail over the champion's. */
  double guardrailFactor() {
    return guardrailFactor;
  }

  boolean isSame() {
    return factor == 1;
  }
}
