/**
 * The gate: a candidate model held against the champion on the same rows of the holdout, before
 * people are asked to approve it.
 *
 * <p>{@link io.leeway.retrain.gate.Gate} is the door and says what is judged in which sense; read
 * it first. {@link io.leeway.retrain.gate.HoldoutRows} is what it sees, {@link
 * io.leeway.retrain.gate.GatePlan} what is asked, {@link io.leeway.retrain.gate.Verdict} what comes
 * out: one {@link io.leeway.retrain.gate.GateCheck} for everything that was looked at, in rows of
 * the table {@code gate_checks}.
 *
 * <p>All of it is arithmetic on arrays. Not here: where rows come from, who scores them, what is
 * written where, and what happens to a model that is blessed.
 */
package io.leeway.retrain.gate;
