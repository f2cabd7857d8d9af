/**
 * From a breach to a candidate: decide, validate the data, train, hold it against the champion, and
 * put it on record. Read {@link io.leeway.retrain.RetrainJob} first.
 *
 * <p>What follows from values is pure and lies below: the decision in {@link
 * io.leeway.retrain.decide}, the expectations of a batch in {@link io.leeway.retrain.expect}, the
 * gate in {@link io.leeway.retrain.gate}. The files of a version are in {@link
 * io.leeway.registry.files}.
 */
package io.leeway.retrain;
