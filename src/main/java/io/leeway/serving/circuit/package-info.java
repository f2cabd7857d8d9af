/**
 * When a champion no longer answers: a state machine over counts of its answers, without Spark,
 * tables or a clock of its own. Batches publish a state; whoever serves goes by it while it is
 * valid, and by the champion where it is not.
 *
 * <p>Read {@link io.leeway.serving.circuit.Transition} first. Not here: how a state gets on record,
 * which {@link io.leeway.serving.CircuitDesk} sees to.
 */
package io.leeway.serving.circuit;
